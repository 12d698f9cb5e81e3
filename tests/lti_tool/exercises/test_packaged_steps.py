"""The steps of the exercises that come with the tool."""

import pytest

from content.load import load
from content.model import Exercise

WITH_STEPS = [exercise for exercise in load().exercises.values() if exercise.steps]


def test_several_exercises_can_be_guided() -> None:
    guided = {"needs-matrix", "four-cos-2", "power-interest-map", "sse-mapping", "consent-proposal", "theory-of-change-2"}

    assert guided <= {exercise.id for exercise in WITH_STEPS}


@pytest.mark.parametrize("exercise", WITH_STEPS, ids=lambda exercise: exercise.id)
def test_the_steps_take_as_long_as_the_exercise(exercise: Exercise) -> None:
    assert sum(step.minutes for step in exercise.steps) == exercise.minutes
