"""The tool in this process, for a browser: launches are rows, and their cookie is put into the browser by hand.

What needs an application context runs in a thread of its own, since Playwright's has an event loop.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from lti_tool.clock import utc_now
from lti_tool.lti.launch.session import COOKIE
from tests.listening import Late, listening
from tests.lti_tool.databases import new_sqlite_database
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.making import close_app, make_app

T = TypeVar("T")


def elsewhere(work: Callable[[], T]) -> T:
    """Do something in another thread and wait for it."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


class RunningTool:
    """One running tool, and browsers of the people who come to it."""

    def __init__(self, app: Flask, browser: Browser) -> None:
        self.app = app
        self.url: str = app.config["PUBLIC_URL"]
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def browser_of_a_person(self, **options: Any) -> BrowserContext:
        """Give a browser profile of its own: its storage is shared by the pages that are opened in it."""
        context = self._browser.new_context(**options)
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        return context

    def open(self, context: BrowserContext | None = None, path: str = "", **launch: Any) -> Page:
        """Launch an activity in a browser and show its page."""
        client = elsewhere(lambda: enter_course(self.app, **launch))
        context = context or self.browser_of_a_person()
        path_of_launch = f"/l/{client.launch_id}"
        context.add_cookies(
            [
                {
                    "name": COOKIE,
                    "value": _secret(client),
                    "domain": "127.0.0.1",
                    "path": path_of_launch,
                    "secure": True,
                }
            ]
        )
        page = context.new_page()
        page.goto(f"{self.url}{path_of_launch}/{path}")
        return page

    def close(self) -> None:
        """Close all browsers."""
        for context in self._contexts:
            context.close()


def _secret(client: Client) -> str:
    cookie = client.browser.get_cookie(COOKIE, path=f"/l/{client.launch_id}")
    assert cookie is not None
    return cookie.value


@contextmanager
def running_tool(folder: Path, browser: Browser, **environment: str) -> Iterator[RunningTool]:
    """Run a tool on a free port until the test is over."""
    late = Late()
    with listening(late) as url:
        app = elsewhere(lambda: make_app(new_sqlite_database(folder), utc_now, PUBLIC_URL=url, **environment))
        late.app = app
        tool = RunningTool(app, browser)
        try:
            yield tool
        finally:
            tool.close()
    elsewhere(lambda: close_app(app))
