"""The digest, and the pages that its links lead to, are for everybody: in both directions, on every screen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from lti_tool.clock import utc_now
from lti_tool.community.connectors.tables import ConnectorRow
from lti_tool.community.digest import worker
from lti_tool.community.digest.tables import DigestRow
from lti_tool.community.tables import MemberRow, PostRow
from lti_tool.database import db
from lti_tool.delivery import smtp
from lti_tool.delivery.smtp import Account
from tests.browser.community_page import publish, write
from tests.browser.conftest import Show
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool, elsewhere
from tests.mail_server import mail_server, page_of, paths_of

ADDRESS = "ana@example.org"
WEEK, YEAR = timedelta(days=7), timedelta(days=365)


def be_silent(app: Flask) -> None:
    """Let Ana look after a territory, have been away for a year, and a need wait for her since a week."""
    now = utc_now()
    with app.app_context():
        digest = db.session.scalars(select(DigestRow).order_by(DigestRow.community_id.desc())).first()
        assert digest is not None
        home, ana = digest.community_id, digest.person_id
        digest.told_until, digest.due_at = now - WEEK, now
        db.session.get_one(MemberRow, (home, ana)).seen_at = now - YEAR
        named = {"community_id": home, "person_id": ana, "named_by_id": ana, "named_at": now}
        db.session.add(ConnectorRow(**named, territory="tunisia"))
        written = update(PostRow).where(PostRow.community_id == home, PostRow.kind == "need")
        db.session.execute(written.values(created_at=now - WEEK + timedelta(minutes=1)))
        db.session.execute(
            update(PostRow)
            .where(PostRow.community_id == home, PostRow.kind == "tool")
            .values(created_at=now - WEEK / 2)
        )
        db.session.commit()
        while worker.go_on():
            pass


def visit_everything(running: RunningTool, enter: Show, locale: str, server: str) -> Iterator[tuple[str, Page]]:
    """Show one page after the other; what comes by mail too."""
    smtp.init_app(running.app, Account(server=server, sender="community@example.org"))
    worker.init_app(running.app)
    publish(enter("Bea", running.browser_of_a_person()))
    tool = enter("Bea", running.browser_of_a_person())
    write(tool, kind="Tool", title="A canvas", text="W" * 200)
    tool.get_by_role("button", name="Publish").click()
    expect(tool.get_by_role("heading", level=1)).to_have_text("A canvas")
    page = enter("Ana", running.browser_of_a_person(), locale=locale, email=ADDRESS)
    yield "question", page
    page.locator("button[name=rhythm][value=weekly]").click()
    yield "digest", page
    home = page.url.removesuffix("digest")
    elsewhere(lambda: be_silent(running.app))
    for room in ("connectors", "following"):
        page.goto(home + room)
        yield room, page


def visit_mail(running: RunningTool, page: Page, links: dict[str, str], shown: str) -> Iterator[str]:
    """Show a mail, and what its links ask and answer."""
    page.set_content(shown)
    yield "mail"
    for kind, path in links.items():
        page.goto(running.url + path)
        yield f"{kind} asked"
        page.locator("form:has(button.primary) button.primary").click()
        page.wait_for_load_state()
        yield f"{kind} done"


@pytest.mark.parametrize(("locale", "direction"), [("en", "ltr"), (TURNED, "rtl")])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_phone(
    running: RunningTool, enter: Show, locale: str, direction: str
) -> None:
    with mail_server() as (mailbox, server):
        for shown, page in visit_everything(running, enter, locale, server):
            insist(page, shown, direction)
        letter = mailbox.to(ADDRESS)[-1]
        links = {kind: paths_of(letter, kind)[0] for kind in ("keep", "stop")}
        for shown in visit_mail(running, page, links, page_of(letter)):
            insist(page, shown, direction)


def insist(page: Page, shown: str, direction: str) -> None:
    assert page.locator("html").get_attribute("dir") == direction, shown
    results = Axe().run(page)
    assert results.violations_count == 0, f"{shown}: {results.generate_report()}"
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, shown
    page.set_viewport_size({"width": 1280, "height": 800})
