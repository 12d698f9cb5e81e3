"""In which languages a story of each packaged exercise is told: in English and, by turns, in one of the others."""

from content.model import Exercise
from lti_tool.i18n import SOURCE_LANGUAGE
from tests.lti_tool.making import packaged_curriculum

EXERCISES = [each for each in packaged_curriculum().exercises.values() if each.replaced_by is None]


def languages_of(exercise: Exercise) -> tuple[str, str]:
    """Give two languages; all of them are met by some exercise."""
    others = sorted(set(exercise.texts) - {SOURCE_LANGUAGE})
    turn = EXERCISES.index(exercise) % len(others)
    return SOURCE_LANGUAGE, others[turn]
