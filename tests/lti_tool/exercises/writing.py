"""What a browser without JavaScript sends: a page's notes as form fields."""

from uuid import uuid4

from lti_tool.exercises import rules
from tests.lti_tool.entering import Client


def new_id() -> str:
    """Make a note's id as the page does."""
    return str(uuid4())


def fields(
    note_id: str, place: str = "matrix subsistence/being", *, version: int = 0, began_as: str = "", **values: str
) -> dict[str, str]:
    """Give the form fields of one note."""
    line = f"{note_id} {place} {version} en {began_as}".strip()
    return {"note": line, **{f"{note_id}.{field}": value for field, value in values.items()}}


def write(client: Client, note_id: str, text: str, *, version: int = 0) -> None:
    """Save one note of the matrix and insist that it was saved."""
    answer = client.post("exercise/notes", **fields(note_id, version=version, satisfier=text))
    assert answer.status_code == 303, answer.text


def hand_in(client: Client, text: str = "A well") -> None:
    """Hand in one new note and insist that it was taken."""
    answer = client.post("exercise/submissions", **fields(new_id(), satisfier=text, effect="synergic"))
    assert answer.status_code == 303, answer.text


def shown_line(note_id: str, text: str, version: int) -> str:
    """Give a note's hidden line as the page shows it."""
    return f"{note_id} matrix subsistence/being {version} en {rules.fingerprint({'satisfier': text})}"
