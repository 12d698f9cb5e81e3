"""What the community's forms send, as drafts, and what they show again when something is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from flask import current_app, request

from lti_tool.community import rules, suggesting, vocabulary, wording
from lti_tool.community.files.rules import Refusal
from lti_tool.community.kinds.catalogue import DETAILS, detail_problems
from lti_tool.community.listing import Filters
from lti_tool.community.posts import Draft, Piece, PostKind, State
from lti_tool.community.typed import (
    WORKING_LANGUAGES,
    Field,
    Problem,
    is_id,
    post_problems,
    reply_problems,
    tidy,
    tidy_line,
)
from lti_tool.exercises.forms import Unreadable
from lti_tool.i18n import language, languages_of
from lti_tool.learning.store import writing_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form with what was typed, and what stands in its way."""

    draft: Draft
    problems: Sequence[Problem] = ()
    refusals: Sequence[Refusal] = ()
    """The files that weren't taken."""
    theirs: Piece | None = None
    """What is saved instead, where the text would overwrite it."""
    message: str | None = None
    is_typed: bool = False
    """Whether the person's own words are in it, which nothing kept in the browser may replace."""
    asked: str | None = None
    """The language that the text looks like, where that was asked about."""
    instead_of: str | None = None
    """The language that was chosen, where this form asks about it."""
    is_preview: bool = False
    """Whether it is asked how the text looks."""
    is_quote: bool = False
    """Whether it begins with somebody's words, which what is kept in the browser goes before."""

    def problem(self, field: str) -> str | None:
        """Say what is wrong with a field, or what is asked there."""
        if field == Field.LANGUAGE and self.instead_of is not None:
            return wording.asked(self.asked, self.instead_of)
        return next((wording.sentence(problem) for problem in self.problems if problem.field == field), None)

    @property
    def languages(self) -> Sequence[str]:
        """Name the languages to choose from."""
        return sorted(known_languages())


def blank(kind: str = "", territory: str | None = None) -> Form:
    """Make an empty form, with the id of what will be written in it."""
    return Form(draft=Draft(id=str(uuid4()), kind=kind, text="", language=own_language(), territory=territory))


def anew(draft: Draft, message: str) -> Form:
    """Offer a text again that has lost its place."""
    return Form(draft=replace(draft, id=str(uuid4()), version=0), message=message, is_typed=True, asked=asked())


def held_back(draft: Draft, message: str) -> Form:
    """Show a text again that can't be taken now, and can be sent later."""
    return Form(draft=draft, message=message, is_typed=True, asked=asked())


def of_piece(piece: Piece) -> Form:
    """Make a form that holds what is saved."""
    draft = piece.draft
    return Form(draft=draft, asked=_likely(draft))


def beside(draft: Draft, theirs: Piece) -> Form:
    """Show a text beside the one that is saved; saving it again replaces that one."""
    return Form(draft=replace(draft, version=theirs.version), theirs=theirs, is_typed=True, asked=asked())


def refused(draft: Draft, problems: Sequence[Problem], refusals: Sequence[Refusal] = ()) -> Form:
    """Show a text again with what is wrong with it, and with its files."""
    return Form(draft=draft, problems=problems, refusals=refusals, is_typed=True, asked=asked())


def refused_or_asked(draft: Draft, problems: Sequence[Problem], refusals: Sequence[Refusal] = ()) -> Form | None:
    """Show a text again where something is wrong with it, or where it doesn't look like the language that it says.

    That is asked once: who says it again knows better.
    """
    if problems or refusals:
        return refused(draft, problems, refusals)
    likely = _likely(draft)
    if likely is None or likely == asked():
        return None
    suggested = likely if likely in known_languages() else ""
    return Form(draft=replace(draft, language=suggested), asked=likely, instead_of=draft.language, is_typed=True)


def asked() -> str | None:
    """Tell which language the form asked about already."""
    return request.form.get("asked") or None


def _likely(draft: Draft) -> str | None:
    words = " ".join((draft.title, draft.text, *draft.details.values()))
    return suggesting.likely(words, draft.language)


def filters_sent() -> Filters:
    """Read which posts a list's address wants; what it can't want doesn't matter."""
    given = request.args.get
    tags, language = vocabulary.known_tags([given("tag", "")]), given("language")
    return Filters(
        kind=next((kind for kind in PostKind if kind == given("kind")), None),
        state=next((state for state in State if state == given("state")), None),
        tag=tags[0] if tags else None,
        territory=vocabulary.known_territory(given("territory")),
        language=language if language in known_languages() else None,
    )


def quoting(words: str) -> Form:
    """Make a form that begins with somebody's words."""
    form = blank()
    return replace(form, draft=replace(form.draft, text=words), is_quote=True)


def preview(draft: Draft) -> Form:
    """Show a text as it will look, and in its form; nothing of it is saved."""
    return Form(draft=draft, is_preview=True, is_typed=True)


def wants_preview() -> bool:
    """Tell whether the button was pressed that only shows a text."""
    return "preview" in request.form


def post_sent(post_id: str) -> Draft:
    """Read a post: the fields of all kinds, so that changing the kind loses nothing."""
    given = request.form.get
    details = {name: detail.tidy(given(name, "")) for name, detail in DETAILS.items()}
    summary = tidy_line(given("summary", ""))
    return replace(
        reply_sent(post_id),
        kind=given("kind", ""),
        title=tidy_line(given("title", "")),
        details={name: value for name, value in details.items() if value},
        tags=vocabulary.known_tags(request.form.getlist("tags")),
        territory=vocabulary.known_territory(given("territory")),
        summary=summary,
        summary_language=given("summary_language", "") if summary else "",
    )


def change_sent(piece: Piece) -> Draft:
    """Read what changes a piece: it may have become a post or a reply while the form was open."""
    if piece.headed and "title" in request.form:
        return post_sent(piece.id)
    return rules.filled_in(piece, reply_sent(piece.id))


def reply_sent(reply_id: str) -> Draft:
    """Read a reply."""
    given = request.form.get
    version = given("version", 0, type=int)
    return Draft(
        id=reply_id,
        text=tidy(given("text", "")),
        language=given("language", ""),
        version=version,
        is_nameless="is_nameless" in request.form,
    )


def problems(draft: Draft, *, is_post: bool) -> Sequence[Problem]:
    """Go through what keeps a draft from being published."""
    if not is_post:
        return list(reply_problems(draft, known_languages()))
    return [*post_problems(draft, known_languages()), *detail_problems(draft)]


def new_id() -> str:
    """Read the id that the form was made with.

    Raises:
        Unreadable: no form of ours sends this.
    """
    given = request.form.get("id", "")
    if not is_id(given):
        raise Unreadable("community_id")
    return given


def known_languages() -> frozenset[str]:
    """Name the languages that one may write in: the six countries', and the interface's."""
    return WORKING_LANGUAGES | {_first_part(code) for code in languages_of(current_app).codes}


def own_language() -> str:
    """Guess the language that a person writes, among those to choose from."""
    own = writing_language()
    return own if own in known_languages() else _first_part(language())


def _first_part(code: str) -> str:
    return code.split("_", maxsplit=1)[0]
