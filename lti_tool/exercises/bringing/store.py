"""Reads what can be brought along from earlier exercises of a course, and copies what was chosen, with its origin."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select, update

from content.brings import Bringing
from content.model import Exercise
from lti_tool.database import INSERTS, db
from lti_tool.exercises import copying, owners, rows
from lti_tool.exercises.bringing import rules
from lti_tool.exercises.bringing.rules import Bundle, Coming, Decision, Earlier, Offer, Origin, Standing, Written
from lti_tool.exercises.bringing.tables import AlongRow
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.rows import Seen
from lti_tool.exercises.store import WorkspaceKey, is_at, locked
from lti_tool.exercises.tables import NoteRow, WorkspaceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be brought where: to a canvas, from these owners' workspaces of the exercises that it names."""

    key: WorkspaceKey
    exercise: Exercise
    earlier: Earlier
    sources: Collection[Owner]


def find(asked: Asked) -> Sequence[Bundle]:
    """Give what can be brought, in one statement."""
    written: dict[Origin, Written] = {}
    there: dict[Coming, Standing] = {}
    for row in db.session.execute(_query(asked)):
        if row.exercise == asked.key.exercise:
            _tell_copy(there, row, is_here=row.owner == str(asked.key.owner))
            continue
        one = _written(row)
        written[one.origin] = one
        if row.along is not None:
            _tell(there, (one.origin, row.along), is_gone=row.is_taken_away)
    ordered = sorted(written.values(), key=lambda one: (one.workspace_id, one.note.rank, one.note.id))
    return rules.bundles(asked.exercise, asked.earlier, ordered, there)


def _tell_copy(there: dict[Coming, Standing], row: Row[Any], *, is_here: bool) -> None:
    coming = (row.from_workspace_id, row.from_note_id), row.part
    if is_here:
        _tell(there, coming, is_gone=row.deleted)
    elif not row.deleted:
        there.setdefault(coming, Standing.ALONE)


def _tell(there: dict[Coming, Standing], coming: Coming, *, is_gone: bool) -> None:
    """Note that something was brought; of several copies one that is here counts."""
    if there.get(coming) is not Standing.HERE:
        there[coming] = Standing.GONE if is_gone else Standing.HERE


def _query(asked: Asked) -> Select[Any]:
    """Ask for what was written before, and for what came here already, be it that it was deleted since."""
    here = select(WorkspaceRow.id).where(is_at(asked.key)).correlate(None).scalar_subquery()
    came = (
        (AlongRow.workspace_id == here)
        & (AlongRow.from_workspace_id == NoteRow.workspace_id)
        & (AlongRow.from_note_id == NoteRow.id)
    )
    its = (NoteRow.workspace_id, NoteRow.from_workspace_id, NoteRow.from_note_id)
    whose = {str(owner) for owner in asked.sources}
    return (
        select(*(getattr(NoteRow, name) for name in rows.READ), *its, WorkspaceRow.exercise, WorkspaceRow.owner)
        .add_columns(AlongRow.part.label("along"), AlongRow.deleted.label("is_taken_away"))
        .join(WorkspaceRow, WorkspaceRow.id == NoteRow.workspace_id)
        .outerjoin(AlongRow, came)
        .where(WorkspaceRow.course_id == asked.key.course_id)
        .where(WorkspaceRow.exercise.in_({asked.key.exercise, *asked.earlier}))
        .where(WorkspaceRow.owner.in_({str(asked.key.owner), *whose}))
        .where(
            or_(
                (WorkspaceRow.exercise == asked.key.exercise) & NoteRow.from_note_id.is_not(None),
                *(WorkspaceRow.owner.in_(whose) & _is_named(bringing) for bringing in asked.exercise.brings),
            )
        )
    )


def _is_named(bringing: Bringing) -> ColumnElement[bool]:
    its = (WorkspaceRow.exercise == bringing.exercise) & (NoteRow.part == bringing.part) & ~NoteRow.deleted
    return its if bringing.cell is None else its & (NoteRow.cell == bringing.cell)


