"""What the journal tells of runs, without the site."""

from pathlib import Path

from moodle_sync.applying.apply import GONE
from moodle_sync.telling.report import EACH
from tests.moodle_sync.folder import ANA, EVERYTHING, UNKNOWN, run, write_people
from tests.moodle_sync.miniature import Running


def named(place: str) -> str:
    """Name the first of those who are to be somewhere."""
    return ", ".join(f"{place}: bea{number}" for number in range(3))


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

    def test_many_that_are_refused_for_the_same_are_told_in_one_line_and_each_in_the_report(
        self, there: Path, running: Running
    ) -> None:
        write_people(there, ANA, *(ANA.replace("ana,", f"bea{number},") for number in range(9)))

        code, _, err = run(there, "apply", "--yes", token=running.token)
        name = run(there, "report")[1].split()[0]
        _, told, _ = run(there, "report", name)

        lines = [line for line in err.splitlines() if not line.startswith("Worth a look")]
        assert (code, len(lines)) == (3, 5)
        assert lines[1].startswith(
            "New accounts, 9 times: person bea0, person bea1, person bea2 and 6 more: core_user_create_users: "
        )
        assert lines[1].endswith(" (said of person bea0)")
        assert lines[2:] == [
            f"Enrolments, 9 times: {named('course basics')} and 6 more: {GONE}",
            f"New group members, 9 times: {named('group basics/Group A')} and 6 more: {GONE}",
            f"Each of those that are told together has a line of its own with `moodle-sync report {name}`.",
        ]
        assert "Refused by Moodle: 9\n  person bea0: make an account" in told
        assert [line for line in told.splitlines() if line.startswith("Worth a look")][8].startswith(
            "Worth a look: person bea8: is to get an account with the e-mail address ana@example.org"
        )

    def test_many_remarks_of_a_plan_are_told_in_one_line_and_each_where_that_is_asked_for(
        self, there: Path, running: Running
    ) -> None:
        _, _, few = run(there, "plan", token=running.token)
        _, _, each = run(there, "plan", "--each", token=running.token)

        assert few.startswith("Worth a look, 9 times: person bea0, person bea1, person bea2 and 6 more: is to get an ")
        assert few.splitlines()[1:] == [EACH]
        assert [line.split(":")[1] for line in each.splitlines()] == [f" person bea{number}" for number in range(9)]

    def test_a_run_that_is_none_is_an_error(self, there: Path) -> None:
        code, out, err = run(there, "report", UNKNOWN)

        assert (code, out) == (1, "")
        assert err.endswith("`moodle-sync report` lists them\n")
