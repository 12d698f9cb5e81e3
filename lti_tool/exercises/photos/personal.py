"""What is kept of a person in photos: those that they joined to a canvas."""

from collections.abc import Iterator

from flask_babel import lazy_gettext
from sqlalchemy import delete, or_, select

from lti_tool.database import db
from lti_tool.exercises.personal import own, with_work
from lti_tool.exercises.photos.tables import PhotoRow
from lti_tool.personal import AS_IT_IS, Fate, File, Kept, SeenBy, Told, Whose


def _find(whose: Whose) -> list[Told]:
    return with_work(PhotoRow, PhotoRow.author_id == whose.person_id, ~PhotoRow.is_removed)


def _files(whose: Whose) -> Iterator[File]:
    mine = select(PhotoRow.workspace_id, PhotoRow.digest).where(PhotoRow.author_id == whose.person_id)
    for key in db.session.execute(mine.where(~PhotoRow.is_removed)).all():
        whole = select(PhotoRow.whole).where(PhotoRow.workspace_id == key.workspace_id, PhotoRow.digest == key.digest)
        yield File(name=f"photos/{key.workspace_id}-{key.digest}.jpeg", content=db.session.scalars(whole).one())


def _erase(whose: Whose) -> None:
    """Delete those at their own work, whoever joined them, and what is left of those that they took away."""
    taken_away = (PhotoRow.author_id == whose.person_id) & PhotoRow.is_removed
    gone = or_(PhotoRow.workspace_id.in_(own(whose)), taken_away)
    db.session.execute(delete(PhotoRow).where(gone), execution_options=AS_IT_IS)


KEPT = (
    Kept(
        key="photos",
        title=lazy_gettext("Photos that you joined to a canvas"),
        seen_by=SeenBy.GROUP,
        fate=Fate.GROUPS,
        tables=(PhotoRow,),
        find=_find,
        erase=_erase,
        files=_files,
    ),
)
