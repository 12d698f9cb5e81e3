"""`moodle-sync resume` as a process: what was stopped is gone on with, or refused."""

from pathlib import Path

from lti_tool.demo.moodle.faults import LOSE, Lasting
from tests.moodle_sync.folder import ANA, EVERYTHING, run, write_people
from tests.moodle_sync.miniature import Running

NOTHING = (0, "Nothing to do: Moodle is as it should be.\n", "")


def report_of_the_last_run(folder: Path) -> str:
    """Give what is told of the run that is listed first."""
    return run(folder, "report", run(folder, "report")[1].split()[0])[1]


class TestInDoubt:
    """A request whose answer was lost, at a moment when nothing could be read back."""

    def test_a_fate_that_nobody_knows_exits_with_6(self, there: Path, running: Running) -> None:
        running.miniature.order_faults("enrol_manual_enrol_users", LOSE)
        running.miniature.order_faults("core_enrol_get_enrolled_users", Lasting(404))

        code, _, err = run(there, "apply", "--yes", token=running.token)

        running.miniature.order_faults("core_enrol_get_enrolled_users")
        assert code == 6
        assert "whether it was done can't be read either" in err
        assert "Of these nobody knows whether they were done: enrolments: 1.\n" in report_of_the_last_run(there)

    def test_resume_finds_out_and_does_the_rest(self, there: Path, running: Running) -> None:
        code, out, err = run(there, "resume", token=running.token)

        assert (code, err) == (0, "")
        assert EVERYTHING.replace("Plan:", "Done:") in out
        assert running.miniature.mails() == 1


class TestResume:
    """A run that was stopped."""

    def test_what_is_left_is_done_and_told(self, there: Path, running: Running) -> None:
        running.miniature.give_token("d" * 32, without="enrol_manual_enrol_users")
        stopped = run(there, "apply", "--yes", token="d" * 32)

        reported = report_of_the_last_run(there)
        planned = run(there, "plan", token=running.token)
        resumed = run(there, "resume", token=running.token)

        assert stopped[0] == 4
        assert "\n`moodle-sync resume` finds out what became of it, and does what is left.\n" in reported
        assert planned[2].endswith(
            "isn't finished. `moodle-sync resume` finds out what became of it, and does what is left.\n"
        )
        assert (resumed[0], resumed[2]) == (0, "")
        assert EVERYTHING.replace("Plan:", "Done:") in resumed[1]
        assert run(there, "plan", token=running.token) == NOTHING

    def test_without_one_there_is_nothing_to_go_on_with(self, there: Path, running: Running) -> None:
        said = "No run was stopped: there is nothing to go on with.\n"

        assert run(there, "resume", token=running.token) == (0, said, "")

    def test_a_new_plan_in_place_of_the_rest_is_said_so(self, there: Path, running: Running) -> None:
        running.miniature.give_token("e" * 32, without="core_user_create_users")
        write_people(there, ANA, ANA.replace("ana", "ida"))
        run(there, "apply", "--yes", token="e" * 32)

        code, out, err = run(there, "apply", "--yes", token=running.token)

        assert (code, "Done: new accounts: 1, enrolments: 1, new group members: 1.\n" in out) == (0, True)
        assert err.endswith("isn't finished; this plan takes its place.\n")

    def test_the_rest_is_stale_when_the_source_has_changed(self, there: Path, running: Running) -> None:
        running.miniature.give_token("f" * 32, without="core_user_create_users")
        write_people(there, ANA, ANA.replace("ana", "bea"))
        run(there, "apply", "--yes", token="f" * 32)
        write_people(there, ANA, ANA.replace("ana", "eva"))

        code, _, err = run(there, "resume", token=running.token)

        assert code == 7
        assert err.startswith("Error: the files or the site have changed since the run ")
