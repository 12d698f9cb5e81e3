"""From a need to a canvas with those who offered help: they agree, and a trainer of the course makes the group."""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.groups.rules import Counting, Source
from lti_tool.groups.tables import MemberRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import PersonRow
from tests.lti_tool.community.lending_a_hand import offer
from tests.lti_tool.community.merging.combining import merge
from tests.lti_tool.community.talking import change, member, post, post_form, reply_form, thread
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.grouping import put_note
from tests.lti_tool.reading import words_of
from tests.lti_tool.watching import statements

CHOICE = "needs-matrix"
MADE = Counting(source=Source.MADE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Ana's need, to which Ben and Cleo offered help; Ben is in the course of an exercise with her."""

    app: Flask
    need: str
    ana: Client
    ben: Client
    cleo: Client
    teacher: Client
    course: Course

    def ask(self, *people: Client, by: Client | None = None) -> int:
        """Ask people to work on the need; give the answer's status."""
        choice = f"{self.course.course_id}/{CHOICE}"
        asked = [one.person_id for one in people]
        return (by or self.ana).post(self._path(), choice=choice, person=asked).status_code

    def answer(self, person: Client, says: str = "yes") -> int:
        """Say whether one wants to; give the answer's status."""
        return person.post(self._path("/answer"), says=says).status_code

    def decide(self, does: str = "make", by: Client | None = None) -> int:
        """Let the trainer decide; give the answer's status."""
        page = (by or self.teacher).get("arrangement").text
        version = re.search(r'name="version" value="(\d+)"', page)
        wish = re.search(r'name="wish" value="(\d+)"', page)
        sent = {"version": version[1] if version else "0", "wish": wish[1] if wish else "1", "does": does}
        return (by or self.teacher).post("arrangement/wishes", **sent).status_code

    def members(self) -> list[int]:
        """Give who is in a group that was made here."""
        with self.app.app_context():
            return sorted(db.session.scalars(select(MemberRow.person_id)))

    def reads(self, person: Client) -> str:
        """Read the need."""
        return words_of(thread(person, self.need))

    def _path(self, more: str = "") -> str:
        return f"community/posts/{self.need}/together{more}"


@pytest.fixture
def story(app: Flask) -> Story:
    """Let them meet."""
    return told(app)


def told(app: Flask) -> Story:
    """Let them meet in the community, which stands in a course of its own."""
    ana, ben, cleo = (
        member(lambda **launch: enter_course(app, **launch), one, course="community") for one in ("Ana", "Ben", "Cleo")
    )
    for one in (ana, ben, cleo):
        one.get("community")
    for name in ("Ana", "Ben"):
        enter_course(app, sub=name, name=name, link="88")
    teacher = enter_course(app, sub="teacher", name="Teacher", role=Role.TRAINER, link="88")
    course = Course(app=app, course_id=teacher.course_id)
    course.arrange(mode=Mode.GROUP, counting=MADE)
    need = post(ana)
    for one in (ben, cleo):
        offer(one, need)
    return Story(app=app, need=need, ana=ana, ben=ben, cleo=cleo, teacher=teacher, course=course)


def test_those_who_agree_become_a_group_by_a_trainers_press(story: Story) -> None:
    assert story.ask(story.ben) == 303
    assert story.answer(story.ben) == 303
    assert story.members() == []

    assert story.decide() == 303

    assert story.members() == sorted([story.ana.person_id, story.ben.person_id])
    assert "Your trainer has made a group of you." in story.reads(story.ben)
    assert "http://localhost:8100/mod/lti/view.php?l=88" in thread(story.ana, story.need).text


def test_the_group_s_canvas_names_the_need_that_it_grew_from(story: Story) -> None:
    story.ask(story.ben)
    story.answer(story.ben)
    story.decide()

    page = enter_course(story.app, sub="Ben", name="Ben", link="88").get("exercise")

    assert "This grew from a need in the community: Who knows a time bank?" in words_of(page)


def test_whoever_is_in_no_course_with_the_author_is_named_and_not_asked(story: Story) -> None:
    page = words_of(story.ana.get(f"community/posts/{story.need}/together"))

    assert "a trainer can enrol them in Moodle: Cleo" in page
    assert story.ask(story.cleo) == 422


def test_only_its_author_asks_for_company(story: Story) -> None:
    assert story.ask(story.ben, by=story.ben) == 403
    assert story.ask(story.ben, by=story.cleo) == 403


def test_nobody_is_asked_under_a_nameless_need(story: Story) -> None:
    nameless = post(story.ana, is_nameless="yes")
    offer(story.ben, nameless)

    answer = story.ana.get(f"community/posts/{nameless}/together")

    assert answer.status_code == 403
    assert "Your need doesn’t show your name" in words_of(answer)


def test_who_is_not_asked_reads_nothing_of_it_and_answers_nothing(story: Story) -> None:
    story.ask(story.ben)

    assert "Not this time" not in story.reads(story.cleo)
    assert story.answer(story.cleo) == 404


def test_a_trainer_sees_nothing_before_anybody_agrees(story: Story) -> None:
    story.ask(story.ben)
    assert "People who want to work on a need together" not in words_of(story.teacher.get("arrangement"))

    story.answer(story.ben, "no")

    assert "People who want to work on a need together" not in words_of(story.teacher.get("arrangement"))


def test_trainees_and_trainers_of_other_courses_make_no_group(story: Story) -> None:
    story.ask(story.ben)
    story.answer(story.ben)
    trainee = enter_course(story.app, sub="Ben", name="Ben", link="88")
    stranger = enter_course(story.app, sub="stranger", role=Role.TRAINER, course="another course")

    assert story.decide(by=trainee) == 403
    assert story.decide(by=stranger) == 404
    assert story.members() == []


def test_a_trainer_may_decline_and_is_asked_no_more(story: Story) -> None:
    story.ask(story.ben)
    story.answer(story.ben)
    assert "People want to work on a need together" in words_of(story.teacher.get())

    assert story.decide("end") == 303

    assert story.members() == []
    assert "People want to work on a need together" not in words_of(story.teacher.get())


def test_nobody_is_taken_out_of_a_group_that_has_written(story: Story) -> None:
    ben = enter_course(story.app, sub="Ben", name="Ben", link="88")
    group_id = story.course.make_group(ben.person_id)
    put_note(ben, f"group/{group_id}", "What we have so far")
    story.ask(story.ben)
    story.answer(story.ben)

    assert story.decide() == 422
    assert story.members() == [ben.person_id]


def test_where_moodle_s_groups_count_no_group_is_made(story: Story) -> None:
    story.course.arrange(mode=Mode.GROUP)
    story.ask(story.ben)
    story.answer(story.ben)

    assert story.decide() == 422
    assert story.members() == []


def test_who_asks_no_more_leaves_nothing_to_answer(story: Story) -> None:
    story.ask(story.ben)

    assert story.ana.post(f"community/posts/{story.need}/together/withdraw").status_code == 303

    assert story.answer(story.ben) == 409
    assert story.ask(story.ben) == 303


def test_a_need_that_lost_its_author_s_name_is_no_longer_named_at_the_group_s_canvas(story: Story) -> None:
    story.ask(story.ben)
    story.answer(story.ben)
    story.decide()
    form = post_form(version="1", is_nameless="on")
    assert change(story.ana, f"posts/{story.need}", "edit", **form) == 303

    page = enter_course(story.app, sub="Ben", name="Ben", link="88").get("exercise")

    assert "This grew from a need" not in words_of(page)


def test_who_was_asked_and_comes_after_the_author_took_their_name_off_reads_no_name(story: Story) -> None:
    story.ask(story.ben)
    form = post_form(version="1", is_nameless="on")
    assert change(story.ana, f"posts/{story.need}", "edit", **form) == 303

    assert "Ana" not in story.reads(story.ben)
    assert story.answer(story.ben) == 404
    assert "No answer yet" in story.reads(story.ana)


def test_nor_where_the_need_was_merged_into_another_before(story: Story) -> None:
    trainer = enter_course(
        story.app, sub="Tara", name="Tara", role=Role.TRAINER, course="community", activity="community/practice"
    )
    other = post(story.cleo, title="Exchanging hours")
    story.ask(story.ben)
    assert merge(trainer, story.need, other) == 303
    form = reply_form("Ours", version="1", is_nameless="on")
    assert change(story.ana, f"replies/{story.need}", "edit", **form) == 303

    assert "Ana" not in words_of(thread(story.ben, other))
    assert story.answer(story.ben) == 404


def test_who_asks_is_named_as_they_chose(story: Story) -> None:
    with story.app.app_context():
        db.session.get_one(PersonRow, story.ana.person_id).name = None
        db.session.get_one(PersonRow, story.ana.person_id).chosen_name = "Anouk"
        db.session.commit()
    story.ask(story.ben)

    assert "Anouk\u2069 (chosen name, participant 1) : Asks" in story.reads(story.ben)


def test_courses_in_which_the_author_never_was_are_not_looked_through(story: Story) -> None:
    page = f"community/posts/{story.need}/together"
    with statements(story.app) as before:
        story.ana.get(page)
    for course in ("far", "farther", "farthest"):
        enter_course(story.app, sub="Dora", name="Dora", course=course, link=course)

    with statements(story.app) as after:
        assert "Needs matrix" in words_of(story.ana.get(page))

    assert len(after) == len(before)
