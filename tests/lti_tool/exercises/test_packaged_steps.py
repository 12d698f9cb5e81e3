"""The steps of the exercises that come with the tool."""

import pytest

from content.model import Exercise
from tests.lti_tool.making import packaged_curriculum

EXERCISES = packaged_curriculum().exercises.values()
WITH_STEPS = [exercise for exercise in EXERCISES if exercise.steps]
CURRENT = [exercise for exercise in EXERCISES if exercise.replaced_by is None]


@pytest.mark.parametrize("exercise", CURRENT, ids=lambda exercise: exercise.id)
def test_an_exercise_has_all_that_stands_beside_it(exercise: Exercise) -> None:
    assert exercise.example
    assert exercise.facilitation
    assert exercise.steps
    assert exercise.themes


@pytest.mark.parametrize("exercise", WITH_STEPS, ids=lambda exercise: exercise.id)
def test_the_steps_take_as_long_as_the_exercise(exercise: Exercise) -> None:
    assert sum(step.minutes for step in exercise.steps) == exercise.minutes
