"""What stands around a shared canvas's notes: answers beside the common ones, and what was handed in."""

import json
from zlib import crc32

from sqlalchemy import Integer, bindparam, func, select, union_all

from lti_tool.exercises.bringing.tables import AlongRow
from lti_tool.exercises.tables import BroughtRow, CreditRow, SubmissionRow
from lti_tool.lti.statements import run

# Each statement is written once: every page asks them each time somebody comes.
_WORKSPACE = bindparam("workspace", type_=Integer)
_SHOWN = ("part", "cell", "author_id", "language", "values")
_BROUGHT = union_all(
    select(*(getattr(BroughtRow, name) for name in _SHOWN)).where(BroughtRow.workspace_id == _WORKSPACE),
    select(*(getattr(AlongRow, name) for name in _SHOWN)).where(AlongRow.workspace_id == _WORKSPACE, ~AlongRow.deleted),
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
    answers = sorted(json.dumps(list(row), sort_keys=True) for row in run(_BROUGHT, asked))
    return f"{handed_in['number'] or 0}-{handed_in['credited']}-{crc32(json.dumps(answers).encode()):x}"
