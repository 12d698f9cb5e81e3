"""What stands beside each exercise of the packaged curriculum can be shown and printed."""

from collections.abc import Callable

import pytest

from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises import by_turns
from tests.lti_tool.reading import words_of

PAGES = ("guide", "exercise/example", "exercise/paper?blank=1", "exercise/paper?size=poster")
EXERCISES = {exercise.id: exercise for exercise in by_turns.EXERCISES}


@pytest.mark.parametrize("slug", EXERCISES)
def test_it_can_be_shown(sqlite_enter: Callable[..., Client], slug: str) -> None:
    for locale in by_turns.languages_of(EXERCISES[slug]):
        trainer = sqlite_enter(role=Role.TRAINER, activity=f"exercise/{slug}", locale=locale)
        text = EXERCISES[slug].texts[locale]

        for page in PAGES:
            shown = trainer.get(page)
            assert shown.status_code == 200
            assert text.title in words_of(shown)


@pytest.mark.parametrize("slug", sorted(set(EXERCISES) - {"safeguarding-and-referral"}))
def test_it_says_in_a_few_criteria_what_a_trainer_looks_at(slug: str) -> None:
    rubric = EXERCISES[slug].rubric

    assert len(rubric) in {3, 4}
    assert {len(criterion.levels) for criterion in rubric} <= {3, 4}


def test_nobody_measures_how_somebody_would_protect_others() -> None:
    assert EXERCISES["safeguarding-and-referral"].rubric == ()
