"""What the exercise's templates ask for at each note, of which there may be thousands: made once and kept ready."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, g, url_for

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


def init_blueprint(blueprint: Blueprint) -> None:
    """Let templates call these."""
    blueprint.add_app_template_global(field_room)
    blueprint.add_app_template_global(note_address)
