"""What is kept of a person in files that somebody asked for: for a day, of whatever a course's people wrote."""

from flask_babel import lazy_gettext
from sqlalchemy import delete, or_, select, union

from lti_tool.database import db
from lti_tool.exercises.tables import NoteRow, WorkspaceRow
from lti_tool.exports.tables import ExportPieceRow, ExportRow
from lti_tool.lti.tables import AttendanceRow
from lti_tool.personal import AS_IT_IS, Kept, SeenBy, Told, Whose, rows


def _find(whose: Whose) -> list[Told]:
    return rows(ExportRow, ExportRow.person_id == whose.person_id)


def _erase(whose: Whose) -> None:
    """Throw away what they asked for, and what was made in their courses: it may name them, and is soon made anew."""
    came = select(AttendanceRow.course_id).where(AttendanceRow.person_id == whose.person_id)
    wrote = select(WorkspaceRow.course_id).join(NoteRow, NoteRow.workspace_id == WorkspaceRow.id)
    courses = union(came, wrote.where(NoteRow.author_id == whose.person_id))
    made = or_(ExportRow.person_id == whose.person_id, ExportRow.course_id.in_(courses))
    pieces = delete(ExportPieceRow).where(ExportPieceRow.export_id.in_(select(ExportRow.id).where(made)))
    for gone in (pieces, delete(ExportRow).where(made)):
        db.session.execute(gone, execution_options=AS_IT_IS)


KEPT = (
    Kept(
        key="exports",
        title=lazy_gettext("Files of exercises that you asked for"),
        seen_by=SeenBy.YOU,
        until=lazy_gettext("For a day."),
        fate=lazy_gettext(
            "They are deleted, and so are those that others had made in your courses: they may name you."
        ),
        tables=(ExportRow, ExportPieceRow),
        find=_find,
        erase=_erase,
    ),
)
