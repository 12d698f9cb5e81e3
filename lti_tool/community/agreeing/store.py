"""Reads and writes of proposals; of each workspace one is open at most."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import CursorResult

from lti_tool.community.agreeing.rules import Consent, Proposal
from lti_tool.community.agreeing.tables import ConsentRow, ProposalRow
from lti_tool.community.posts import Draft
from lti_tool.database import INSERTS, db
from lti_tool.lti.launch.session import name_of
from lti_tool.lti.tables import PersonRow

KEPT = ("kind", "title", "text", "language", "details", "territory", "summary", "summary_language")


# Reading


def find_open(workspace_id: int) -> Proposal | None:
    """Give the proposal that a group still agrees on."""
    row = _row((ProposalRow.workspace_id == workspace_id) & ProposalRow.closed_at.is_(None))
    return _proposal(row) if row else None


def find(proposal_id: str) -> Proposal | None:
    """Give a proposal, a published or withdrawn one too."""
    row = _row(ProposalRow.id == proposal_id)
    return _proposal(row) if row else None


def names(people: Collection[int]) -> Sequence[str]:
    """Give people's names, in the order of the people."""
    rows = db.session.scalars(select(PersonRow).where(PersonRow.id.in_(people)).order_by(PersonRow.id))
    return [name_of(row) for row in rows]


def _row(which: Any) -> ProposalRow | None:
    query = select(ProposalRow).where(which).execution_options(populate_existing=True)
    row: ProposalRow | None = db.session.scalar(query)
    return row


def _proposal(row: ProposalRow) -> Proposal:
    said = db.session.scalars(
        select(ConsentRow).filter_by(proposal_id=row.id).execution_options(populate_existing=True)
    )
    consents = {
        one.person_id: Consent(version=one.version, agrees=one.agrees, is_named=one.is_named, words=one.words)
        for one in said
    }
    draft = _draft(row)
    return Proposal(id=row.id, by=row.by_id, version=row.version, draft=draft, consents=consents)


def _draft(row: ProposalRow) -> Draft:
    """Read what is proposed; an ended proposal holds no words any more."""
    kept = {"text": "", "language": "", **{name: row.draft[name] for name in KEPT if name in row.draft}}
    return Draft(id=row.id, version=row.version, tags=tuple(row.draft.get("tags", ())), **kept)


# Writing, in the caller's transaction


def propose(workspace_id: int, by: int, draft: Draft, now: datetime) -> Proposal | None:
    """Propose a post, unless another one is open; sending the same form twice makes one."""
    values = {"workspace_id": workspace_id, "by_id": by, "version": 1, "draft": _json(draft), "changed_at": now}
    insert = INSERTS[db.engine.dialect.name](ProposalRow).values(id=draft.id, **values)
    db.session.execute(insert.on_conflict_do_nothing())
    found = find_open(workspace_id)
    if found is None or found.id != draft.id or found.by != by:
        return None
    answer(found, by, Consent(version=found.version, agrees=True, is_named=True), now)
    return find_open(workspace_id)


def change(proposal: Proposal, draft: Draft, now: datetime) -> None:
    """Put another text in the place of the proposed one, which all are asked about anew; it is locked."""
    version = proposal.version + 1
    this = update(ProposalRow).where(ProposalRow.id == proposal.id)
    db.session.execute(this.values(version=version, draft=_json(draft), changed_at=now))
    answer(proposal, proposal.by, Consent(version=version, agrees=True, is_named=True), now)


def answer(proposal: Proposal, person_id: int, said: Consent, now: datetime) -> None:
    """Keep what somebody says, in the place of what they said before."""
    key, values = {"proposal_id": proposal.id, "person_id": person_id}, {**asdict(said), "said_at": now}
    put = INSERTS[db.engine.dialect.name](ConsentRow).values(**key, **values)
    db.session.execute(put.on_conflict_do_update(index_elements=list(key), set_=values))


def locked(workspace_id: int) -> Proposal | None:
    """Give the open proposal, and keep everybody else from it until the transaction ends.

    The update that changes nothing takes the row's lock on PostgreSQL and the file's on SQLite.
    """
    this = (ProposalRow.workspace_id == workspace_id) & ProposalRow.closed_at.is_(None)
    untouched = update(ProposalRow).where(this).values(version=ProposalRow.version)
    done = db.session.execute(untouched, execution_options={"synchronize_session": False})
    is_there = isinstance(done, CursorResult) and done.rowcount
    return find_open(workspace_id) if is_there else None


def close(proposal: Proposal, now: datetime) -> None:
    """End a proposal, which is locked, and forget its words: those of a post are its author's to delete."""
    this = update(ProposalRow).where(ProposalRow.id == proposal.id)
    db.session.execute(this.values(closed_at=now, draft={}))


def _json(draft: Draft) -> Mapping[str, Any]:
    kept = {name: getattr(draft, name) for name in KEPT}
    return {**kept, "details": dict(draft.details), "tags": list(draft.tags)}
