"""What a browser without JavaScript sends: one note by its editor's form, then the button that hands in."""

from uuid import uuid4

from werkzeug.test import TestResponse

from tests.lti_tool.entering import Client

PLACE = "matrix subsistence/being"
CHOSEN = ("place", "before", "delete")
"""What a person chooses of the note itself: it is named apart from the fields."""


def new_id() -> str:
    """Make a note's id as the page does."""
    return str(uuid4())


def fields(at: str = PLACE, *, version: int = 0, **values: object) -> dict[str, object]:
    """Give the fields of a note's form; a place is a part and a cell."""
    part, cell = at.split(" ")
    about = {"part": part, "cell": cell, "version": str(version), "language": "en"}
    chosen = {name: values.pop(name) for name in CHOSEN if name in values}
    return {**{f"note.{name}": value for name, value in {**about, **chosen}.items()}, **values}


def send(client: Client, note_id: str, at: str = PLACE, *, version: int = 0, **values: object) -> TestResponse:
    """Send one note's form."""
    return client.post(f"exercise/notes/{note_id}", **fields(at, version=version, **values))


def write(client: Client, note_id: str, text: str, *, version: int = 0) -> None:
    """Save one note of the matrix and insist that it was saved."""
    answer = send(client, note_id, version=version, satisfier=text)
    assert answer.status_code == 303, answer.text


def hand_in(client: Client, text: str = "A well") -> None:
    """Hand in one new note and insist that it was taken."""
    assert send(client, new_id(), satisfier=text, effect="synergic").status_code == 303
    answer = client.post("exercise/submissions")
    assert answer.status_code == 303, answer.text
