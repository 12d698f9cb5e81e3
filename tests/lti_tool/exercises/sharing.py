"""A canvas that several people share: they write there and hand in, and what the tool then holds of it."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.exercises.tables import CreditRow, PresenceRow, SubmissionRow, WorkspaceRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import fields, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """A group's canvas, the course's, or a trial."""

    app: Flask
    owner: str

    @property
    def query(self) -> str:
        """What an address says of it."""
        return f"?in={self.owner}"

    def write(self, client: Client, text: str = "A well") -> str:
        """Write one new note, and insist that it was saved; give its id."""
        answer = client.post(f"exercise/notes/{(note_id := new_id())}{self.query}", **fields(satisfier=text))
        assert answer.status_code == 303, answer.text
        return note_id

    def press(self, client: Client, *ticked: Client) -> TestResponse:
        """Press the button that hands in, with boxes ticked."""
        return client.post(f"exercise/submissions{self.query}", **{"with": [one.person_id for one in ticked]})

    def hand_in(self, client: Client, *ticked: Client) -> None:
        """Hand in, and insist that it was taken."""
        answer = self.press(client, *ticked)
        assert answer.status_code == 303, answer.text

    def page(self, client: Client) -> str:
        """Give the page."""
        answer = client.get(f"exercise{self.query}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def be_present(self, client: Client, placement_id: int | None = None) -> None:
        """Be at the canvas, as an open page tells."""
        with self.app.app_context():
            found = select(WorkspaceRow.id).filter_by(course_id=client.course_id, owner=self.owner)
            key = {"workspace_id": db.session.scalars(found).one(), "person_id": client.person_id}
            at = placement_id or client.placement_id
            db.session.merge(PresenceRow(**key, placement_id=at, seen_at=now(), has_left=True))
            db.session.commit()


def credited(app: Flask) -> list[dict[int, int]]:
    """Give whom each submission credits at which placement, oldest submission first, as it is kept."""
    with app.app_context():
        numbers = db.session.scalars(select(SubmissionRow.id).order_by(SubmissionRow.id)).all()
        rows = db.session.scalars(select(CreditRow)).all()
        return [{row.person_id: row.placement_id for row in rows if row.submission_id == number} for number in numbers]


def scored(app: Flask) -> list[tuple[int, int, float]]:
    """Give person, placement and points of every score in the outbox, oldest first."""
    with app.app_context():
        rows = db.session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
        return [(row.person_id, row.placement_id, row.score["given"]) for row in rows]
