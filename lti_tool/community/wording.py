"""Kinds and problems in words."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.community.rules import Field, Post, PostKind, Problem
from lti_tool.i18n import day

KIND: Mapping[PostKind, LazyString] = {
    PostKind.NEED: lazy_gettext("Need"),
    PostKind.DOUBT: lazy_gettext("Doubt"),
    PostKind.TOOL: lazy_gettext("Tool"),
    PostKind.EXPERIENCE: lazy_gettext("Experience"),
}

KINDS: Mapping[PostKind, LazyString] = {
    PostKind.NEED: lazy_gettext("Needs"),
    PostKind.DOUBT: lazy_gettext("Doubts"),
    PostKind.TOOL: lazy_gettext("Tools"),
    PostKind.EXPERIENCE: lazy_gettext("Experiences"),
}

MEANING: Mapping[PostKind, LazyString] = {
    PostKind.NEED: lazy_gettext("You are looking for help. It stays at the top until it is answered."),
    PostKind.DOUBT: lazy_gettext("You are unsure about something and want to think it over with others."),
    PostKind.TOOL: lazy_gettext("You know a method, a document or a program that others can use."),
    PostKind.EXPERIENCE: lazy_gettext("You tried something: tell what happened and what you learned."),
}

MISSING: Mapping[Field, LazyString] = {
    Field.KIND: lazy_gettext("Choose what kind of post it is."),
    Field.TITLE: lazy_gettext("Give it a title."),
    Field.TEXT: lazy_gettext("Write something."),
    Field.LANGUAGE: lazy_gettext("Choose one of the languages that are offered."),
    Field.REASON: lazy_gettext("Give a reason: the author will read it."),
}

CLOSED = lazy_gettext(
    "The post was deleted or hidden while you wrote, so nobody can reply to it. Your text is still below: copy it if "
    "you want to keep it."
)
DELETED = lazy_gettext(
    "What you changed was deleted in another window. Your text is still below: publish it anew if you want to."
)


def by_when(post: Post) -> str | None:
    """Say by when a need waits for help, where its author said a day."""
    try:
        until = date.fromisoformat(post.details.get("by_when", ""))
    except ValueError:
        return None
    return str(gettext("By when: %(day)s", day=day(until))) if post.is_open_need else None


def sentence(problem: Problem) -> str:
    """Say what is wrong with a field and what to do."""
    if not problem.limit:
        return str(MISSING[problem.field])
    return str(
        gettext(
            "This is too long: it has %(length)s characters, and %(limit)s is the most. Shorten it.",
            length=problem.length,
            limit=problem.limit,
        )
    )
