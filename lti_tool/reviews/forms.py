"""What the form of a release sends, and what it shows again when something stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import request

from lti_tool.reviews import rules, wording
from lti_tool.reviews.rules import LONGEST_SENTENCE, Draft, Problem, Review, Score, Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form with what was typed, and what stands in its way."""

    draft: Draft
    maximum: int
    problems: Sequence[Problem] = ()
    before: Seen | None = None
    """What the trainer had seen, where more has happened since."""

    def problem(self, field: str) -> str | None:
        """Say what is wrong with a field."""
        found = next((problem for problem in self.problems if problem.field == field), None)
        return wording.problem(found, self.maximum, len(self.draft.sentence)) if found else None

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
        """How long the sentence may be."""
        return LONGEST_SENTENCE


def of_work(review: Review | None, counts: Score | None, seen: Seen, maximum: int) -> Form:
    """Make a form that holds what counts by now."""
    mark = wording.number(counts.given) if counts else ""
    draft = Draft(mark=mark, sentence=review.sentence if review else "", seen=seen)
    return Form(draft=draft, maximum=maximum)


def overtaken(draft: Draft, seen: Seen, maximum: int) -> Form:
    """Show what was typed beside what happened meanwhile; releasing it again puts it in that one's place."""
    return Form(draft=replace(draft, seen=seen), maximum=maximum, before=draft.seen)


def sent(only: int | None) -> Draft:
    """Read what a trainer sends; where there is only one mark to give, the form asks for none."""
    given = request.form.get
    mark = given("mark", "") if only is None else str(only)
    seen = Seen(release=given("release", 0, type=int), hand_in=given("hand_in", 0, type=int))
    return Draft(mark=rules.tidy(mark), sentence=rules.tidy(given("sentence", "")), seen=seen)
