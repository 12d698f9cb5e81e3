"""The tool's application as tests want it: on a database of their own, with a clock that they move."""

from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from content.load import load
from content.model import Curriculum
from lti_tool.app import create_app
from lti_tool.clock import Clock, now
from lti_tool.config import Settings
from lti_tool.database import db
from lti_tool.delivery import wakeups
from lti_tool.demo.moodle.compiled import CompiledTemplates
from lti_tool.lti.keys import tool_keys
from lti_tool.lti.keys.tables import ToolKeyRow
from tests.lti_tool.databases import make_tables, schema_of

PUBLIC_URL = "http://127.0.0.1:8000"
PASSPHRASE = "a passphrase for tests"
_TEMPLATES = CompiledTemplates()
_keys: dict[str, list[dict[str, Any]]] = {}
"""The rows of the keys that were made, by their passphrase: making one takes longer than most tests."""


def make_app(database_url: str, clock: Clock, **settings: str) -> Flask:
    """Make the application with its tables and its key."""
    environment = {
        "PUBLIC_URL": PUBLIC_URL,
        "KEYS_PASSPHRASE": PASSPHRASE,
        "DATABASE_URL": database_url,
        "WAKEUPS": wakeups_of(database_url),
        "ALLOW_PRIVATE_PLATFORMS": "1",
        **settings,
    }
    app = create_app(Settings.from_environment(environment), clock, packaged_curriculum())
    app.jinja_env.bytecode_cache = _TEMPLATES
    with app.app_context():
        make_tables(db.engine)
        make_keys(environment["KEYS_PASSPHRASE"])
        db.session.commit()
    return app


def make_keys(passphrase: str) -> None:
    """Give the application its keys; those of the first one with this passphrase serve all of them."""
    if tool_keys.all_keys():
        tool_keys.ensure_keys(now())
    elif passphrase in _keys:
        db.session.execute(insert(ToolKeyRow), [{**row, "created_at": now()} for row in _keys[passphrase]])
    else:
        tool_keys.ensure_keys(now())
        _keys[passphrase] = [dict(row) for row in db.session.execute(select(*ToolKeyRow.__table__.columns)).mappings()]


def wakeups_of(database_url: str) -> str:
    """Keep the file of a PostgreSQL's wake-ups out of the folder that the tests run in; SQLite has its default."""
    if database_url.startswith("sqlite:"):
        return ""
    return "sqlite:///{}/{}-wakeups.sqlite3".format(*schema_of(database_url))


@cache
def packaged_curriculum() -> Curriculum:
    """Give the curriculum, which is read once: it never changes, and reading it takes longer than most tests."""
    return load()


def close_app(app: Flask) -> None:
    """Close its connections to the database and to the wake-ups."""
    with app.app_context():
        wakeups.bell().close()
        db.engine.dispose()
