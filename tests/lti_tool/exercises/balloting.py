"""A group that votes on its notes."""

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import ballots
from lti_tool.exercises.voting import Terms
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.writing import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """One canvas of a course, which several share."""

    course: Course
    owner: str

    def add(self, author: Client, text: str, cell: str = "subsistence/being", part: str = "matrix") -> str:
        """Write a note; give its id."""
        field = "satisfier" if part == "matrix" else "answer"
        body = {"part": part, "cell": cell, "values": {field: text}, "version": 0, "language": "en"}
        note_id = new_id()
        assert author.put(self.at(f"exercise/notes/{note_id}"), body).status_code == 200
        return note_id

    def at(self, path: str) -> str:
        """Name this canvas in an address."""
        return f"{path}{'&' if '?' in path else '?'}in={self.owner}"

    def open_ballot(self, *, part: str | None = None, each: int = 3, is_secret: bool = False) -> None:
        """Open a ballot, as the trainer's press does."""
        with self.course.app.app_context():
            terms = Terms(part=part, each=each, is_secret=is_secret)
            assert ballots.begin(self.course.course_id, self.course.exercise, terms, now())
            db.session.commit()

    def close_ballot(self, number: int = 1) -> None:
        """Close a ballot, as the trainer's press does."""
        with self.course.app.app_context():
            ballots.close(self.course.course_id, self.course.exercise, number, now())
            db.session.commit()

    def vote(self, person: Client, note_id: str, number: int, ballot: int = 1) -> TestResponse:
        """Give a note so many of somebody's votes."""
        return person.put(self.at(f"exercise/votes/{note_id}"), {"ballot": ballot, "number": number})

    def votes(self, person: Client) -> Any:
        """Ask what somebody is told of the votes."""
        answer = person.get(self.at("exercise/votes"))
        assert answer.status_code == 200
        return answer.json and answer.json["votes"]
