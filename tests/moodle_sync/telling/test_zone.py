"""Times as the administrator writes them: in the configured zone, wherever they are told."""

from pathlib import Path

from tests.moodle_sync.folder import run
from tests.moodle_sync.miniature import Running

SAID = "enrol ana as student, from 2026-10-01 00:00 Europe/Madrid, to 2026-12-29 23:00 Europe/Madrid"
"""Ninety days, one of which has an hour more."""


class TestZone:
    """One command after another."""

    def test_a_plan_and_what_differs_from_its_file_are_told_in_the_zone(self, there: Path, running: Running) -> None:
        file = there / "moodle-sync.toml"
        file.write_text('timezone = "Europe/Madrid"\n' + file.read_text())

        _, planned, _ = run(there, "plan", "-o", "a.plan", token=running.token)
        (there / "people.csv").write_text((there / "people.csv").read_text().replace("ana,", "bea,"))
        code, _, stale = run(there, "apply", "a.plan", "--yes", token=running.token)

        assert code == 7
        assert SAID in planned
        assert SAID in stale

    def test_a_run_is_told_in_it_too(self, there: Path, running: Running) -> None:
        (there / "people.csv").write_text((there / "people.csv").read_text().replace("bea,", "ana,"))

        _, applied, _ = run(there, "apply", "--yes", token=running.token)
        _, told, _ = run(there, "report", run(there, "report")[1].split()[0])

        assert SAID in applied
        assert SAID in told

    def test_a_run_of_one_change_says_so(self, there: Path, running: Running) -> None:
        (there / "people.csv").write_text((there / "people.csv").read_text().replace("ana@", "anna@"))

        _, applied, _ = run(there, "apply", "--yes", token=running.token)

        assert ": 1 change.\n" in applied
