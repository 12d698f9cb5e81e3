"""Cookies: an activity opens in whatever way the browser allows, and launches in one browser stay apart.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story. The tool and the Moodle are two sites to the browser.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from content.load import load
from tests.conftest import ChromiumOptions
from tests.spec.canvas import COMMUNITY_QUESTION, answer, question
from tests.spec.site import Site, whole_module
from tests.spec.tool import Tool

COURSE = load().courses["training-of-trainers"]
MODULE = COURSE.texts["en"].modules[COURSE.modules[0].id].title
FIRST = [
    (load().unit(a.slug) if a.kind == "unit" else load().exercise(a.slug)).texts["en"].title
    for a in COURSE.modules[0].activities
]
COMMUNITY = "Community of practice"
BLOCK = 2
"""What Chromium's preferences call a refusal."""


def refuse_all_cookies(profile: Path, tool_url: str, site_url: str) -> None:
    """Prepare a profile of Chromium that refuses the tool's cookies inside a site, Partitioned ones too."""
    preferences = profile / "Default" / "Preferences"
    preferences.parent.mkdir()
    exceptions = {"cookies": {f"{tool_url},{site_url}": {"setting": BLOCK}}}
    preferences.write_text(json.dumps({"profile": {"content_settings": {"exceptions": exceptions}}}))


EVERYWHERE = "*"
"""In the place of a site: pages of the tool that stand alone are meant too."""


def open_in_tab(frame: FrameLocator) -> Page:
    """Press what the tool offers where no cookie comes back; give the tab that opens."""
    frame.owner.page.bring_to_front()
    with frame.owner.page.expect_popup() as opened:
        frame.get_by_role("button", name="Open in a new tab").click()
    return opened.value


def choose(picker: FrameLocator | Page, module: str) -> None:
    """Tick a whole module and place it."""
    whole_module(picker, module).check()
    picker.get_by_role("button", name="Place in the course").click()


def begin_post(page: FrameLocator, title: str) -> None:
    """Fill in a post, and leave it unpublished."""
    page.get_by_role("link", name="Write a post").click()
    page.get_by_role("radio", name="Doubt").check()
    page.get_by_label("Title").fill(title)
    page.get_by_role("textbox", name="Text", exact=True).fill("In good time everybody reads this.")


def publish(page: FrameLocator, title: str) -> None:
    """Publish the post that is filled in."""
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def show_post(page: FrameLocator, title: str) -> None:
    """Open a post from wherever one is in the community."""
    page.get_by_role("link", name="All posts").click()
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


