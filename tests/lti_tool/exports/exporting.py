"""Somebody who asks for a file, the worker that makes it, and what is in it."""

import csv
import io

from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.exports import worker
from tests.lti_tool.entering import Client


def ask(person: Client, form: str = "pdf", where: str = "exports") -> str:
    """Ask for a file, and insist that it is on its way; give the address where to wait."""
    asked = person.post(where, form=form)
    assert asked.status_code == 303, asked.text
    return asked.location.split("/", 3)[3]


def work(app: Flask) -> int:
    """Let the worker do all that is wanted; give the number of slices."""
    for count in range(1000):
        with app.app_context():
            if not worker.go_on():
                return count
    raise AssertionError


def fetched(app: Flask, person: Client, form: str = "pdf", where: str = "exports") -> TestResponse:
    """Ask for a file, let it be made, and fetch it."""
    address = ask(person, form, where)
    work(app)
    answer = person.get(f"{address}/file")
    assert answer.status_code == 200, person.get(address).text
    return answer


def table(made: bytes) -> list[dict[str, str]]:
    """Read a table's rows by their columns."""
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))
