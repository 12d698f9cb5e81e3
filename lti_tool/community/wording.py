"""Kinds and problems in words."""

from collections.abc import Mapping
from datetime import date

from babel import Locale
from flask_babel import get_locale, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.community.kinds.catalogue import DETAILS
from lti_tool.community.kinds.catalogue import KINDS as KINDS_OF_POSTS
from lti_tool.community.kinds.kind import Answering
from lti_tool.community.posts import Post, PostKind, State
from lti_tool.community.suggesting import UNKNOWN
from lti_tool.community.typed import Field, Problem
from lti_tool.i18n import day

KIND: Mapping[PostKind, LazyString] = {name: kind.name for name, kind in KINDS_OF_POSTS.items()}
KINDS: Mapping[PostKind, LazyString] = {name: kind.plural for name, kind in KINDS_OF_POSTS.items()}
SENTENCE: Mapping[PostKind, LazyString] = {name: kind.sentence for name, kind in KINDS_OF_POSTS.items()}
ANSWERING: Mapping[PostKind, Answering | None] = {name: kind.answering for name, kind in KINDS_OF_POSTS.items()}
MEANING: Mapping[PostKind, LazyString] = {name: kind.meaning for name, kind in KINDS_OF_POSTS.items()}

STATE: Mapping[State, LazyString] = {
    State.OPEN: lazy_gettext("Still open"),
    State.OFFERED: lazy_gettext("Has offers"),
    State.ACCEPTED: lazy_gettext("Help accepted"),
    State.ANSWERED: lazy_gettext("Answered"),
    State.CLOSED: lazy_gettext("Closed with an outcome"),
    State.HELD: lazy_gettext("Closed, and it held"),
}

WRONG: Mapping[str, LazyString] = {
    Field.KIND: lazy_gettext("Choose what kind of post it is."),
    Field.TITLE: lazy_gettext("Give it a title."),
    Field.TEXT: lazy_gettext("Write something."),
    Field.LANGUAGE: lazy_gettext("Choose one of the languages that are offered."),
    Field.REASON: lazy_gettext("Give a reason: the author will read it."),
    Field.WHY: lazy_gettext("Choose what is wrong with it."),
    Field.POST: lazy_gettext("Choose the post that it belongs to, one that takes replies."),
    Field.HELD: lazy_gettext("Choose one of the three answers."),
    Field.TAGS: lazy_gettext("Choose five at most: those that help others most to find it."),
    Field.SUMMARY_LANGUAGE: lazy_gettext("Choose the language of this line: another one than your text’s."),
    **{name: detail.wrong for name, detail in DETAILS.items() if detail.wrong is not None},
}

CLOSED = lazy_gettext(
    "The post was deleted or hidden while you wrote, so nobody can reply to it. Your text is still below: copy it if "
    "you want to keep it."
)
LOCKED = lazy_gettext(
    "A trainer locked this post while you wrote, so nobody can write under it. Your text is still below: copy it if "
    "you want to keep it."
)
DELETED = lazy_gettext(
    "What you changed was deleted in another window. Your text is still below: publish it anew if you want to."
)


VIOLENCE = lazy_gettext(
    "Never describe a real case of violence here, not even without names: somebody could be recognised, and hurt. "
    "Speak of what you need to know; for a person who needs help, turn to those named below."
)
NAMELESS = lazy_gettext(
    "The others read “A member”. Your course’s trainers see who wrote it. Your words, your language and your territory "
    "may still tell who you are, and whoever read your name before knows it."
)
MEMBER = lazy_gettext("A member")


def closed(post: Post) -> LazyString:
    """Say why nobody can write under a post, and that the text isn't lost."""
    return LOCKED if post.is_up and post.locked_reason is not None else CLOSED


def by_when(post: Post) -> str | None:
    """Say by when a need waits for help, where its author said a day."""
    try:
        until = date.fromisoformat(post.details.get("by_when", ""))
    except ValueError:
        return None
    return str(gettext("By when: %(day)s", day=day(until))) if post.is_open_need else None


def asked(likely: str | None, chosen: str) -> str:
    """Ask for the language of a text that doesn't look like the one that was chosen."""
    if likely in {None, UNKNOWN}:
        return str(
            gettext(
                "You chose %(chosen)s, and your text doesn’t look like it. Choose its language, or the same one again.",
                chosen=_language(chosen),
            )
        )
    return str(
        gettext(
            "You chose %(chosen)s, and your text looks like %(likely)s. Look whether that is right, and send it again.",
            chosen=_language(chosen),
            likely=_language(str(likely)),
        )
    )


def _language(code: str) -> str:
    """Name a language in the reader's own."""
    return Locale.parse(code).get_language_name(get_locale()) or code


def sentence(problem: Problem) -> str:
    """Say what is wrong with a field and what to do."""
    if not problem.limit:
        return str(WRONG[problem.field])
    return str(
        gettext(
            "This is too long: it has %(length)s characters, and %(limit)s is the most. Shorten it.",
            length=problem.length,
            limit=problem.limit,
        )
    )
