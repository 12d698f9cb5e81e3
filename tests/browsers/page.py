"""What a browser shows, for a test that looks, clicks and writes as a person does."""

import base64
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.browsers.wires import CommandFailedError, Wire

T = TypeVar("T")
PATIENCE = 20
"""Seconds for something to come into sight."""
ENTER, ESCAPE = "\ue007", "\ue00c"
"""Keys, as WebDriver writes them."""
FIND = """
    const [css, text] = arguments;
    return [...document.querySelectorAll(css)].find(
        (one) => one.getClientRects().length && one.textContent.includes(text)) ?? null;
"""
WIDER_THAN_ITS_WINDOW = """
    const page = document.documentElement;
    const reach = (one) => Math.max(one.getBoundingClientRect().right, -one.getBoundingClientRect().left);
    return page.scrollWidth <= page.clientWidth ? "" : `${page.scrollWidth} > ${page.clientWidth}: ` +
        [...document.querySelectorAll("main *")].filter((one) => reach(one) > page.clientWidth)
            .map((one) => one.outerHTML.slice(0, 80)).slice(0, 3).join(" | ");
"""


class Page:
    """One browser's windows, and the one of them, or the frame in it, that is looked at."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def go(self, url: str) -> None:
        """Go to an address, in the window."""
        self._wire.send("Navigate", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in what is looked at; give what it returns."""
        return self._wire.send("ExecuteScript", {"script": script, "args": arguments})

    def see(self, css: str, text: str = "") -> Any:
        """Wait for an element that is shown and has this text; give it."""
        return self.wait(lambda: self.run(FIND, css, text), f"{css} with “{text}”")

    def sees(self, css: str, text: str = "") -> bool:
        """Tell whether such an element is shown now."""
        return self.run(FIND, css, text) is not None

    def click(self, css: str, text: str = "") -> None:
        """Click an element, once it is shown and nothing covers it."""
        self.wait(lambda: self._click(css, text), f"{css} with “{text}”, which can be clicked")

    def open(self, css: str, opened: str, text: str = "") -> None:
        """Click an element until another is shown: a page that still settles moves under the pointer."""
        self.wait(
            lambda: self.sees(opened) or (self._click(css, text) and self.sees(opened)),
            f"{opened} after a click on {css}",
        )

    def write(self, css: str, keys: str) -> None:
        """Type into a field."""
        [element] = self.see(css).values()
        self._wire.send("ElementSendKeys", {"id": element, "text": keys, "value": list(keys)})

    @contextmanager
    def inside(self, css: str) -> Iterator[None]:
        """Look into a frame."""
        self._wire.send("SwitchToFrame", {"id": self.see(css)})
        yield
        self._wire.send("SwitchToFrame", {"id": None})

    def windows(self) -> list[str]:
        """Name the windows that are open."""
        return list(self._wire.send("GetWindowHandles", {}))

    def look_at(self, window: str) -> None:
        """Look at another window."""
        self._wire.send("SwitchToWindow", {"handle": window})

    def close(self) -> None:
        """Close the window that is looked at."""
        self._wire.send("CloseWindow", {})

    def resize(self, width: int, height: int) -> None:
        """Give the window a size."""
        self._wire.send("SetWindowRect", {"width": width, "height": height})

    def picture(self, file: Path) -> None:
        """Keep what the window shows."""
        file.write_bytes(base64.b64decode(self._wire.send("TakeScreenshot", {})))

    def wait(self, look: Callable[[], T | None], what: str) -> T:
        """Wait until a look finds something."""
        deadline, problem = time.monotonic() + PATIENCE, ""
        while True:
            try:
                if found := look():
                    return found
            except CommandFailedError as error:  # the page is just changing, or something covers what is clicked
                problem = str(error)
            assert time.monotonic() < deadline, f"{what} did not come ({problem}); there is: {self._text()}"
            time.sleep(0.1)

    def _click(self, css: str, text: str) -> bool:
        element = self.run(FIND, css, text)
        if element is None:
            return False
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        self._wire.send("ElementClick", {"id": next(iter(element.values()))})
        return True

    def _text(self) -> str:
        return str(self.run("return document.body.innerText"))[:500]
