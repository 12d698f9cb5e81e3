"""What is kept of whoever asks, for them alone: a page that says it, and their copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from flask import Blueprint, Response, render_template, send_file
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
    file = SpooledTemporaryFile(max_size=MOST_IN_MEMORY)  # noqa: SIM115 - it is closed once it is sent
    copies.write(_whose(), file, is_for_page=True)
    file.seek(0)
    answer = send_file(file, "application/zip", as_attachment=True, download_name="kept.zip")
    answer.headers["Cache-Control"] = "no-store"
    return answer


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
