"""The sample fits the exercise that it fills."""

from lti_tool.exercises import rules
from lti_tool.exercises.rules import Verdict
from tests.lti_tool.exercises import sample
from tests.lti_tool.making import packaged_curriculum


def test_every_note_of_the_sample_can_be_saved() -> None:
    exercise = packaged_curriculum().exercise(sample.EXERCISE)

    verdicts = [rules.decide(exercise, None, draft).verdict for draft in sample.drafts()]

    assert set(verdicts) == {Verdict.NEW}


def test_the_sample_has_24_notes_of_the_matrix_in_cells_of_their_own() -> None:
    cells = [(draft.part, draft.cell) for draft in sample.drafts()]

    assert len(cells) == len(set(cells)) == 24 + len(sample.NEEDS) + len(sample.ANSWERS)
