"""What stands around a shared canvas's notes: answers beside the common ones, and what was handed in."""

import json
from zlib import crc32

from sqlalchemy import Integer, bindparam, func, select

from lti_tool.exercises.tables import BroughtRow, CreditRow, SubmissionRow
from lti_tool.lti.statements import run

# Each statement is written once: every page asks them each time somebody comes.
_WORKSPACE = bindparam("workspace", type_=Integer)
_BROUGHT = (
    select(BroughtRow.part, BroughtRow.cell, BroughtRow.author_id, BroughtRow.language, BroughtRow.values)
    .where(BroughtRow.workspace_id == _WORKSPACE)
    .order_by(BroughtRow.part, BroughtRow.cell, BroughtRow.author_id)
)
_HANDED_IN = (
    select(func.max(SubmissionRow.number).label("number"), func.count(CreditRow.person_id).label("credited"))
    .select_from(SubmissionRow)
    .outerjoin(CreditRow, CreditRow.submission_id == SubmissionRow.id)
    .where(SubmissionRow.workspace_id == _WORKSPACE)
)


def mark_of(workspace_id: int | None) -> str:
    """Tell one state of it from another, for pages to say which one they show."""
    if workspace_id is None:
        return ""
    asked = {"workspace": workspace_id}
    handed_in = run(_HANDED_IN, asked).mappings().one()
    answers = [list(row) for row in run(_BROUGHT, asked)]
    return f"{handed_in['number'] or 0}-{handed_in['credited']}-{crc32(json.dumps(answers, sort_keys=True).encode()):x}"
