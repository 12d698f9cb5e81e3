"""People's visits to a miniature of Moodle, in whatever way their browser lets the tool be there."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.browsers.page import Page

OFFER = "form[target=_blank]"
"""What the tool shows where no cookie of its comes back."""
COURSE = "/course/view.php?id=2"
WIDE, HEIGHT = 1000, 844
WIDTH = "Object.assign(arguments[0].style, {boxSizing: 'content-box', inlineSize: `${arguments[1]}px`})"


class Visit:
    """One person's, in one browser; `stayed_in_frame` tells how the tool was opened the last time."""

    def __init__(self, page: Page, moodle: str, username: str) -> None:
        self.page = page
        self.stayed_in_frame = True
        self.width = WIDE
        """Pixels that the tool has, in a frame or in a tab."""
        self._moodle = moodle
        page.go(moodle)
        page.click(f"#login-{username}")
        page.see("body", "Signed in as")

    def activities(self) -> list[str]:
        """Go to the course; name what is placed there."""
        self.page.go(self._moodle + COURSE)
        names = "return [...document.querySelectorAll('.activities a.activity')].map((one) => one.textContent)"
        return list(self.page.run(names))

    @contextmanager
    def picker(self) -> Iterator[None]:
        """Open the picker, and be back in the course once it has given Moodle the choice."""
        self.activities()
        self.page.click("button.add")
        with self._tool("#chooser iframe", ".picker", closes_itself=True):
            yield

    @contextmanager
    def activity(self, title: str) -> Iterator[None]:
        """Open an activity, and be back in Moodle afterwards."""
        self.activities()
        self.page.click("a.activity", title)
        with self._tool("#contentframe", "#exercise, .unit", closes_itself=False):
            yield

    @contextmanager
    def _tool(self, frame: str, awaited: str, *, closes_itself: bool) -> Iterator[None]:
        self.page.run(WIDTH, self.page.see(frame), self.width)
        with self.page.inside(frame):
            self.page.see(f"{awaited}, {OFFER}")
            self.stayed_in_frame = not self.page.sees(OFFER)
            if self.stayed_in_frame:
                yield
            else:
                with self._tab(awaited, closes_itself=closes_itself):
                    yield

    @contextmanager
    def _tab(self, awaited: str, *, closes_itself: bool) -> Iterator[None]:
        before = self.page.windows()
        self.page.click(f"{OFFER} button")
        [opened] = self.page.wait(lambda: [one for one in self.page.windows() if one not in before], "a tab")
        self.page.look_at(opened)
        self.page.resize(self.width, HEIGHT)
        self.page.see(awaited)
        yield
        if not closes_itself:
            self.page.close()
        self.page.wait(lambda: opened not in self.page.windows(), "the tab's end")
        self.page.look_at(before[0])
