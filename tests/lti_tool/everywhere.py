"""Every page and file that the tool has, asked for by every id that there is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Request
from sqlalchemy import select
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from lti_tool.community.calendar.tables import MeetingRow
from lti_tool.community.files.tables import FileRow
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.tables import PostRow
from lti_tool.community.translating.tables import TranslationRow
from lti_tool.database import db
from lti_tool.exercises.tables import NoteRow, StackRow, SubmissionRow
from lti_tool.exports.tables import ExportRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.everybody import DIGEST

IDS = {
    "note_id": NoteRow.id,
    "stack_id": StackRow.id,
    "submission_id": SubmissionRow.id,
    "export_id": ExportRow.id,
    "offer_id": OfferRow.id,
    "outcome_id": OutcomeRow.id,
    "file_id": FileRow.id,
    "meeting_id": MeetingRow.id,
    "translation_id": TranslationRow.id,
}
POSTS = ("post_id", "piece_id")
FIXED: dict[str, list[str | int]] = {
    "digest": [DIGEST],
    "size": ["whole", "small"],
    "sort": ["posts"],
    "version": ["any"],
    "token": ["any"],
    "number": [1],
    "filename": ["icon.svg"],
}

_looked_at: set[str] = set()
"""What the request that is answered wanted to know of its address."""


class _Noted(ImmutableMultiDict[str, str]):
    """What an address says behind its question mark; what is looked at is noted."""

    def __getitem__(self, key: str) -> str:
        _looked_at.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        _looked_at.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, *more: Any, **how: Any) -> Any:
        _looked_at.add(key)
        return super().get(key, *more, **how)


class NotedRequest(Request):
    """A request of an application that notes which parameters it looks at."""

    parameter_storage_class = _Noted


def values(app: Flask) -> Mapping[str, Iterable[str | int]]:
    """Give every value that there is for each variable of an address; a new variable needs its place here."""
    with app.app_context():
        found: dict[str, list[str | int]] = {name: list(db.session.scalars(select(id_))) for name, id_ in IDS.items()}
        posts: list[str | int] = list(db.session.scalars(select(PostRow.id)))
    return {**FIXED, **found, **dict.fromkeys(POSTS, posts)}


def read(app: Flask, client: Client, parameters: Mapping[str, Sequence[object]]) -> Iterator[TestResponse]:
    """Ask for everything, and once more with each value of the parameters that an address looks at."""
    known = values(app)
    assert all(known.values()), known  # of what isn't there nothing would be asked
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            for path in _paths(app, rule, known, client.launch_id):
                yield from _asked(client, path, parameters, {})


def _asked(
    client: Client, path: str, parameters: Mapping[str, Sequence[object]], said: Mapping[str, object]
) -> Iterator[TestResponse]:
    """Ask, and then say more of what the answer depends on; each parameter comes behind those before it."""
    _looked_at.clear()
    yield client.browser.get(f"{path}?{urlencode(said)}" if said else path)
    more, names = _looked_at - set(said), list(parameters)
    for index, name in enumerate(names):
        if name in more:
            later = {one: parameters[one] for one in names[index + 1 :]}
            for value in parameters[name]:
                yield from _asked(client, path, later, {**said, name: value})


def _paths(app: Flask, rule: Rule, known: Mapping[str, Iterable[str | int]], launch_id: str) -> Iterator[str]:
    adapter = app.url_map.bind("tool.example.org")
    names = sorted(rule.arguments - {"launch_id"} - set(rule.defaults or {}))
    inside = {"launch_id": launch_id} if "launch_id" in rule.arguments else {}
    for chosen in product(*(known[name] for name in names)):
        yield adapter.build(rule.endpoint, {**inside, **dict(zip(names, chosen, strict=True))}, "GET")
