"""A confirmed line item that the platform's list does not show, as in a course that came from another Moodle."""

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti.platform import targets
from lti_tool.lti.platform.targets import ASK_AGAIN_AFTER
from lti_tool.lti.tables import CourseRow, PlacementRow
from tests.lti_tool.platform import LINE_ITEMS_SCOPE, SCORE_SCOPE, Platform, json_answer

OWN, OTHER = "/lineitems/7/lineitem", "/lineitems/9/lineitem"


@pytest.fixture
def restored(sqlite_app: Flask, platform: Platform) -> Platform:
    """Give a platform whose list is empty, and a placement whose own line item was confirmed a while ago."""
    platform.register(sqlite_app)
    platform.answers["/token"] = json_answer({"access_token": "made up"})
    platform.answers["/lineitems"] = json_answer([])
    platform.answers[OWN] = json_answer({"id": f"{platform.origin}{OWN}", "resourceLinkId": "7"})
    platform.answers[OTHER] = json_answer({"id": f"{platform.origin}{OTHER}", "resourceLinkId": "9"})
    with sqlite_app.app_context():
        db.session.add(CourseRow(id=1, site_id=1, context_id="2"))
        db.session.flush()
        own = f"{platform.origin}{OWN}"
        of_list = {"line_items_url": f"{platform.origin}/lineitems", "scopes": [SCORE_SCOPE, LINE_ITEMS_SCOPE]}
        asked = {"confirmed_url": own, "asked_claim": own, "asked_at": now() - ASK_AGAIN_AFTER}
        db.session.add(PlacementRow(course_id=1, resource_link_id="7", registration_id=1, **of_list, **asked))
        db.session.commit()
    return platform


def confirmed(app: Flask, claimed: str | None) -> tuple[str | None, bool]:
    """Launch with a claim, ask, and tell what is kept."""
    with app.app_context():
        db.session.get_one(PlacementRow, 1).line_item_url = claimed
        db.session.commit()
        targets.confirmed(targets.target(1))
        row = db.session.get_one(PlacementRow, 1, populate_existing=True)
        return row.confirmed_url, row.has_no_line_item


@pytest.mark.parametrize("path", [OTHER, "/lineitems/8/lineitem", None])
def test_no_claim_takes_it_away(sqlite_app: Flask, restored: Platform, path: str | None) -> None:
    claimed = f"{restored.origin}{path}" if path else None

    assert confirmed(sqlite_app, claimed) == (f"{restored.origin}{OWN}", False)


def test_it_is_given_up_once_the_platform_no_longer_has_it(sqlite_app: Flask, restored: Platform) -> None:
    restored.answers[OWN] = json_answer([], 404)

    assert confirmed(sqlite_app, f"{restored.origin}{OTHER}") == (None, True)
