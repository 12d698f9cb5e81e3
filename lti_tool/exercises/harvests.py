"""Reads what came out of canvases, in as many statements for a hundred groups as for one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from lti_tool.database import db
from lti_tool.exercises import ballots, beside, origins, owners, rows, stacks, voting
from lti_tool.exercises.harvest import Harvest
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.sheet import Around, lay_out
from lti_tool.exercises.tables import WorkspaceRow
from lti_tool.exercises.voting import Ballot, Tally
from lti_tool.groups import store as groups
from lti_tool.groups.rules import Group
from lti_tool.groups.tables import GroupRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of which canvases of an exercise it is wanted."""

    course_id: int
    exercise: str
    owners: Iterable[Owner] | None
    """None stands for all that several share: every group's, and the course's."""


def find(wanted: Wanted, language: str) -> Sequence[Harvest]:
    """Give what came out, the groups in their order and the course's canvas last."""
    found = _canvases(wanted)
    notes, piled, answers = rows.in_each(found), stacks.in_all(found), beside.find_in(found)
    came, totals = origins.find_in(found), _totals(wanted, found)
    return [
        Harvest(
            owner=owner,
            group=group,
            sheet=lay_out(
                language,
                notes[workspace_id],
                Around(
                    brought=answers[workspace_id],
                    stacks=piled[workspace_id],
                    origins=came[workspace_id].groups,
                    earlier=came[workspace_id].exercises,
                ),
            ),
            totals=totals[workspace_id],
        )
        for workspace_id, (owner, group) in found.items()
    ]


def _canvases(wanted: Wanted) -> dict[int, tuple[Owner, Group | None]]:
    query = (
        select(WorkspaceRow.id, WorkspaceRow.owner, GroupRow)
        .outerjoin(GroupRow, GroupRow.id == WorkspaceRow.group_id)
        .where(WorkspaceRow.course_id == wanted.course_id, WorkspaceRow.exercise == wanted.exercise)
        .where(WorkspaceRow.version > 0)
        .order_by(GroupRow.number.is_(None), GroupRow.number)
    )
    if wanted.owners is None:
        query = query.where(WorkspaceRow.group_id.is_not(None) | (WorkspaceRow.owner == str(owners.COURSE)))
    else:
        query = query.where(WorkspaceRow.owner.in_([str(owner) for owner in wanted.owners]))
    found = db.session.execute(query)
    return {
        workspace_id: (owner, _group(group))
        for workspace_id, text, group in found
        if (owner := owners.read(text)) is not None
    }


def _group(row: GroupRow | None) -> Group | None:
    return groups.group_of(row) if row else None


def _totals(wanted: Wanted, found: Mapping[int, object]) -> Mapping[int, Mapping[str, int] | None]:
    """Give the votes at each canvas as far as they may be shown: of the newest ballot, where there was one."""
    ballot: Ballot | None = ballots.newest(wanted.course_id, wanted.exercise)
    if ballot is None:
        return dict.fromkeys(found)
    counted = ballots.tallies(ballot, *found)
    return {workspace_id: voting.shown(ballot, counted.get(workspace_id, Tally())) for workspace_id in found}
