"""The presenter's view: one row or corner of a shared canvas at a time, for a wall or a video call, without names."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content.text import pick
from lti_tool.errors import NotFound
from lti_tool.exercises import opened, owners, situations, store
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.rules import Note
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.facilitation import live_wording, screens
from lti_tool.facilitation.screens import Sight
from lti_tool.groups.rules import Group
from lti_tool.groups.wording import name_of
from lti_tool.learning.store import reader_language
from lti_tool.lti.launch.session import PREFIX, current, require_trainer

blueprint = Blueprint("presenting", __name__)


def shared_owner() -> Owner:
    """Read whose canvas a request means: the course's, or a group's of this course alone.

    Raises:
        NotFound: it means another one.
    """
    owner = owners.read(request.values.get(opened.IN, ""))
    if owner is None or (owner != owners.COURSE and _group(owner) is None):
        raise NotFound("workspace_unknown")
    return owner


def _group(owner: Owner) -> Group | None:
    return situations.group_of(current().course_id, owner)


@blueprint.get(PREFIX + "/live/screen")
def show_screen() -> ResponseReturnValue:
    """Show a few notes in very large letters; it asks for itself again and again."""
    require_trainer()
    owner, exercise = shared_owner(), opened.exercise()
    key = WorkspaceKey(course_id=current().course_id, exercise=opened.slug(), owner=owner)
    workspace, all_sights = store.find_workspace(key), screens.sights(exercise)
    index = _chosen(all_sights)
    pages = screens.pages(all_sights[index], workspace.notes.values() if workspace else ())
    page = min(max(request.args.get("page", 1, type=int), 1), len(pages))
    language, text = pick(exercise.texts, reader_language())
    return render_template(
        "facilitation/screen.html",
        text=text,
        wording=live_wording,
        name_of=name_of,
        text_language=language,
        owner=owner,
        group=_group(owner),
        sights=all_sights,
        sight=all_sights[index],
        address_of=lambda sight: _address(owner, sight),
        **_paging(owner, all_sights, index, pages, page),
    )


def _chosen(sights: Sequence[Sight]) -> int:
    """Find the sight that the address names; the first where it names none."""
    ids = [sight.id for sight in sights]
    named = request.args.get("sight", ids[0])
    return ids.index(named) if named in ids else 0


def _paging(
    owner: Owner, sights: Sequence[Sight], index: int, pages: Sequence[Sequence[Note]], page: int
) -> Mapping[str, object]:
    """Give the notes of a page, and what is before and after it."""
    back = _address(owner, sights[index - 1]) if index else None
    on = _address(owner, sights[index + 1]) if index + 1 < len(sights) else None
    return {
        "notes": pages[page - 1],
        "page": page,
        "pages": len(pages),
        "count": sum(map(len, pages)),
        "before": _address(owner, sights[index], page - 1) if page > 1 else back,
        "after": _address(owner, sights[index], page + 1) if page < len(pages) else on,
    }


def _address(owner: Owner, sight: Sight, page: int = 1) -> str:
    at: dict[str, Any] = {opened.IN: str(owner), "sight": sight.id, "page": page}
    return url_for("facilitation.live.presenting.show_screen", **at)
