"""What the form of an answer sends, and what it shows again when something stands in its way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request

from lti_tool.exercises.forms import levels_of_form
from lti_tool.reviews import rules, wording
from lti_tool.reviews.drafts import Kept
from lti_tool.reviews.rules import LONGEST_TEXT, Draft, Outcome, Problem, Seen

COMMENT = "comment-"
"""Begins the names of the fields that hold comments; a note's id follows."""
NOTE = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form with what was typed, and what stands in its way."""

    draft: Draft
    maximum: int
    problems: Sequence[Problem] = ()
    before: Seen | None = None
    """What the trainer had seen, where more has happened since."""
    kept: Kept | None = None
    """What the form was filled from."""
    theirs: Kept | None = None
    """What somebody else kept meanwhile."""

    def problem(self, field: str) -> str | None:
        """Say what is wrong with a field."""
        found = next((problem for problem in self.problems if problem.field == field), None)
        return wording.problem(found, self.maximum, len(self.draft.text)) if found else None

    @property
    def is_typed(self) -> bool:
        """Whether it holds what was sent and is kept nowhere."""
        return self.kept is None and self.draft.is_begun

    @property
    def was_released(self) -> bool:
        """Whether another trainer released something meanwhile."""
        return self.before is not None and self.before.release < self.draft.seen.release

    @property
    def was_handed_in(self) -> bool:
        """Whether the work was handed in again meanwhile."""
        return self.before is not None and self.before.hand_in < self.draft.seen.hand_in

    @property
    def limit(self) -> int:
        """How long the text may be."""
        return LONGEST_TEXT


def of_work(kept: Kept | None, seen: Seen, maximum: int) -> Form:
    """Make a form that holds the draft, if one is kept."""
    if kept is None or not kept.is_begun:
        version = kept.draft.version if kept else 0
        return Form(draft=Draft(mark="", text="", seen=seen, version=version), maximum=maximum)
    before = replace(kept.draft.seen, release=seen.release)
    return Form(draft=replace(kept.draft, seen=seen), maximum=maximum, before=before, kept=kept)


def overtaken(draft: Draft, kept: Kept | None, seen: Seen, maximum: int) -> Form:
    """Show what was typed beside what happened meanwhile; sending it again puts it in that one's place."""
    version = kept.draft.version if kept else 0
    theirs = kept if kept and kept.is_begun and version != draft.version else None
    mine = replace(draft, seen=seen, version=version)
    return Form(draft=mine, maximum=maximum, before=draft.seen, theirs=theirs)


def sent(*, is_marked: bool) -> Draft:
    """Read what a trainer sends; an exercise that is never marked takes no mark."""
    given = request.form.get
    outcome = given("outcome", "")
    return Draft(
        mark=rules.tidy(given("mark", "")) if is_marked else "",
        text=rules.tidy_lines(given("sentence", "")),
        outcome=Outcome(outcome) if outcome in list(Outcome) else Outcome.DONE,
        comments=_comments(),
        levels=levels_of_form(),
        seen=Seen(release=given("release", 0, type=int), hand_in=given("hand_in", 0, type=int)),
        version=given("version", 0, type=int),
        about=given("about", type=int),
    )


def _comments() -> Mapping[str, str]:
    named = {name.removeprefix(COMMENT): text for name, text in request.form.items() if name.startswith(COMMENT)}
    found = {note_id: rules.tidy_lines(text) for note_id, text in named.items() if NOTE.fullmatch(note_id)}
    return {note_id: text for note_id, text in found.items() if text}
