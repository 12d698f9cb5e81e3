"""The engines besides Chromium: found on the machine, never installed, each started with an empty profile."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browsers.wires import Http, Marionette, Wire
from tests.spec.tool import free_port

TRUSTING = {"acceptInsecureCerts": True}
"""The certificate of these tests is nobody's."""
STEADY_FIREFOX = 'user_pref("ui.prefersReducedMotion", 1);'
STEADY_WEBKIT = "gtk-enable-animations=0"
"""Nothing moves under the pointer: a page that scrolls smoothly is elsewhere when the click comes."""
NARROW = "* { margin: 0; padding: 0; min-width: 0; font-size: 1px; }"
"""Shrinks the buttons of WebKit's browser, which keep its window wider than a phone."""
PATIENCE = 60
"""Seconds for a browser to start."""


@contextmanager
def firefox() -> Iterator[Wire]:
    """Start Firefox, whose cookies are Mozilla's as shipped: other sites' are kept apart for each site they are in."""
    port = free_port()
    with TemporaryDirectory() as profile:
        _write(Path(profile) / "user.js", f'user_pref("marionette.port", {port});', STEADY_FIREFOX)
        with _running("firefox-esr", "--marionette", "--headless", "--no-remote", "--profile", profile):
            _wait_for(port)
            yield from _session(Marionette(port, TRUSTING))


@contextmanager
def webkit() -> Iterator[Wire]:
    """Start WebKitGTK's own small browser on a screen of its own; it keeps no cookies inside another site's pages."""
    port = free_port()
    with ExitStack() as started:
        display = started.enter_context(_screen())
        folder = started.enter_context(TemporaryDirectory())
        _write(Path(folder) / "gtk-3.0" / "gtk.css", NARROW)
        _write(Path(folder) / "gtk-3.0" / "settings.ini", "[Settings]", STEADY_WEBKIT)
        surroundings = {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11", "XDG_CONFIG_HOME": folder}
        started.enter_context(_running("WebKitWebDriver", f"--port={port}", env=surroundings))
        _wait_for(port)
        yield from _session(Http(f"http://127.0.0.1:{port}", TRUSTING))


def _session(wire: Wire) -> Iterator[Wire]:
    try:
        yield wire
    finally:
        wire.close()


def _write(file: Path, *lines: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(lines))


@contextmanager
def _screen() -> Iterator[str]:
    """Start a screen that nobody sees, and let it choose its number."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as number, _running("Xvfb", "-displayfd", str(writing), pass_fds=(writing,)):
        os.close(writing)
        yield f":{number.readline().strip()}"


@contextmanager
def _running(
    program: str, *arguments: str, env: Mapping[str, str] | None = None, pass_fds: tuple[int, ...] = ()
) -> Iterator[None]:
    process = subprocess.Popen(
        [program, *arguments],
        env=env,
        pass_fds=pass_fds,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < deadline, "the browser did not start"
            time.sleep(0.1)
        else:
            return


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """One engine, and what drives it."""

    name: str
    programs: Mapping[str, str]
    """The Debian packages that bring what it needs, by program."""
    keeps_cookies_in_frames: bool
    """Whether it keeps the tool's inside Moodle's page; else the tool has a tab of its own."""
    start: Callable[[], AbstractContextManager[Wire]]

    def missing(self) -> list[str]:
        """Name the packages whose programs aren't here."""
        return [package for program, package in self.programs.items() if shutil.which(program) is None]


ENGINES = (
    Engine(name="Firefox", programs={"firefox-esr": "firefox-esr"}, keeps_cookies_in_frames=True, start=firefox),
    Engine(
        name="WebKit",
        programs={"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"},
        keeps_cookies_in_frames=False,
        start=webkit,
    ),
)
