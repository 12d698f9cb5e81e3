"""What the README says of a first sync, word by word, on a fresh site."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from lti_tool.demo.moodle.settings import STOCK_ROLES
from tests.moodle_sync.miniature import Running, running_miniature
from tests.spec.sync import NOTHING, run_sync

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SITE = "https://moodle.example.org"


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """Give a site with Moodle's own numbers of roles."""
    with running_miniature(STOCK_ROLES) as site:
        yield site


@pytest.fixture(scope="module")
def folder(running: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the README's files, which name this site."""
    made = tmp_path_factory.mktemp("sync")
    (made / "moodle-sync.toml").write_text(block("toml").replace(SITE, running.url), encoding="utf-8")
    (made / "people.csv").write_text(block("csv"), encoding="utf-8")
    return made


def block(language: str) -> str:
    """Give the only example in a language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return str(found)


def run(folder: Path, running: Running, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command, with the packaged curriculum."""
    environment = {name: value for name, value in os.environ.items() if name != "CONTENT_DIR"}
    return run_sync(folder, *arguments, environment={**environment, "MOODLE_TOKEN": running.token})


def test_its_files_are_applied_and_then_nothing_is_to_do(folder: Path, running: Running) -> None:
    validated = run(folder, running, "validate")
    examined = run(folder, running, "doctor")
    planned = run(folder, running, "plan", "-o", "tonight.plan")
    applied = run(folder, running, "apply", "tonight.plan", "--yes")
    again = run(folder, running, "plan")

    assert [done.returncode for done in (validated, examined, planned, applied, again)] == [0] * 5
    assert not [line for line in examined.stdout.splitlines() if line.startswith("!!")]
    assert (again.stdout, again.stderr) == (NOTHING, "")


def test_its_person_in_yaml_is_the_same_person(folder: Path, running: Running) -> None:
    username, firstname, lastname, email, course, role, *_ = block("csv").splitlines()[2].split(",")
    names = f"username: {username}, firstname: {firstname}, lastname: {lastname}, email: {email}"
    other = f"- {{{names}, courses: [{{course: {course}, role: {role}}}]}}\n"
    (folder / "people.yaml").write_text(block("yaml") + other, encoding="utf-8")
    file = folder / "moodle-sync.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"people.csv"', '"people.yaml"'), encoding="utf-8")

    assert run(folder, running, "plan").stdout == NOTHING
