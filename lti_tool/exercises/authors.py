"""Who wrote which note, for pages that show it: only what people do together, and only where a trainer shows names."""

from collections.abc import Mapping

from sqlalchemy import select

from lti_tool.database import db
from lti_tool.exercises.access import Situation
from lti_tool.exercises.store import WorkspaceKey, is_at
from lti_tool.exercises.tables import NoteRow, WorkspaceRow
from lti_tool.lti.launch.session import display_name
from lti_tool.lti.tables import PersonRow


def shown(key: WorkspaceKey, situation: Situation) -> Mapping[str, str]:
    """Give the authors' names by the notes' ids; none while names are off."""
    if not key.owner.is_shared or not situation.stage.shows_names:
        return {}
    query = (
        select(NoteRow.id, PersonRow.called.label("name"), PersonRow.number)
        .join(WorkspaceRow, WorkspaceRow.id == NoteRow.workspace_id)
        .join(PersonRow, PersonRow.id == NoteRow.author_id)
        .where(is_at(key), ~NoteRow.deleted)
    )
    return {note_id: display_name(name, number) for note_id, name, number in db.session.execute(query)}
