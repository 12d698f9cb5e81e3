"""Reads and writes of the levels that trainers released, with their words as they were."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select

from lti_tool.database import db
from lti_tool.exercises.levels import Chosen
from lti_tool.reviews.tables import LevelRow


def of(numbers: Collection[int]) -> Mapping[int, Sequence[Chosen]]:
    """Give what was chosen at releases, in the order of the rubric as it was then."""
    found: defaultdict[int, list[Chosen]] = defaultdict(list)
    for row in db.session.scalars(select(LevelRow).where(LevelRow.feedback_id.in_(numbers)).order_by(LevelRow.id)):
        found[row.feedback_id].append(
            Chosen(criterion=row.criterion, level=row.level, title=row.title, words=row.words, language=row.language)
        )
    return found


def rows(feedback_id: int, chosen: Iterable[Chosen]) -> Iterable[LevelRow]:
    """Make what keeps the levels of a release."""
    for number, one in enumerate(chosen, start=1):
        yield LevelRow(
            feedback_id=feedback_id,
            id=number,
            criterion=one.criterion,
            level=one.level,
            title=one.title,
            words=one.words,
            language=one.language,
        )
