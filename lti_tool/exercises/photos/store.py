"""Reads and writes of the photos at a canvas; what is to be seen on them is read only where it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select, update

from lti_tool.database import INSERTS, db
from lti_tool.exercises import rows, store
from lti_tool.exercises.photos.pictures import Picture
from lti_tool.exercises.photos.rules import MOST, Photo, Problem, Refused, Size
from lti_tool.exercises.photos.tables import PhotoRow
from lti_tool.exercises.rows import Seen
from lti_tool.exercises.store import WorkspaceKey, is_at
from lti_tool.exercises.tables import SubmissionRow, WorkspaceRow
from lti_tool.lti.statements import run

_TOLD = (PhotoRow.digest, PhotoRow.caption, PhotoRow.language, PhotoRow.width, PhotoRow.height)
_CHANGED = select(
    exists().where(
        PhotoRow.workspace_id == bindparam("workspace_id"),
        PhotoRow.changed_in > bindparam("version"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody says of a photo, and who."""

    caption: str
    language: str
    by: int


# Reads


def in_workspace(workspace_id: int) -> Sequence[Photo]:
    """Give the photos of a workspace, the first one first."""
    return _photos(select(*_TOLD).where(PhotoRow.workspace_id == workspace_id))


def at(key: WorkspaceKey) -> Sequence[Photo]:
    """Give the photos of a canvas, the first one first."""
    return _photos(select(*_TOLD).where(_at(key)))


def in_submission(submission_id: int) -> Sequence[Photo]:
    """Give the photos that were there when something was handed in, and that nobody removed since."""
    return _photos(select(*_TOLD).where(_handed_in(submission_id)))


def are_at(key: WorkspaceKey) -> bool:
    """Tell whether a canvas has a photo."""
    return bool(db.session.scalar(select(exists(_there(select(PhotoRow.digest).where(_at(key)))))))


def find(key: WorkspaceKey, digest: str) -> Photo | None:
    """Give one photo of a canvas."""
    return next(iter(_photos(select(*_TOLD).where(_at(key), PhotoRow.digest == digest))), None)


def image(key: WorkspaceKey, digest: str, size: Size) -> bytes | None:
    """Give what is to be seen on a photo of a canvas, as JPEG."""
    return _image(_at(key), digest, size)


def image_in_submission(submission_id: int, digest: str, size: Size) -> bytes | None:
    """Give what is to be seen on a photo that was handed in, as JPEG."""
    return _image(_handed_in(submission_id), digest, size)


def changed_since(workspace_id: int, version: int) -> bool:
    """Tell whether photos came, went or were described after a version of the workspace."""
    return bool(run(_CHANGED, {"workspace_id": workspace_id, "version": version}).scalar_one())


def _photos(query: Select[*tuple[Any, ...]]) -> Sequence[Photo]:
    found = db.session.execute(_there(query).order_by(PhotoRow.joined_in)).mappings()
    return [Photo(**row) for row in found]


def _image(where: ColumnElement[bool], digest: str, size: Size) -> bytes | None:
    column = PhotoRow.small if size is Size.SMALL else PhotoRow.whole
    found: bytes | None = db.session.scalar(_there(select(column).where(where, PhotoRow.digest == digest)))
    return found


def _there(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.where(~PhotoRow.is_removed)


def _at(key: WorkspaceKey) -> ColumnElement[bool]:
    return PhotoRow.workspace_id == select(WorkspaceRow.id).where(is_at(key)).scalar_subquery()


def _handed_in(submission_id: int) -> ColumnElement[bool]:
    its = select(SubmissionRow.workspace_id).where(SubmissionRow.id == submission_id).scalar_subquery()
    version = select(SubmissionRow.version).where(SubmissionRow.id == submission_id).scalar_subquery()
    return (PhotoRow.workspace_id == its) & (PhotoRow.joined_in <= version)


# Writes


def join(key: WorkspaceKey, picture: Picture, told: Told, now: datetime) -> None:
    """Join a photo to a canvas, in the caller's transaction; one that is there already is there once.

    Raises:
        Refused: the canvas has as many as it can have.
    """
    seen = store.locked(key, now)
    if _is_there(seen, picture.digest):
        return
    if _count(seen) >= MOST:
        raise Refused(Problem.FULL)
    version = rows.count_up(seen, now, only_if_unchanged=False).number
    said = {"caption": told.caption, "language": told.language, "author_id": told.by}
    came = {"joined_at": now, "joined_in": version, "changed_in": version, "is_removed": False}
    seen_on_it = {"width": picture.width, "height": picture.height, "whole": picture.whole, "small": picture.small}
    where = {"workspace_id": seen.id, "digest": picture.digest}
    new = {**said, **came, **seen_on_it}
    put = INSERTS[db.engine.dialect.name](PhotoRow).values(**where, **new)
    db.session.execute(put.on_conflict_do_update(index_elements=list(where), set_=new))


def describe(key: WorkspaceKey, digest: str, told: Told, now: datetime) -> bool:
    """Write what is to be seen on a photo, in the caller's transaction; tell whether there is such a photo."""
    return _change(key, digest, now, caption=told.caption, language=told.language)


def remove(key: WorkspaceKey, digest: str, now: datetime) -> bool:
    """Remove a photo for good, in the caller's transaction; tell whether there was one."""
    return _change(key, digest, now, is_removed=True, caption="", whole=b"", small=b"")


def remove_all(seen: Seen, version: int) -> None:
    """Remove all photos of a workspace that is locked, in this version of it."""
    gone = {"is_removed": True, "caption": "", "whole": b"", "small": b"", "changed_in": version}
    db.session.execute(update(PhotoRow).where(PhotoRow.workspace_id == seen.id).values(gone))


def _change(key: WorkspaceKey, digest: str, now: datetime, **news: object) -> bool:
    seen = store.locked(key, now)
    if not _is_there(seen, digest):
        return False
    version = rows.count_up(seen, now, only_if_unchanged=False).number
    this = (PhotoRow.workspace_id == seen.id) & (PhotoRow.digest == digest)
    db.session.execute(update(PhotoRow).where(this).values(**news, changed_in=version))
    return True


def _is_there(seen: Seen, digest: str) -> bool:
    return bool(_number(seen, PhotoRow.digest == digest))


def _count(seen: Seen) -> int:
    return _number(seen)


def _number(seen: Seen, *where: ColumnElement[bool]) -> int:
    counted = _there(select(func.count()).select_from(PhotoRow).where(PhotoRow.workspace_id == seen.id, *where))
    return db.session.scalar(counted) or 0