def _written(row: Row[Any]) -> Written:
    owner = owners.read(row.owner)
    if owner is None:
        raise LookupError(row.owner)
    copied_from = (row.from_workspace_id, row.from_note_id) if row.from_note_id else None
    return Written(
        workspace_id=row.workspace_id,
        exercise=row.exercise,
        owner=owner,
        note=rows.note_of(row),
        copied_from=copied_from,
    )


def bring(asked: Asked, ticked: Collection[str], now: datetime, *, is_late: bool = False) -> Decision:
    """Bring what was ticked, in the caller's transaction; pressed twice, it is there once."""
    seen = locked(asked.key, now)
    decision = rules.decide(asked.exercise, find(asked), ticked, rows.in_all(seen.id))
    for source_id, copies in _by_source(decision.copies.items()):
        notes = {note_id: offer.note for note_id, offer in copies}
        seen = copying.copy(seen, source_id, notes, now, is_late=is_late)
    whose = _authors([*decision.revived.values(), *decision.beside])
    _revive(seen, decision.revived, whose, now)
    _stand_beside(seen, decision.beside, whose)
    return decision


def _by_source(copies: Iterable[tuple[str, Offer]]) -> Iterator[tuple[int, Iterable[tuple[str, Offer]]]]:
    return groupby(sorted(copies, key=_source), key=_source)


def _source(copy: tuple[str, Offer]) -> int:
    return copy[1].written.workspace_id


def _authors(offers: Iterable[Offer]) -> Mapping[Origin, int]:
    origins: defaultdict[int, list[str]] = defaultdict(list)
    for offer in offers:
        origins[offer.written.workspace_id].append(offer.note.id)
    return {
        (source_id, note_id): author_id
        for source_id, note_ids in origins.items()
        for note_id, author_id in copying.authors(source_id, note_ids).items()
    }


def _revive(seen: Seen, answers: Mapping[str, Offer], whose: Mapping[Origin, int], now: datetime) -> None:
    """Write answers anew whose words were deleted, by the ids that they have here."""
    if not answers:
        return
    change = rows.count_up(seen, now, only_if_unchanged=False)
    for note_id, offer in answers.items():
        news = {
            **_words(offer, whose),
            "version": NoteRow.version + 1,
            "changed_in": change.number,
            "updated_at": now,
            "from_workspace_id": offer.written.workspace_id,
            "from_note_id": offer.note.id,
        }
        this = (NoteRow.workspace_id == seen.id) & (NoteRow.id == note_id)
        db.session.execute(update(NoteRow).where(this).values(news))


def _stand_beside(seen: Seen, answers: Collection[Offer], whose: Mapping[Origin, int]) -> None:
    for offer in answers:
        key = {
            "workspace_id": seen.id,
            "from_workspace_id": offer.written.workspace_id,
            "from_note_id": offer.note.id,
            "part": offer.note.part,
        }
        words = {**_words(offer, whose), "cell": offer.note.cell}
        put = INSERTS[db.engine.dialect.name](AlongRow).values({**key, **words})
        db.session.execute(put.on_conflict_do_update(index_elements=list(key), set_=words))
    if answers:
        rows.tell_others(seen.id)


def _words(offer: Offer, whose: Mapping[Origin, int]) -> dict[str, Any]:
    return {
        "values": dict(offer.note.values),
        "language": offer.note.language,
        "author_id": whose[offer.written.origin],
        "deleted": False,
    }


def take_away(key: WorkspaceKey, origin: Origin, part: str, now: datetime) -> None:
    """Take away what stands beside an answer, in the caller's transaction; its original stays."""
    seen = locked(key, now)
    its = (AlongRow.from_workspace_id == origin[0]) & (AlongRow.from_note_id == origin[1]) & (AlongRow.part == part)
    db.session.execute(update(AlongRow).where(AlongRow.workspace_id == seen.id, its).values(deleted=True))
    rows.tell_others(seen.id)
