"""What the journal tells of runs, without the site."""

from pathlib import Path

from tests.moodle_sync.folder import ANA, EVERYTHING, UNKNOWN, run, write_people
from tests.moodle_sync.miniature import Running


class TestReport:
    """One run after another."""

    def test_before_the_first_run_there_is_none(self, there: Path) -> None:
        assert run(there, "report") == (0, "No runs yet: moodle-sync.journal isn't there.\n", "")

    def test_runs_are_listed_and_told_without_the_site(self, there: Path, running: Running) -> None:
        write_people(there, ANA)
        run(there, "apply", "--yes", token=running.token)

        code, listed, err = run(there, "report", token="")
        name = listed.split()[0]
        told = run(there, "report", name, token="")

        assert (code, err) == (0, "")
        assert listed.endswith(" UTC  done\n")
        assert (told[0], told[2]) == (0, "")
        assert told[1].startswith(f"Run {name}: begun ")
        assert "New accounts: 1\n  person ana: make an account for Ana Ruiz, ana@example.org\n" in told[1]
        assert told[1].endswith(EVERYTHING.replace("Plan:", "Done:"))

    def test_what_was_refused_and_left_out_is_told(self, there: Path, running: Running) -> None:
        write_people(there, ANA, ANA.replace("ana,", "bea,"))
        run(there, "apply", "--yes", token=running.token)

        name = run(there, "report")[1].split()[0]
        _, told, _ = run(there, "report", name)

        assert "Refused by Moodle: 1\n  person bea: make an account for Ana Ruiz, ana@example.org: " in told
        assert "Left out: 2\n  course basics: enrol bea as student" in told

    def test_a_run_that_is_none_is_an_error(self, there: Path) -> None:
        code, out, err = run(there, "report", UNKNOWN)

        assert (code, out) == (1, "")
        assert err.endswith("`moodle-sync report` lists them\n")
