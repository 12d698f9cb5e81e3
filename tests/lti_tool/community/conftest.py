"""What tests of the community share."""

import pytest

from lti_tool.community.caring import rules
from lti_tool.community.caring.rules import Limit


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one person write a long list at once, where that takes real people days."""
    for limit in ("NEWCOMERS", "MEMBERS"):
        monkeypatch.setattr(rules, limit, Limit(posts=1000, replies=1000))
