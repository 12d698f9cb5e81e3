"""`moodle-sync undo` as a process: a run is shown, taken back and told of, and the next plan brings it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import delete, update

from lti_tool.demo.moodle.tables import Course, Enrolment, GroupMember
from tests.moodle_sync.folder import ANA, run, write_people
from tests.moodle_sync.miniature import Running

BEN = "ben,Ben,Haddad,ben@example.org,BASICS,student,Group B,2026-10-01,90"
OTHERS = (ANA.replace("Ruiz", "Haddad").replace("Group A", "Group B"), BEN)
NOTHING = (0, "Nothing to do: Moodle is as it should be.\n", "")
BACK = """\
Changed accounts: 1
  person ana: lastname from "Haddad" to "Ruiz"

New group members: 1
  course basics: put ana into group "Group A"

Group members taken out: 2
  course basics: take ben out of group "Group B"
  course basics: take ana out of group "Group B"

Suspended enrolments: 1
  course basics: suspend ben, whom that run enrolled: was from 2026-10-01 00:00 UTC, to 2026-12-30 00:00 UTC; will be \
from 2026-10-01 00:00 UTC, to 2026-12-30 00:00 UTC, suspended

Plan: changed accounts: 1, new group members: 1, group members taken out: 2, suspended enrolments: 1.
Mails that Moodle may send: 1. Taken away: 3. Requests that write: about 4.
"""
STAYING = """\
Left alone: group Group B in basics: stays: the sync deletes nothing
Left alone: person ben: stays: the sync deletes nothing
"""
AGAIN = """\
Changed accounts: 1
  person ana: lastname from "Ruiz" to "Haddad"

Changed enrolments: 1
  course basics: enrolment of ben: was from 2026-10-01 00:00 UTC, to 2026-12-30 00:00 UTC, suspended; will be from \
2026-10-01 00:00 UTC, to 2026-12-30 00:00 UTC

New group members: 2
  course basics: put ana into group "Group B"
  course basics: put ben into group "Group B"

Group members taken out: 1
  course basics: take ana out of group "Group A"

Plan: changed accounts: 1, changed enrolments: 1, new group members: 2, group members taken out: 1.
"""


def runs(folder: Path) -> list[str]:
    """Name the runs, the latest first."""
    return [line.split()[0] for line in run(folder, "report")[1].splitlines()]


@contextmanager
def without_source(folder: Path) -> Iterator[None]:
    """Take the file of people and the curriculum away for a while."""
    for name in ("people.csv", "content"):
        (folder / name).rename(folder / f"away-{name}")
    yield
    for name in ("people.csv", "content"):
        (folder / f"away-{name}").rename(folder / name)


class TestTakenBack:
    """Two runs; the second one is taken back, and then the first."""

    def test_what_would_be_taken_back_is_shown_and_asked_for(self, there: Path, running: Running) -> None:
        run(there, "apply", "--yes", token=running.token)
        write_people(there, *OTHERS)
        run(there, "apply", "--yes", token=running.token)

        code, out, err = run(there, "undo", runs(there)[0], token=running.token)

        assert (code, out) == (64, BACK)
        assert err.startswith(STAYING)
        assert len(runs(there)) == 2

    def test_it_is_taken_back_without_the_source(self, there: Path, running: Running) -> None:
        with without_source(there):
            code, out, err = run(there, "undo", runs(there)[0], "--yes", token=running.token)

        assert (code, err) == (3, STAYING)
        assert out.startswith(BACK)
        assert BACK.splitlines()[-2].replace("Plan:", "Done:") in out

    def test_the_next_plan_shows_just_that_again_and_makes_nothing(self, there: Path, running: Running) -> None:
        code, out, err = run(there, "plan", token=running.token)

        assert (code, err) == (0, "")
        assert out.startswith(AGAIN)

    def test_it_is_told_as_a_run_of_its_own(self, there: Path) -> None:
        second, first, _ = runs(there)

        listed, told = run(there, "report")[1], run(there, "report", second)[1]

        assert f"partly done; takes {first} back\n" in listed.splitlines(keepends=True)[0]
        assert f"Takes back: {first}. Requests that wrote: 4.\n" in told
        assert STAYING in told

    def test_what_is_taken_back_already_needs_nothing(self, there: Path, running: Running) -> None:
        done = run(there, "undo", runs(there)[1], "--yes", token=running.token)

        assert done == (3, "", STAYING)

    def test_what_took_a_run_back_is_taken_back_itself(self, there: Path, running: Running) -> None:
        code, out, _ = run(there, "undo", runs(there)[1], "--yes", token=running.token)

        assert (code, "Done: changed accounts: 1, changed enrolments: 1, new group members: 2" in out) == (0, True)
        assert run(there, "plan", token=running.token) == NOTHING

    def test_a_course_that_a_run_made_is_hidden_and_later_runs_are_named(self, there: Path, running: Running) -> None:
        *_, second, first = runs(there)

        code, out, err = run(there, "undo", first, "--yes", token=running.token)

        assert (code, 'course basics: visible from "1" to "0"' in out) == (3, True)
        assert "Left alone: course basics: stays, hidden and with its sections: the sync deletes nothing\n" in err
        assert f"Worth a look: run {second}: came later, and worked on the same things (" in err

    def test_then_the_source_brings_back_what_it_says_and_hidden_stays_hidden(
        self, there: Path, running: Running
    ) -> None:
        code, out, _ = run(there, "apply", "--yes", token=running.token)

        assert (code, "visible" in out) == (0, False)
        assert run(there, "plan", token=running.token) == NOTHING


class TestRefused:
    """What isn't taken back."""

    def test_without_a_journal_nobody_knows_what_was_done(self, there: Path, running: Running) -> None:
        code, _, err = run(there, "undo", "20261201-000000-0000", token=running.token)

        assert (code, err.endswith("there is no journal, so nobody knows what was done\n")) == (1, True)

    def test_a_run_that_nobody_knows_is_none(self, there: Path, running: Running) -> None:
        run(there, "apply", "--yes", token=running.token)

        code, _, err = run(there, "undo", "20261201-000000-0000", token=running.token)

        assert (code, "there is no run 20261201-000000-0000; `moodle-sync report` lists them" in err) == (1, True)

    def test_too_many_removals_are_stopped_until_their_number_is_said(self, there: Path, running: Running) -> None:
        write_people(there, ANA, *(BEN.replace("ben", f"p{number}").replace("Group B", "") for number in range(6)))
        run(there, "apply", "--yes", token=running.token)
        last = runs(there)[0]

        stopped = run(there, "undo", last, "--yes", token=running.token)
        done = run(there, "undo", last, "--yes", "--removals", "6", token=running.token)

        assert stopped[0] == 5
        assert "Guard: course basics: 6 of 7 enrolments would be taken away or suspended (more than 5%)\n" in stopped[2]
        assert "with `moodle-sync report RUN`, once this is done.\n" in stopped[2]
        assert "Guard: Nothing was done: look first at what would be taken back; if all" in stopped[2]
        assert (done[0], "Done: suspended enrolments: 6.\n" in done[1]) == (3, True)


