"""What the exercise's templates ask for at each note, of which there may be thousands: made once and kept ready."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, g, url_for

from content.parts.part import Part
from lti_tool.exercises.rules import Note
from lti_tool.exercises.sheet import Sheet

NO_NOTE = UUID(int=0)


def field_room(kind: str) -> Any:
    """Give the macros of a kind of field; importing them in a template costs more than what they do."""
    return current_app.jinja_env.get_template(f"exercises/fields/{kind}.html").module


def note_address(note_id: str) -> str:
    """Give the address of a note's editor; building one costs more than putting another note into it."""
    if "note_address" not in g:
        g.note_address = url_for("exercises.edit_note", note_id=NO_NOTE)
    address: str = g.note_address
    return address.replace(str(NO_NOTE), note_id, 1)


def showing(sheet: Sheet, part: Part) -> str:
    """Take note of the part whose notes are shown now, for whatever names one of them; it shows nothing itself."""
    g.shown = (sheet, part.fields[0].id)
    return ""


def note_name(note_id: str) -> str:
    """Give the first words of a note of the part that is shown now; nothing where none is, or it isn't there."""
    if "shown" not in g:
        return ""
    sheet, first = g.shown
    note: Note | None = sheet.notes.get(note_id)
    return str(note.values.get(first, "")) if note else ""


def init_blueprint(blueprint: Blueprint) -> None:
    """Let templates call these."""
    blueprint.add_app_template_global(field_room)
    blueprint.add_app_template_global(note_address)
    blueprint.add_app_template_global(showing)
    blueprint.add_app_template_global(note_name)
