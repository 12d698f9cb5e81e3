"""The community's course on a site, run after run: people come, leave the training, and stay."""

from pathlib import Path
from typing import Final

import pytest
from flask import Response
from sqlalchemy import select

from lti_tool.demo.moodle.faults import Work, drop
from lti_tool.demo.moodle.tables import Course, Enrolment, User
from tests.moodle_sync.folder import run, write_people
from tests.moodle_sync.miniature import Running

NOTHING: Final = (0, "Nothing to do: Moodle is as it should be.\n", "")
COMMUNITY: Final = """
[community]
idnumber = "community"
shortname = "COP"
name = "Community of practice"
category = "medtown"
"""
ANA: Final = "ana,Ana,Ruiz,ana@example.org,BASICS,student,,2026-10-01,90"
BEN: Final = "ben,Ben,Haddad,ben@example.org,BASICS,student,,,"


def inside(running: Running, shortname: str) -> dict[str, tuple[int, bool]]:
    """Say until when people are in a course, and whether they are suspended."""
    told = select(User.username, Enrolment.time_end, Enrolment.suspended).join(User, User.id == Enrolment.user_id)
    with running.miniature.site.session() as db:
        rows = db.execute(told.join(Course, Course.id == Enrolment.course_id).where(Course.shortname == shortname))
        return {username: (end, suspended) for username, end, suspended in rows}


def end_of(running: Running) -> int:
    with running.miniature.site.session() as db:
        return db.scalars(select(Course.enddate).where(Course.shortname == "COP")).one()


def do_and_say_nothing(work: Work) -> Response:
    """Do what is asked, and let the answer be lost."""
    work()
    return drop(work)


class TestACommunity:
    """One story."""

    def test_the_course_is_made_without_an_end_and_everybody_comes(self, there: Path, running: Running) -> None:
        configuration = there / "moodle-sync.toml"
        configuration.write_text(configuration.read_text(encoding="utf-8") + COMMUNITY, encoding="utf-8")
        write_people(there, ANA, BEN)

        code, out, err = run(there, "apply", "--yes", token=running.token)

        assert (code, err) == (0, "")
        assert '  course community: make "Community of practice" (COP) in medtown, without an end\n' in out
        assert "  course community: enrol ana as student\n" in out
        assert inside(running, "COP") == {"ana": (0, False), "ben": (0, False)}
        assert inside(running, "BASICS")["ana"][0] > 0
        assert end_of(running) == 0

    def test_then_there_is_nothing_to_do(self, there: Path, running: Running) -> None:
        assert run(there, "apply", "--yes", token=running.token) == NOTHING

    def test_who_leaves_the_file_leaves_the_training_and_stays_in_the_community(
        self, there: Path, running: Running
    ) -> None:
        write_people(there, ANA)

        code, _, err = run(there, "apply", "--yes", "--removals", "1", token=running.token)

        stays = "Worth a look: course community: nobody is taken out of it, so who leaves others stays: ben\n"
        assert (code, err) == (0, stays)
        assert inside(running, "BASICS")["ben"] == (0, True)
        assert inside(running, "COP")["ben"] == (0, False)
        assert run(there, "plan", token=running.token) == NOTHING

    def test_who_is_suspended_in_the_training_or_unenrolled_there_stays_too(
        self, there: Path, running: Running
    ) -> None:
        write_people(there, BEN)

        code, _, _ = run(there, "apply", "--yes", "--unenrol", "--removals", "1", token=running.token)

        assert code == 0
        assert inside(running, "BASICS") == {"ben": (0, False)}
        assert inside(running, "COP") == {"ana": (0, False), "ben": (0, False)}

    def test_the_groups_of_its_course_are_told_too(self, there: Path, running: Running) -> None:
        _, out, _ = run(there, "groups", token=running.token)

        assert "course community (COP, number " in out

    def test_who_is_suspended_there_in_moodle_is_left_so(self, there: Path, running: Running) -> None:
        with running.miniature.site.session() as db:
            community = select(Course.id).where(Course.shortname == "COP").scalar_subquery()
            ana = select(User.id).where(User.username == "ana").scalar_subquery()
            db.scalars(select(Enrolment).filter_by(course_id=community, user_id=ana)).one().suspended = True
        write_people(there, ANA, BEN)

        code, _, _ = run(there, "apply", "--yes", token=running.token)

        assert code == 0
        assert inside(running, "COP") == {"ana": (0, True), "ben": (0, False)}

    @pytest.mark.parametrize("answered", [True, False])
    def test_an_end_that_somebody_gave_the_course_is_taken_away(
        self, there: Path, running: Running, *, answered: bool
    ) -> None:
        running.miniature.order_faults("core_course_update_courses", *([] if answered else [do_and_say_nothing]))
        with running.miniature.site.session() as db:
            db.scalars(select(Course).where(Course.shortname == "COP")).one().enddate = 1_790_812_800

        code, out, err = run(there, "apply", "--yes", token=running.token)

        assert (code, err) == (0, "")
        assert '  course community: enddate from "2026-10-01 00:00 UTC" to "none"\n' in out
        assert end_of(running) == 0
        assert run(there, "plan", token=running.token) == NOTHING


class TestTakenBack:
    """A run that opens the community, and enrols somebody anew."""

    def test_who_came_elsewhere_by_another_run_stays_there(self, there: Path, running: Running) -> None:
        write_people(there, ANA)
        run(there, "apply", "--yes", token=running.token)
        configuration = there / "moodle-sync.toml"
        configuration.write_text(configuration.read_text(encoding="utf-8") + COMMUNITY, encoding="utf-8")
        write_people(there, ANA, BEN)
        run(there, "apply", "--yes", token=running.token)
        last = run(there, "report")[1].split()[0]

        code, _, err = run(there, "undo", last, "--yes", token=running.token)

        assert (code, "Left alone: enrolment ana in community: stays: other runs brought them" in err) == (3, True)
        assert inside(running, "COP") == {"ana": (0, False), "ben": (0, True)}