class TestOfWhatWasStopped:
    """A run that was stopped halfway, and is taken back in place of the rest."""

    def test_what_was_done_of_it_is_taken_back(self, there: Path, running: Running) -> None:
        run(there, "apply", "--yes", token=running.token)
        write_people(there, *OTHERS)
        running.miniature.give_token("e" * 32, without="core_group_delete_group_members")
        run(there, "apply", "--yes", token="e" * 32)
        stopped = runs(there)[0]

        code, out, err = run(there, "undo", stopped, "--yes", token=running.token)

        assert code == 3
        assert "Done: changed accounts: 1, group members taken out: 2, suspended enrolments: 1.\n" in out
        assert err.startswith(STAYING)
        assert f"Run {stopped} of " in err
        assert "isn't finished; this plan takes its place.\n" in err
        assert run(there, "plan", token=running.token)[1].startswith(AGAIN)


class TestStopped:
    """An undo that is stopped halfway."""

    def test_resume_goes_on_with_it_without_the_source(self, there: Path, running: Running) -> None:
        run(there, "apply", "--yes", token=running.token)
        write_people(there, *OTHERS)
        run(there, "apply", "--yes", token=running.token)
        running.miniature.give_token("d" * 32, without="core_group_delete_group_members")
        with without_source(there):
            stopped = run(there, "undo", runs(there)[0], "--yes", token="d" * 32)
            resumed = run(there, "resume", token=running.token)

        assert stopped[0] == 4
        assert (resumed[0], "Going on with run " in resumed[1]) == (0, True)
        assert BACK.splitlines()[-2].replace("Plan:", "Done:") in resumed[1]
        assert run(there, "plan", token=running.token)[1].startswith(AGAIN)


class TestMadeAnew:
    """Somebody whom one run enrolled, whom people took out in Moodle, and whom a later run enrolled again."""

    def test_who_was_enrolled_by_a_later_run_is_not_suspended(self, there: Path, running: Running) -> None:
        run(there, "apply", "--yes", token=running.token)
        first = runs(there)[0]
        with running.miniature.site.session() as db:
            db.execute(delete(GroupMember))
            db.execute(delete(Enrolment))
        run(there, "apply", "--yes", token=running.token)

        code, out, err = run(there, "undo", first, "--yes", token=running.token)

        assert (code, "Done: changed courses: 1.\n" in out) == (3, True)
        assert f"Worth a look: run {runs(there)[1]}: came later, and worked on the same things (" in err

    def test_a_course_of_which_only_the_short_name_is_alike_is_not_touched(self, there: Path, running: Running) -> None:
        with running.miniature.site.session() as db:
            db.execute(update(Course).where(Course.idnumber == "basics").values(idnumber="", shortname="basics"))
        configuration = there / "moodle-sync.toml"
        text = configuration.read_text(encoding="utf-8")
        configuration.write_text(text.replace('"basics"\ns', '"other"\ns').replace("BASICS", "OTHER"), encoding="utf-8")

        code, out, err = run(there, "undo", runs(there)[1], "--yes", token=running.token)

        assert (code, out) == (3, "")
        assert "Left alone: course basics: isn't there any more: nothing in it is taken back\n" in err


class TestCalledOtherwise:
    """Somebody who got another username in the file after the run that made their account."""

    def test_they_are_found_by_the_username_that_moodle_has(self, there: Path, running: Running) -> None:
        header = "username,firstname,lastname,email,idnumber,course1,role1"
        people = there / "people.csv"
        people.write_text(f"{header}\nben,Ben,Haddad,ben@example.org,7,BASICS,student\n", encoding="utf-8")
        run(there, "apply", "--yes", token=running.token)
        people.write_text(f"{header}\nbenji,Ben,Haddad,ben@example.org,7,BASICS,student\n", encoding="utf-8")
        run(there, "apply", "--yes", token=running.token)

        code, out, _ = run(there, "undo", runs(there)[-1], "--yes", token=running.token)
        planned = run(there, "plan", token=running.token)[1]

        assert (code, "Done: changed courses: 1, suspended enrolments: 1.\n" in out) == (3, True)
        assert planned.startswith("Changed enrolments: 1\n  course basics: enrolment of benji: ")
