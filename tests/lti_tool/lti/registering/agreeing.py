"""Dynamic registration as an administrator goes through it."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti.registering import registration
from tests.lti_tool.making import PUBLIC_URL
from tests.lti_tool.platform import Platform

PATH = "/lti/register"


def invite(app: Flask, *, approves: bool = True) -> str:
    """Make an invitation; give its secret."""
    with app.app_context():
        url = registration.invite(PUBLIC_URL, approves=approves, lasts=timedelta(days=7), now=now())
        db.session.commit()
    return parse_qs(urlsplit(url).query)["invitation"][0]


def offer(platform: Platform, invitation: str, **changes: str) -> dict[str, str]:
    """Write what Moodle adds to the URL that was pasted."""
    return {
        "invitation": invitation,
        "openid_configuration": platform.configuration_url,
        "registration_token": "token-of-moodle",
        **changes,
    }


def agree(app: Flask, fields: dict[str, str]) -> TestResponse:
    return app.test_client().post(PATH, data=fields)


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0
