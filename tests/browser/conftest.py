"""A miniature of Moodle, or the tool alone in this process, and the people who come there."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from lti_tool.lti.launch.claims import DeepLinking
from lti_tool.lti.roles import Role
from tests.browser.framing import platform
from tests.browser.miniature import Miniature, running_miniature
from tests.browser.right_to_left import TURNED, right_to_left
from tests.browser.running_tool import RunningTool, running_tool
from tests.listening import listening

ISSUER = "http://localhost:8100"
RETURN = f"{ISSUER}/mod/lti/contentitem_return.php?course=2"
ANSWER_TO = DeepLinking(return_url=RETURN, accept_multiple=True, data=None)
Show = Callable[..., Page]
"""Opens a page of the tool."""


@pytest.fixture(scope="class")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Miniature]:
    """Give a miniature of Moodle for one class, which tells one story."""
    folder: Path = tmp_path_factory.mktemp("miniature")
    with running_miniature(folder) as url:
        yield Miniature(browser, url)


@pytest.fixture(scope="module")
def running(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTool]:
    """Give a tool for one module; its Arabic is a catalogue that only turns the direction."""
    folder: Path = tmp_path_factory.mktemp("running")
    with running_tool(folder, browser, TRANSLATIONS_DIR=str(right_to_left(folder / "translations"))) as tool:
        yield tool


@pytest.fixture
def profile(running: RunningTool) -> BrowserContext:
    """Give one browser profile; pages that are opened in it share its storage."""
    return running.browser_of_a_person()


@pytest.fixture
def launch(running: RunningTool, request: pytest.FixtureRequest) -> Show:
    """Give a function that opens an activity in a course of this test's own."""

    def open_page(context: BrowserContext | None = None, **given: Any) -> Page:
        return running.open(context, **{"course": request.node.name, "sub": "trainee", **given})

    return open_page


@pytest.fixture
def enter(running: RunningTool, request: pytest.FixtureRequest) -> Show:
    """Give a function that lets a person into a community of this test's own."""
    slug = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[-60:]

    def open_page(name: str = "Ana", context: BrowserContext | None = None, path: str = "", **given: Any) -> Page:
        launch = {"sub": name, "name": name, "activity": f"community/{slug}", **given}
        return running.open(context, path, **launch)

    return open_page


@pytest.fixture(params=["en", TURNED])
def locale(request: pytest.FixtureRequest) -> str:
    """Give a language of each direction."""
    chosen: str = request.param
    return chosen


@pytest.fixture
def picker(running: RunningTool) -> Show:
    """Give a function that shows the picker in a tab, to one trainer unless another is named.

    A page of ours waits for what is chosen there, unless the tab is said to stand alone.
    """

    def show(context: BrowserContext | None = None, *, awaited: bool = True, **given: Any) -> Page:
        launch = {"sub": "trainer-1", "course": "course-1", **given}
        path = "pick?awaited=1" if awaited else "pick"
        return running.open(context, path, role=Role.TRAINER, activity=None, deep_linking=ANSWER_TO, **launch)

    return show


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Give the address of a platform that is another site than the tool, and shows what is asked for in a frame."""
    with listening(platform) as url:
        yield url.replace("127.0.0.1", "localhost")
