"""The log for machines: what is in a line, and what never is."""

import json
from pathlib import Path

import pytest

from moodle_sync.errors import InputRefused, NotAllowed
from moodle_sync.logs import log, name_run, written
from moodle_sync.webservice.functions import GET_SITE_INFO, GET_USERS
from moodle_sync.webservice.watched import Called, WatchedClient, rows
from tests.moodle_sync.folder import run
from tests.moodle_sync.miniature import Miniature, Running


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_each_line_has_time_level_event_and_run(tmp_path: Path) -> None:
    with written(tmp_path / "log", "run-1"):
        log.info("started", extra={"command": "plan", "secret": "never"})

    (line,) = lines(tmp_path / "log")

    assert line.pop("time")
    assert line == {"level": "info", "event": "started", "run": "run-1", "command": "plan"}


def test_the_journal_s_run_is_named_from_where_it_begins(tmp_path: Path) -> None:
    with written(tmp_path / "log", "run-1"):
        name_run("run-2")
        log.info("later")

    said = [(line["event"], line["run"], line.get("begun")) for line in lines(tmp_path / "log")]
    assert said == [("begun", "run-1", "run-2"), ("later", "run-2", None)]


def test_what_stops_a_program_is_named_by_its_kind(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ana"), written(tmp_path / "log", "run-1"):
        int("ana")

    (line,) = lines(tmp_path / "log")
    assert (line["event"], line["error"], "ana" in str(line)) == ("stopped", "ValueError", False)


def test_a_log_that_can_not_be_written_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="the log can't be written"), written(tmp_path / "no" / "log", "run-1"):
        pass


def test_without_a_file_nothing_is_written(tmp_path: Path) -> None:
    with written(None, "run-1"):
        log.info("started")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "count"),
    [({}, 1), ({"courseid": 3}, 1), ({"users": [{}, {}]}, 2), ({"courseid": 3, "options": [{}, {}]}, 1)],
    ids=["none", "value", "rows", "options"],
)
def test_rows_are_those_of_the_list_that_is_sent(arguments: dict[str, object], count: int) -> None:
    assert rows(arguments) == count  # type: ignore[arg-type]  # values as any function takes them


def test_a_watched_client_tells_of_calls_and_refusals(miniature: Miniature, tmp_path: Path) -> None:
    heard: list[Called] = []
    client = WatchedClient(miniature.site.settings.wwwroot, "0" * 32, miniature.send)
    client.listener = heard.append

    with written(tmp_path / "log", "run-1"), pytest.raises(NotAllowed):
        client.call(GET_SITE_INFO)

    (line,) = lines(tmp_path / "log")
    assert [(called.function, called.rows, called.error, called.errorcode) for called in heard] == [
        ("core_webservice_get_site_info", 1, "TokenRefused", "invalidtoken")
    ]
    assert (line["level"], line["function"], line["errorcode"]) == (
        "warning",
        "core_webservice_get_site_info",
        "invalidtoken",
    )


class TestOnASite:
    """A whole command."""

    def test_the_log_of_a_run_names_nobody(self, there: Path, running: Running) -> None:
        assert run(there, "--log", "log.jsonl", "apply", "--yes", token=running.token)[0] == 0

        told = lines(there / "log.jsonl")
        text = (there / "log.jsonl").read_text(encoding="utf-8")
        (begun,) = [line["begun"] for line in told if "begun" in line]
        assert run(there, "report")[1].startswith(str(begun))
        assert (told[0]["event"], told[0]["command"]) == ("started", "apply")
        assert (told[-1]["event"], told[-1]["exit_code"], told[-1]["run"]) == ("ended", 0, begun)
        assert {"core_user_create_users", GET_USERS.name} <= {line.get("function") for line in told}
        assert not [word for word in ("ana", "Ruiz", "example.org", running.token) if word in text]
