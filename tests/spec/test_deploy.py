"""The files that run the tool in containers say the same as the settings, the commands and the locks."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from lti_tool.cli import main
from lti_tool.config import Settings
from moodle_sync.doctor.rights import PURPOSES, needed_rights
from moodle_sync.webservice.functions import COPIED, FILLING, FUNCTIONS

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / ".deploy" / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "medtown"}
FILLED_IN = {"PUBLIC_HOST": "medtown.example.org"}
"""What whoever runs it writes into `.env`; the rest are secrets, which get sixteen letters here."""


def filled_in(text: str) -> str:
    """Put in what `.env` says, as Compose does."""
    return re.sub(r"\$\{(\w+):\?\}", lambda found: FILLED_IN.get(found[1], "x" * 16), text)


def test_two_web_servers_and_two_workers_run() -> None:
    assert set(OURS) == {"web-1", "web-2", "worker-1", "worker-2", "migrate"}


@pytest.mark.parametrize("name", OURS)
def test_what_compose_sets_are_settings_and_the_tool_takes_them(name: str) -> None:
    environment = {key: filled_in(value) for key, value in OURS[name]["environment"].items()}

    assert set(environment) <= set(Settings.model_fields)
    assert Settings.from_environment(environment).PUBLIC_URL == "https://medtown.example.org"


@pytest.mark.parametrize("name", OURS)
def test_a_container_of_ours_writes_nowhere_and_gains_no_rights(name: str) -> None:
    service = OURS[name]

    assert service["read_only"] is True
    assert (service["cap_drop"], service["security_opt"]) == (["ALL"], ["no-new-privileges:true"])


def test_the_trusted_network_is_the_one_that_only_proxy_and_web_servers_share() -> None:
    [front] = COMPOSE["networks"]["front"]["ipam"]["config"]

    assert front["subnet"] == OURS["web-1"]["environment"]["TRUSTED_PROXIES"]
    assert {name for name, service in SERVICES.items() if "front" in service["networks"]} == {"proxy", "web-1", "web-2"}
    assert set(SERVICES["proxy"]["networks"]) & set(OURS["web-1"]["networks"]) == {"front"}


def test_no_secret_stands_in_the_files_and_none_is_forgotten_in_the_example() -> None:
    needed = set(re.findall(r"\$\{(\w+):\?\}", (ROOT / ".deploy" / "compose.yaml").read_text()))
    lines = (ROOT / ".deploy" / "example.env").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if not line.startswith("#"))

    assert set(example) == needed
    assert [name for name, value in example.items() if value and name not in FILLED_IN] == []


def test_the_commands_in_the_containers_are_there() -> None:
    image = (ROOT / ".deploy" / "Dockerfile").read_text()
    named = {service["command"][1] for service in OURS.values() if "command" in service}
    named |= set(re.findall(r'CMD \["lti-tool", "(\w+)"', image))

    assert named == {"serve", "worker", "migrate"}
    assert named <= set(main.commands)


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^([\w.-]+==[\w.]+)", (ROOT / lock).read_text(), re.MULTILINE))


def test_what_runs_is_locked_as_it_was_tested_and_without_the_tools_of_developers() -> None:
    assert pins("requirements-run.lock") < pins("requirements.lock")
    assert not {pin.split("==")[0] for pin in pins("requirements-run.lock")} & {"pytest", "ruff", "mypy", "hatchling"}


def test_the_role_for_the_sync_allows_what_it_needs_and_no_more() -> None:
    role = ElementTree.parse(ROOT / ".deploy" / "moodle-role.xml").getroot()

    assert [allowed.text for allowed in role.findall("permissions/*")] == needed_rights((*FUNCTIONS, *COPIED, *FILLING))
    assert {allowed.tag for allowed in role.findall("permissions/*")} == {"allow"}
    assert {given.text for given in role.findall("allowassign/shortname")} == {"editingteacher", "teacher", "student"}


def test_of_every_right_it_is_said_what_it_is_for() -> None:
    assert [right for right in needed_rights((*FUNCTIONS, *COPIED, *FILLING)) if right not in PURPOSES] == []
