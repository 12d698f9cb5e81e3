"""Somebody at a canvas that others write at too, in a browser without a window: what fails is sent again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.exercises.tables import NoteRow, WorkspaceRow
from tests.chaos.school import Desk, School
from tests.chaos.trainees import TRIES, Trainee

OWN = ("matrix", "subsistence/being", "satisfier")
OF_ALL = ("start", "community", "answer")
"""Part, cell and field of notes that one person writes, and of the one to which everybody adds a word."""
SHARED = str(uuid4())


@dataclass(kw_only=True)
class Acknowledged:
    """What the tool has said it took, of one person."""

    notes: dict[str, str] = field(default_factory=dict)
    """Texts of notes that nobody else touches, by id."""
    words: list[str] = field(default_factory=list)
    """Added to the note of all."""


class Writer(Trainee):
    """One person's page at a group's canvas."""

    def __init__(self, school: School, desk: Desk, group_id: int) -> None:
        super().__init__(school, desk)
        self._canvas = f"?in=group/{group_id}"
        self._known = ("", 0)
        self.took = Acknowledged()

    def write(self) -> None:
        """Write a note of one's own, then change it."""
        note_id = str(uuid4())
        for version, text in enumerate((f"{note_id} first", f"{note_id} second")):
            status, answer = self._save(OWN, note_id, text, version)
            assert (status, answer["version"]) == (200, version + 1), answer
            self.took.notes[note_id] = text

    def add_word(self) -> None:
        """Add a word to the note of all; where somebody else was faster, put both texts together."""
        word = uuid4().hex[:8]
        text, version = self._known
        for _ in range(100 * TRIES):
            text = f"{text} {word}".strip()
            status, answer = self._save(OF_ALL, SHARED, text, version)
            if status == 200:
                version = answer["version"]
                break
            theirs = answer["theirs"]
            text, version = theirs["values"]["answer"], theirs["version"]
            if word in text.split():  # it arrived, and its answer didn't
                break
        self._known = (text, version)
        self.took.words.append(word)

    def _save(self, place: tuple[str, str, str], note_id: str, text: str, version: int) -> tuple[int, dict[str, Any]]:
        """Save a note until there is an answer that says what became of it."""
        part, cell, name = place
        body = {"part": part, "cell": cell, "values": {name: text}, "version": version, "language": "en"}
        for _ in range(TRIES):
            answer = self._put(note_id, body)
            if answer is not None and answer.status_code < 500:
                return answer.status_code, answer.json()
        msg = "no process answered"
        raise AssertionError(msg)

    def _put(self, note_id: str, body: object) -> requests.Response | None:
        """Send a note as the page's script does; nothing: no answer came, as from a process that died."""
        self.tries += 1
        base = self.page.url.split("#")[0].split("?")[0].removesuffix("/").removesuffix("/exercise")
        headers = {"Origin": self._public_url, "X-CSRF-Token": self._token}
        try:
            return self._session.put(
                f"{base}/exercise/notes/{note_id}{self._canvas}", json=body, headers=headers, timeout=30
            )
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            return None


def expect_every_note_once(school: School, group_id: int, writers: Sequence[Writer]) -> None:
    """Insist that what the tool took is there, each note and each word once, and nothing else."""
    with school.tool.app_context():
        workspace = db.session.scalars(select(WorkspaceRow).filter_by(group_id=group_id)).one()
        rows = db.session.scalars(select(NoteRow).filter_by(workspace_id=workspace.id, deleted=False)).all()
        texts = {row.id: " ".join(map(str, row.values.values())) for row in rows}
        changes = sum(row.version for row in rows)
    words = Counter(texts.pop(SHARED).split())
    assert texts == {note_id: text for writer in writers for note_id, text in writer.took.notes.items()}
    assert words == Counter(word for writer in writers for word in writer.took.words)
    assert workspace.version == changes