class Cookies:
    """One story in eight tests."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool as the administrator would."""
        site.register(tool.command("invite", "--approve"))

    @pytest.fixture(scope="class")
    @classmethod
    def refusing(
        cls,
        browser: Browser,
        chromium_options: ChromiumOptions,
        site: Site,
        tool: Tool,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> Iterator[BrowserContext]:
        """Give a browser that refuses all of the tool's cookies inside Moodle's pages."""
        profile: Path = tmp_path_factory.mktemp("profile")
        refuse_all_cookies(profile, tool.public_url, site.url)
        context = browser.browser_type.launch_persistent_context(profile, **chromium_options)
        yield context
        context.close()

    @pytest.fixture
    def refusing_everywhere(
        self, browser: Browser, chromium_options: ChromiumOptions, tool: Tool, tmp_path: Path
    ) -> Iterator[BrowserContext]:
        """Give a browser that refuses all of the tool's cookies, in a tab of its own too."""
        refuse_all_cookies(tmp_path, tool.public_url, EVERYWHERE)
        context = browser.browser_type.launch_persistent_context(tmp_path, **chromium_options)
        yield context
        context.close()

    def test_a_stock_browser_keeps_the_picker_inside_moodle(self, site: Site) -> None:
        frame = site.open_picker()

        choose(frame, MODULE)

        assert site.finish_placing() == FIRST

    def test_a_stock_browser_keeps_nothing_but_partitioned_cookies_there(self, site: Site, tool: Tool) -> None:
        frame = site.open_activity("trainee", FIRST[0])
        expect(frame.get_by_role("heading", level=1)).to_be_visible()

        everything = frame.owner.page.context.cookies()

        kept = [cookie for cookie in everything if cookie["domain"] == urlsplit(tool.public_url).hostname]
        assert {cookie["name"] for cookie in kept} == {"__Secure-launch"}
        assert all(cookie.get("partitionKey") for cookie in kept)

    def test_where_no_cookie_is_kept_the_choice_made_in_a_tab_reaches_moodle(
        self, site: Site, refusing: BrowserContext
    ) -> None:
        site.sit_down("trainer", refusing)
        frame = site.open_picker()
        tab = open_in_tab(frame)
        expect(frame.get_by_text("It is open in another tab now.")).to_be_visible()

        with tab.expect_event("close"):
            choose(tab, COMMUNITY)

        assert site.finish_placing() == [*FIRST, COMMUNITY]

    def test_what_reached_moodle_is_not_ticked_again(self, site: Site, refusing: BrowserContext) -> None:
        site.sit_down("trainer", refusing)

        tab = open_in_tab(site.open_picker())

        expect(whole_module(tab, COMMUNITY)).to_be_visible()  # the script shows it, and has ticked what was kept
        expect(whole_module(tab, COMMUNITY)).not_to_be_checked()
        expect(tab.get_by_text("Your last choice has not reached Moodle.")).to_be_hidden()

    def test_a_choice_that_moodle_no_longer_waits_for_is_kept_and_ticked_the_next_time(
        self, site: Site, refusing: BrowserContext
    ) -> None:
        site.sit_down("trainer", refusing)
        frame = site.open_picker()
        tab = open_in_tab(frame)
        expect(whole_module(tab, MODULE)).to_be_visible()
        frame.owner.page.goto(site.url)

        choose(tab, MODULE)

        expect(tab.get_by_text("Go back to Moodle and press “Select content” again.")).to_be_visible()
        expect(tab.get_by_text("Your choice is kept")).to_be_visible()
        expect(whole_module(open_in_tab(site.open_picker()), MODULE)).to_be_checked()

    def test_an_activity_works_in_a_tab_of_its_own(self, site: Site, refusing: BrowserContext) -> None:
        site.sit_down("trainee", refusing)

        tab = open_in_tab(site.open_activity("trainee", "Needs matrix"))

        answer(tab, COMMUNITY_QUESTION, "Two streets and a square")
        expect(tab.get_by_text("Everything is saved.")).to_be_visible()
        tab.reload()
        expect(question(tab)).to_contain_text("Two streets and a square")

    def test_where_a_tab_keeps_no_cookie_either_it_says_so(
        self, site: Site, refusing_everywhere: BrowserContext
    ) -> None:
        site.sit_down("trainee", refusing_everywhere)

        tab = open_in_tab(site.open_activity("trainee", "Needs matrix"))

        expect(tab.get_by_text("Your browser keeps no cookies of this page")).to_be_visible()
        expect(tab.get_by_role("button")).to_have_count(0)

    def test_a_trainer_and_a_trainee_in_one_browser_stay_who_they_were(self, site: Site, browser: Browser) -> None:
        context = browser.new_context()
        site.sit_down("trainer", context)
        trainer = site.open_activity("trainer", COMMUNITY)
        begin_post(trainer, "What the trainer asks")
        site.sit_down("trainee", context)
        trainee = site.open_activity("trainee", COMMUNITY)
        begin_post(trainee, "What the trainee asks")

        publish(trainer, "What the trainer asks")
        publish(trainee, "What the trainee asks")

        show_post(trainer, "What the trainee asks")
        expect(trainer.get_by_role("link", name="Change")).to_have_count(0)
        expect(trainer.get_by_text("Hide", exact=True)).to_be_visible()
        show_post(trainee, "What the trainer asks")
        expect(trainee.get_by_role("link", name="Change")).to_have_count(0)
        expect(trainee.get_by_text("Hide", exact=True)).to_have_count(0)
