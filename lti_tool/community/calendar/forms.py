"""What the form of a meeting sends, and what it shows again when something is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import request

from lti_tool import local_times
from lti_tool.community import forms
from lti_tool.community.calendar import rules, wording
from lti_tool.community.calendar.rules import Draft, Meeting, Problem
from lti_tool.community.posts import Post
from lti_tool.community.typed import is_id, tidy, tidy_line
from lti_tool.i18n import zone

LONGEST_NUMBER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form with what was typed, and what stands in its way."""

    draft: Draft
    starts_at: str
    """As it was typed."""
    minutes: str
    problems: Sequence[Problem] = ()
    theirs: Meeting | None = None
    """What is saved instead, where this would overwrite it."""
    is_typed: bool = False
    message: str | None = None

    def problem(self, field: str) -> str | None:
        """Say what is wrong with a field."""
        return next((wording.sentence(problem) for problem in self.problems if problem.field == field), None)

    @property
    def languages(self) -> Sequence[str]:
        """Name the languages to choose from."""
        return sorted(forms.known_languages())


def blank(post: Post | None) -> Form:
    """Make an empty form, about a need where one is given."""
    title = post.title if post else ""
    return _form(_draft(str(uuid4()), title=title, language=forms.own_language(), post_id=post.id if post else None))


def again(meeting: Meeting) -> Form:
    """Make a form of a meeting that is like another, at a moment still to be chosen."""
    copied = {name: getattr(meeting, name) for name in ("title", "minutes", "place", "text", "language", "post_id")}
    return _form(_draft(str(uuid4()), **copied))


def of_meeting(meeting: Meeting) -> Form:
    """Make a form that holds what is saved."""
    names = ("title", "starts_at", "minutes", "place", "text", "language", "post_id", "version")
    return _form(_draft(meeting.id, **{name: getattr(meeting, name) for name in names}))


def shown_again(draft: Draft, problems: Sequence[Problem]) -> Form:
    """Show what was typed with what is wrong with it."""
    return _as_typed(draft, problems=problems)


def held_back(draft: Draft, message: str) -> Form:
    """Show what was typed where it can't be taken now."""
    return replace(_as_typed(draft), message=message)


def beside(draft: Draft, theirs: Meeting) -> Form:
    """Show what was typed beside what is saved; saving it again replaces that."""
    shown = _draft(draft.id, **{**_fields(draft), "version": theirs.version})
    return _as_typed(shown, theirs=theirs)


def sent(meeting_id: str, saved: Meeting | None = None) -> Draft:
    """Read a meeting, with its moment on the clock of the person's zone."""
    given = request.form.get
    return Draft(
        id=meeting_id,
        title=tidy_line(given("title", "")),
        starts_at=_moment(saved),
        minutes=_number(_typed("minutes")),
        place=tidy_line(given("place", "")),
        text=tidy(given("text", "")),
        language=given("language", ""),
        post_id=saved.post_id if saved else _post_id(given("post", "")),
        version=given("version", 0, type=int),
    )


def _moment(saved: Meeting | None) -> datetime | local_times.Unclear | None:
    return local_times.read(_typed("starts_at"), zone(), saved.starts_at if saved else None, later=False)


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()


def _as_typed(draft: Draft, problems: Sequence[Problem] = (), theirs: Meeting | None = None) -> Form:
    """Make a form that holds what was sent as it was typed."""
    starts_at, minutes = _typed("starts_at"), _typed("minutes")
    return Form(draft=draft, starts_at=starts_at, minutes=minutes, problems=problems, theirs=theirs, is_typed=True)


def _number(text: str) -> int | None:
    """Read a number in any script's digits."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def _post_id(text: str) -> str | None:
    return text if is_id(text) else None


def _form(draft: Draft) -> Form:
    starts_at = draft.starts_at if isinstance(draft.starts_at, datetime) else None
    return Form(draft=draft, starts_at=local_times.written(starts_at, zone()), minutes=str(draft.minutes))


def _draft(meeting_id: str, **given: Any) -> Draft:
    usual: dict[str, Any] = dict.fromkeys(("title", "place", "text", "language"), "")
    usual |= {"starts_at": None, "minutes": rules.USUAL_MINUTES}
    return Draft(id=meeting_id, **{**usual, **given})


def _fields(draft: Draft) -> dict[str, object]:
    names = ("title", "starts_at", "minutes", "place", "text", "language", "post_id")
    return {name: getattr(draft, name) for name in names}
