"""What a browser without JavaScript sends to bring work from a canvas to the community."""

import re
from html import unescape

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.community.tables import PostRow
from lti_tool.database import db
from tests.lti_tool.community.talking import new_id
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import new_id as new_note
from tests.lti_tool.exercises.writing import send

PLACE = "matrix subsistence/being"


def work(client: Client, *texts: str) -> list[str]:
    """Write notes on one's canvas; give their ids."""
    ids = [new_note() for _ in texts]
    for note_id, text in zip(ids, texts, strict=True):
        answer = send(client, note_id, PLACE, satisfier=text)
        assert answer.status_code == 303, answer.text
    return ids


def take(client: Client, *note_ids: str, kind: str = "need") -> TestResponse:
    """Tick notes, and ask for the post."""
    return client.post("exercise/carry/text", note=list(note_ids), kind=kind)


def form(**given: str) -> dict[str, str]:
    """Give the fields of the post's form."""
    words = {"kind": "need", "title": "A well for the street", "text": "Who knows how?", "language": "en"}
    return {"id": new_id(), "version": "0", **words, **given}


def bring(client: Client, **given: str) -> str:
    """Publish a post from the canvas and insist that it was; give its id."""
    sent = form(**given)
    answer = client.post("exercise/carry", **sent)
    assert answer.status_code == 303, answer.text
    return sent["id"]


def field(page: str, name: str) -> str:
    """Give what stands in a field of the form."""
    area = re.search(rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>', page, flags=re.DOTALL)
    line = re.search(rf'<input type="text" name="{name}" value="([^"]*)"', page)
    found = area or line
    assert found, page
    return unescape(found[1])


def posts(app: Flask) -> list[PostRow]:
    """Give all posts."""
    with app.app_context():
        return list(db.session.scalars(select(PostRow).order_by(PostRow.created_at)))
