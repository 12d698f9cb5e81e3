"""What every test may need: databases and a browser that are found on the machine, never installed.

Without one of them its tests are left out, and the run ends with a list of what to install; with `STRICT=1` they fail.
"""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.postgresql import find_binaries, run_postgresql
from tests.redis_server import run_redis
from tests.spec.tool import Tool

pytest.register_assert_rewrite(
    "tests.spec.community",
    "tests.spec.cookies",
    "tests.spec.copied_runs",
    "tests.spec.copies",
    "tests.spec.digest",
    "tests.spec.entry",
    "tests.spec.feedback",
    "tests.spec.grades",
    "tests.spec.main_job",
    "tests.spec.mean_batches",
    "tests.spec.mean_reads",
    "tests.spec.mean_writes",
    "tests.spec.roster",
    "tests.spec.sync",
    "tests.spec.trust",
)
expect.set_options(timeout=15_000)

MISSING = "is not here"
STRICT = os.environ.get("STRICT") == "1"


def leave_out(part: str, remedy: str) -> None:
    """Skip a test whose part is not here, and say what would bring it."""
    message = f"{part} {MISSING}; {remedy}"
    if STRICT:
        pytest.fail(message)
    pytest.skip(message)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--live", action="store_true", help="run tests/live against the Moodle at MOODLE_URL")
    parser.addoption("--browsers", action="store_true", help="run tests/browsers in other engines than Chromium's")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    on_demand = [Path(__file__).parent / name for name in ("live", "browsers")]
    return True if collection_path in on_demand and not config.getoption(f"--{collection_path.name}") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what needs a browser last: Playwright leaves an event loop in this thread, which Flask's teardown refuses."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """Keep the collector out of what stays until the end: else it goes through all modules during the tests."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what was left out; the reports have come from all the processes that ran tests."""
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])}
    if left_out := sorted(reason for reason in reasons if MISSING in reason):
        terminalreporter.section("left out")
        for reason in left_out:
            terminalreporter.line(reason.removeprefix("Skipped: "))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of a Chromium for Playwright to drive."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        leave_out("Chromium", "on Debian: apt-get install chromium")
    assert found is not None
    return found


class ChromiumOptions(TypedDict):
    """How every Chromium is started, whatever its profile."""

    executable_path: str
    args: list[str]


@pytest.fixture(scope="session")
def chromium_options(chromium: str) -> ChromiumOptions:
    """Give what Playwright needs to start it."""
    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to run as root with it
    return {"executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session")
def browser(chromium_options: ChromiumOptions) -> Iterator[Browser]:
    """Give a running Chromium with stock settings; each person needs a context of their own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**chromium_options)
        yield started
        started.close()


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file that `lti-tool migrate` makes, with the tool's keys: it is the same for all that are installed."""
    first = Tool(tmp_path_factory.mktemp("migrated"))
    first.command("migrate")
    return first.folder / "tool.sqlite3"


@pytest.fixture(scope="class")
def tool(tmp_path_factory: pytest.TempPathFactory, new_database: Path) -> Iterator[Tool]:
    """Give the tool, installed in a folder of its own and running."""
    installed = Tool(tmp_path_factory.mktemp("tool"))
    shutil.copy(new_database, installed.folder)
    installed.start()
    yield installed
    installed.stop()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Start a throw-away PostgreSQL on a socket of its own; give the folder of the socket."""
    binaries = find_binaries()
    if binaries is None:
        leave_out("PostgreSQL", "on Debian: apt-get install postgresql")
    assert binaries is not None
    with run_postgresql(binaries) as folder:
        yield folder


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Start a throw-away Redis on a socket of its own, which keeps nothing; give its address."""
    server = shutil.which("redis-server")
    if server is None:
        leave_out("Redis", "on Debian: apt-get install redis-server")
    assert server is not None
    with run_redis(server) as url:
        yield url
