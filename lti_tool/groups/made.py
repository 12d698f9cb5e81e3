"""Groups that were made here for one exercise of a course, by hand or at random: reads and writes."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import delete, func, select

from lti_tool.database import INSERTS, db
from lti_tool.groups.rules import Group
from lti_tool.groups.sharing import Shares
from lti_tool.groups.store import group_of
from lti_tool.groups.tables import GroupRow, MemberRow


def find(course_id: int, exercise: str) -> Sequence[Group]:
    """Give the groups that were made for an exercise, those that are empty by now too."""
    rows = select(GroupRow).filter_by(course_id=course_id, exercise=exercise, platform_id=None)
    return [group_of(row) for row in db.session.scalars(rows.order_by(GroupRow.number))]


def members(course_id: int, exercise: str) -> Mapping[int, int]:
    """Tell in which of them people are."""
    rows = select(MemberRow.person_id, MemberRow.group_id).filter_by(course_id=course_id, exercise=exercise)
    return dict(db.session.execute(rows).all())


def put(course_id: int, exercise: str, places: Mapping[int, int | None]) -> None:
    """Put people into groups, or out of any, in the caller's transaction; who isn't named stays."""
    key = {"course_id": course_id, "exercise": exercise}
    gone = delete(MemberRow).filter_by(**key).where(MemberRow.person_id.in_(list(places)))
    db.session.execute(gone, execution_options={"synchronize_session": False})
    rows = [{**key, "person_id": one, "group_id": group_id} for one, group_id in places.items() if group_id]
    if rows:
        db.session.execute(INSERTS[db.engine.dialect.name](MemberRow), rows)


def share(course_id: int, exercise: str, shares: Shares, free: Collection[int]) -> None:
    """Put people where they were shared out to; groups that are free to use again come before new ones."""
    unused = new_ones(course_id, exercise, free)
    ids = [one or next(unused) for one in shares.groups]
    places = {person: ids[place] for person, place in shares.places.items()}
    put(course_id, exercise, {**dict.fromkeys(shares.out), **places})


def new_ones(course_id: int, exercise: str, free: Collection[int]) -> Iterator[int]:
    """Give groups that nobody is in yet, one after the other: free ones first, then new ones."""
    yield from sorted(free)
    while True:
        yield add(course_id, exercise)


def add(course_id: int, exercise: str) -> int:
    """Make one group, in the caller's transaction; whoever takes the same number at once makes us try again."""
    number = select(func.coalesce(func.max(GroupRow.number), 0) + 1).filter_by(course_id=course_id).scalar_subquery()
    insert = INSERTS[db.engine.dialect.name](GroupRow).values(course_id=course_id, exercise=exercise, number=number)
    group_id: int | None = None
    while group_id is None:
        group_id = db.session.scalar(insert.on_conflict_do_nothing().returning(GroupRow.id))
    return group_id
