"""Somebody asks for what is kept of them, or for its end, and whoever runs the tool answers."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from flask import Flask

from lti_tool.database import db
from lti_tool.personal import Whose
from lti_tool.privacy import copies, erasing
from lti_tool.privacy.copies import WORDS
from tests.lti_tool.entering import Client


def whose(client: Client, sub: str) -> Whose:
    """Name a person of the first site."""
    return Whose(site_id=1, sub=sub, person_id=client.person_id)


def erase(app: Flask, one: Whose, *, with_texts: bool = False) -> None:
    """Erase a person."""
    with app.app_context():
        erasing.erase(one, with_texts=with_texts)
        db.session.commit()


def copied(app: Flask, one: Whose) -> Mapping[str, Any]:
    """Read what stands in a person's copy, as whoever runs the tool makes it."""
    with app.app_context():
        file = BytesIO()
        copies.write(one, file)
        return unpacked(file.getvalue())


def unpacked(archive: bytes) -> Mapping[str, Any]:
    """Read the words in a copy."""
    with ZipFile(BytesIO(archive)) as opened:
        found: Mapping[str, Any] = json.loads(opened.read(WORDS))
        return found
