"""What is kept of whoever asks, for them alone: a page that says it, and their copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from flask import Blueprint, Response, render_template
from flask_babel.speaklater import LazyString

from lti_tool.database import db
from lti_tool.lti.launch.session import PREFIX, current
from lti_tool.lti.tables import PersonRow
from lti_tool.personal import Kept, Whose
from lti_tool.privacy import copies
from lti_tool.privacy.catalogue import PARTS, Part

blueprint = Blueprint("privacy", __name__)
MOST_IN_MEMORY = 1_000_000
"""Bytes of a copy; what is more goes to a file without a name meanwhile."""
AT_ONCE = 64_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How much there is of one kind."""

    kept: Kept
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A part of the page: what there is of this person, and what else would be kept there."""

    title: LazyString
    there: list[Counted]
    not_there: list[Kept]


@blueprint.get(PREFIX + "/kept")
def show() -> str:
    """Say what is kept of whoever asks, who sees it, how long, and what becomes of it when they are erased."""
    return render_template("privacy/show.html", parts=list(_listed(_whose())))


@blueprint.get(PREFIX + "/kept/copy")
def copy() -> Response:
    """Give whoever asks their copy."""
    packed = _packed(_whose())
    next(packed)
    headers = {"Content-Disposition": "attachment; filename=kept.zip", "Cache-Control": "no-store"}
    return Response(packed, mimetype="application/zip", headers=headers)


def _packed(whose: Whose) -> Iterator[bytes]:
    """Pack a copy whole, and after that give it piece by piece: of one that fails nothing is sent."""
    with SpooledTemporaryFile(max_size=MOST_IN_MEMORY) as file:
        copies.write(whose, file, is_for_page=True)
        file.seek(0)
        yield b""
        while piece := file.read(AT_ONCE):
            yield piece


def _whose() -> Whose:
    session = current()
    row = db.session.get_one(PersonRow, session.person_id)
    return Whose(site_id=session.site_id, sub=row.sub, person_id=row.id)


def _listed(whose: Whose) -> Iterator[Listed]:
    for part in PARTS:
        counted = list(_counted(part, whose))
        yield Listed(
            title=part.title,
            there=[one for one in counted if one.number],
            not_there=[one.kept for one in counted if not one.number],
        )


def _counted(part: Part, whose: Whose) -> Iterator[Counted]:
    for kept in part.kept:
        yield Counted(kept=kept, number=len(kept.find(whose)))
