"""What is kept of a person in files: those that they added to posts and replies."""

from collections.abc import Iterator

from flask_babel import lazy_gettext
from sqlalchemy import select

from lti_tool.community.files import store
from lti_tool.community.files.tables import FileRow
from lti_tool.database import db
from lti_tool.personal import File, Kept, SeenBy, Until, Whose, deleted, theirs


def _files(whose: Whose) -> Iterator[File]:
    mine = select(FileRow.id, FileRow.suffix).where(FileRow.author_id == whose.person_id).order_by(FileRow.id)
    for row in db.session.execute(mine).all():
        yield File(name=f"files/{row.id}.{row.suffix}", content=store.content(row.id) or b"")


KEPT = (
    Kept(
        key="files",
        title=lazy_gettext("Files and pictures that you added to posts and replies"),
        seen_by=SeenBy.COMMUNITY,
        until=Until.CHANGED,
        tables=(FileRow,),
        find=theirs(FileRow.author_id),
        erase=deleted(FileRow.author_id),
        files=_files,
    ),
)
