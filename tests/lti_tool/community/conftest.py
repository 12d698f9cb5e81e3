"""What tests of the community share."""

from collections.abc import Iterator

import pytest
from flask import Flask

from lti_tool.community.caring import rules
from lti_tool.community.caring.rules import Limit
from lti_tool.community.store import Visit
from tests.lti_tool.community.posting import visit_of
from tests.lti_tool.community.talking import Enter, member, trainer


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one person write a long list at once, where that takes real people days."""
    for limit in ("NEWCOMERS", "MEMBERS"):
        monkeypatch.setattr(rules, limit, Limit(posts=1000, replies=1000))


@pytest.fixture
def ana(enter: Enter) -> Visit:
    """Let Ana in, a trainee."""
    return visit_of(member(enter))


@pytest.fixture
def bea(enter: Enter) -> Visit:
    """Let Bea in, a trainee of another course of the site."""
    return visit_of(member(enter, "Bea", course="course-2"))


@pytest.fixture
def teacher(enter: Enter) -> Visit:
    """Let in a trainer of Ana’s course."""
    return visit_of(trainer(enter), is_trainer=True)


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """Give an application whose database can be read and written."""
    with app.app_context():
        yield
