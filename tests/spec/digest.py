"""The digest: a mail that a mail server took leads through Moodle's own page into the post.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.mail_server import Mailbox, mail_server, paths_of, text_of
from tests.spec.community import COMMUNITY, NEED, TITLE
from tests.spec.outliving import PEOPLE
from tests.spec.site import Site
from tests.spec.tool import Tool

THAT_STAYS = re.compile("^The community of ")
"""The course that the sync gives the community, by its name."""
WEEK_LATER = Path(__file__).with_name("week_later.py")


def let_a_week_pass(tool: Tool) -> None:
    """Let a worker send what is due a week from now."""
    subprocess.run([sys.executable, str(WEEK_LATER)], env=tool.environment, cwd=tool.folder, check=True)


def link_of(mailbox: Mailbox, tool: Tool) -> str:
    """Give the link to the post in the mail, the only one that came."""
    (letter,) = mailbox.letters
    return tool.public_url + paths_of(letter, "go")[0]


def expect_post(page: Page, site: Site) -> None:
    """Wait until the post is shown in the frame of Moodle's own page."""
    expect(page.frame_locator("#contentframe").get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    assert page.url.startswith(f"{site.url}/mod/lti/view.php?")


class Digest:
    """One story."""

    @pytest.fixture(scope="class")
    @classmethod
    def mailbox(cls, tool: Tool) -> Iterator[Mailbox]:
        """Give what comes to the mail server that the tool sends through."""
        with mail_server() as (mailbox, server):
            tool.stop()
            tool.environment |= {"MAIL_SERVER": server, "MAIL_FROM": "MedTOWN <community@example.org>"}
            tool.start()
            yield mailbox

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool, mailbox: Mailbox) -> None:
        """Register the tool as the administrator would."""
        assert not mailbox.letters
        site.register(tool.command("invite", "--approve"))

    @pytest.fixture(scope="class")
    @classmethod
    def folder(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        """Give the folder of the sync, with its journal."""
        return tmp_path_factory.mktemp("sync")

    def test_a_need_comes_whole_by_mail_to_the_one_who_asked_for_it(
        self, site: Site, tool: Tool, mailbox: Mailbox
    ) -> None:
        assert COMMUNITY in site.place_module(COMMUNITY)
        page = site.open_activity("second trainee", COMMUNITY)
        page.locator("button[name=rhythm][value=weekly]").click()
        expect(page.locator("button[name=rhythm]")).to_have_count(0)

        page = site.open_activity("trainee", COMMUNITY)
        page.get_by_role("link", name="Write a post").click()
        page.get_by_role("radio", name="Need").check()
        page.get_by_label("Title").fill(TITLE)
        page.get_by_role("textbox", name="Text", exact=True).fill(NEED)
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
        let_a_week_pass(tool)

        (letter,) = mailbox.letters
        assert TITLE in text_of(letter)
        assert NEED in text_of(letter)

    def test_its_link_leads_through_moodles_own_page_into_the_post(
        self, site: Site, tool: Tool, mailbox: Mailbox
    ) -> None:
        page = site.follow_link("second trainee", link_of(mailbox, tool))

        expect_post(page, site)

    def test_whoever_is_not_logged_in_at_moodle_logs_in_and_still_arrives(
        self, browser: Browser, site: Site, tool: Tool, mailbox: Mailbox
    ) -> None:
        elsewhere = browser.new_context()

        page = site.follow_link_and_log_in("second trainee", link_of(mailbox, tool), elsewhere)

        expect_post(page, site)

    def test_whose_training_ended_chooses_the_course_that_stays(
        self, site: Site, tool: Tool, mailbox: Mailbox, folder: Path
    ) -> None:
        site.sync_with_community(PEOPLE, folder)
        site.go_to_community()
        site.place_module(COMMUNITY)
        expect(site.open_activity("trainee", COMMUNITY).get_by_role("link", name=TITLE)).to_be_visible()
        site.sync_with_community([person for person in PEOPLE if person != "second trainee"], folder)

        page = site.follow_link("second trainee", link_of(mailbox, tool))
        page.get_by_role("link", name=THAT_STAYS).click()

        expect_post(page, site)
