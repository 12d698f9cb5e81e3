"""What was written in earlier exercises comes along: chosen note by note, by whoever wrote it or by the group, once."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from content.load import load
from lti_tool.database import db
from lti_tool.exercises import owners
from lti_tool.exercises.bringing import rules
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.rules import ONE_NOTE_CELLS
from lti_tool.exercises.tables import NoteRow, WorkspaceRow
from lti_tool.lti.roles import Role
from tests.content import along
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.together import at_once
from tests.lti_tool.watching import statements

BEFORE, NEEDS, AFTER = "who-is-there", "what-is-missing", "first-steps"
GROUP = "12"
OFFER = "You can use here what you wrote before in:"

# Whose work comes where

ANA, GROUP_7 = owners.person(1), owners.group(7)
TRIAL = owners.trial(1)


@pytest.mark.parametrize(
    ("owner", "home", "own", "expected"),
    [
        (ANA, ANA, ANA, (ANA,)),
        (GROUP_7, GROUP_7, ANA, (ANA, GROUP_7)),
        (owners.COURSE, owners.COURSE, ANA, (ANA, owners.COURSE)),
        (ANA, GROUP_7, ANA, (ANA,)),
        (TRIAL, TRIAL, TRIAL, (TRIAL,)),
        (GROUP_7, TRIAL, TRIAL, ()),
        (owners.COURSE, GROUP_7, ANA, ()),
        (owners.group(8), GROUP_7, ANA, ()),
        (owners.person(2), ANA, ANA, ()),
    ],
)
def test_everybody_brings_their_own_and_their_groups_only_where_they_write(
    owner: Owner, home: Owner, own: Owner, expected: tuple[Owner, ...]
) -> None:
    assert rules.sources(owner, home, own) == expected


# A course with the three exercises


@pytest.fixture
def tool(app: Flask, tmp_path: Path) -> Flask:
    app.extensions["curriculum"] = along.curriculum(tmp_path / "content")
    return app


@pytest.fixture
def pages(sqlite_app: Flask, tmp_path: Path) -> Flask:
    """Give the same on SQLite only, for pages whose database makes no difference."""
    sqlite_app.extensions["curriculum"] = along.curriculum(tmp_path / "content")
    return sqlite_app


def enter(app: Flask, exercise: str, sub: str = "ana", **launch: Any) -> Client:
    return enter_course(app, activity=f"exercise/{exercise}", sub=sub, **launch)


def answer(person: Client, text: str, question: str = "service", at: str = "", *, version: int = 0) -> None:
    body = {"part": "start", "cell": question, "values": {"answer": text}, "version": version, "language": "en"}
    note_id = uuid5(ONE_NOTE_CELLS, f"start/{question}")
    assert person.put(f"exercise/notes/{note_id}{at}", body).status_code == 200


def card(person: Client, at: str = "", part: str = "people", **values: str) -> str:
    body = {"part": part, "cell": "cards", "values": values, "version": 0, "language": "en"}
    note_id = new_id()
    assert person.put(f"exercise/notes/{note_id}{at}", body).status_code == 200
    return note_id


def boxes(person: Client, at: str = "") -> dict[str, str]:
    """Give what the page offers, by its words: the box's state, and what it sends."""
    page = person.get(f"exercise/bring{at}").text
    found = re.findall(r'name="note" value="([^"]+)"( checked)?( disabled)?>\s*<span><bdi[^>]*>(.*?)</bdi>', page)
    return {
        words: f"{'here' if fixed else 'ticked' if ticked else 'open'} {key}" for key, ticked, fixed, words in found
    }


def states(person: Client, at: str = "") -> dict[str, str]:
    return {words: box.split(" ")[0] for words, box in boxes(person, at).items()}


def bring(person: Client, *words: str, at: str = "") -> TestResponse:
    found = boxes(person, at)
    return person.post(f"exercise/bring{at}", note=[found[one].split(" ")[1] for one in words])


def canvas(person: Client, at: str = "") -> str:
    """Give what the canvas says, without what its script puts into it."""
    return re.sub(r"<template.*?</template>", "", person.get(f"exercise{at}").text, flags=re.DOTALL)


# Alone


def test_answers_and_cards_come_along_with_their_origin_and_each_once(tool: Flask) -> None:
    before, after = enter(tool, BEFORE), enter(tool, AFTER)
    answer(before, "The day centre")
    council = card(before, who="The council", stake="Votes", say="with-a-say")
    card(before, who="Neighbours")
    assert OFFER in canvas(after)
    assert states(after) == {"The day centre": "ticked", "The council": "ticked", "Neighbours": "ticked"}

    done = bring(after, "The day centre", "The council")

    assert done.status_code == 303
    page = canvas(after)
    assert OFFER not in page
    assert "Bring along from earlier exercises" in page
    assert page.count(">The day centre</bdi>") == page.count(">The council</bdi>") == 1
    assert "Neighbours" not in page
    assert page.count("Brought along from:") == 2
    assert states(after) == {"The day centre": "here", "The council": "here", "Neighbours": "ticked"}
    with tool.app_context():
        copied = db.session.scalars(select(NoteRow).where(NoteRow.from_note_id == council)).one()
        source = db.session.get_one(WorkspaceRow, copied.from_workspace_id)
        assert (source.exercise, source.owner) == (BEFORE, f"person/{before.person_id}")
        assert (copied.part, copied.cell, copied.author_id) == ("talks", "cards", before.person_id)
        assert copied.values == {"name": "The council", "about": "Votes", "say": "with-a-say"}


def test_pressed_twice_at_once_or_later_it_is_there_once(tool: Flask) -> None:
    before, after = enter(tool, BEFORE), enter(tool, AFTER)
    answer(before, "The day centre")
    card(before, who="The council")
    ticked = [box.split(" ")[1] for box in boxes(after).values()]

    answers = at_once(tool, *[lambda: after.post("exercise/bring", note=ticked) for _ in range(2)])
    later = after.post("exercise/bring", note=ticked)

    assert [one.status_code for one in (*answers, later)] == [303, 303, 303]
    with tool.app_context():
        here = select(NoteRow.from_note_id).join(WorkspaceRow).where(WorkspaceRow.exercise == AFTER)
        assert len(db.session.scalars(here).all()) == 2


def test_an_answer_that_is_there_stays_and_the_others_stand_beside_it_until_taken_away(tool: Flask) -> None:
    before, needs, after = enter(tool, BEFORE), enter(tool, NEEDS), enter(tool, AFTER)
    answer(before, "The day centre")
    answer(needs, "The old market", "place")
    answer(after, "The library")

    assert bring(after, "The day centre", "The old market").status_code == 303

    beside = re.findall(r'<details class="brought".*?</details>', canvas(after), re.DOTALL)
    assert len(beside) == 1
    assert re.findall(r'<p class="words"><bdi[^>]*>(.*?)</bdi>', beside[0]) == ["The day centre", "The old market"]
    assert ">The library</bdi>" in canvas(after)
    assert set(states(after).values()) == {"here"}
    key = re.findall(r'form="along" name="note" value="([^"]+)"', beside[0])[0]
    assert after.post("exercise/bring/away", note=key).status_code == 303
    assert "The day centre" not in canvas(after)
    assert OFFER not in canvas(after)
    assert "Bring along from earlier exercises" in canvas(after)
    assert states(after) == {"The day centre": "open", "The old market": "here"}
    bring(after, "The day centre")
    assert "The day centre" in canvas(after)


def test_what_was_deleted_here_is_brought_again_only_by_who_ticks_it(tool: Flask) -> None:
    before, after = enter(tool, BEFORE), enter(tool, AFTER)
    answer(before, "The day centre")
    card(before, who="The council")
    bring(after, "The day centre", "The council")
    for note_id, version in re.findall(r'data-note="([^"]+)" data-version="(\d+)"', canvas(after)):
        assert after.delete(f"exercise/notes/{note_id}?version={version}").status_code == 200

    assert states(after) == {"The day centre": "open", "The council": "open"}
    assert "Brought before, and deleted here" in after.get("exercise/bring").text
    assert OFFER not in canvas(after)
    bring(after, "The day centre", "The council")

    assert states(after) == {"The day centre": "here", "The council": "here"}
    assert canvas(after).count("Brought along from:") == 2


def test_an_answer_that_was_deleted_and_written_by_hand_is_not_overwritten(pages: Flask) -> None:
    before, after = enter(pages, BEFORE), enter(pages, AFTER)
    answer(before, "The day centre")
    keys = [box.split(" ")[1] for box in boxes(after).values()]
    answer(after, "The library")

    after.post("exercise/bring", note=keys)

    assert ">The library</bdi>" in canvas(after)
    assert "Brought along from earlier exercises" in canvas(after)


def test_of_a_long_pile_nothing_is_ticked_before(pages: Flask) -> None:
    before, after = enter(pages, BEFORE), enter(pages, AFTER)
    for number in range(rules.MOST_TICKED):
        card(before, who=f"Actor {number}")
    assert set(states(after).values()) == {"ticked"}

    card(before, who="One more")
    answer(before, "The day centre")

    assert {words for words, state in states(after).items() if state == "ticked"} == {"The day centre"}


def test_without_room_nothing_is_brought_and_it_is_said_for_how_many_there_is_some(pages: Flask) -> None:
    before, after = enter(pages, BEFORE), enter(pages, AFTER)
    names = [f"Actor {number}" for number in range(16)]
    for name in names:
        card(before, who=name)

    refused = bring(after, *names)

    assert refused.status_code == 422
    assert "There is room for only 15 more notes in “Whom to talk to”: tick fewer." in refused.text
    assert len(re.findall(r"checked>", refused.text)) == 16
    assert "Actor" not in canvas(after)
    assert bring(after, *names[1:]).status_code == 303
    full = bring(after, names[0])
    assert "There is no room for another note in “Whom to talk to”: delete some first." in full.text


def test_a_note_that_is_offered_twice_comes_once(pages: Flask) -> None:
    before, after = enter(pages, BEFORE), enter(pages, AFTER)
    card(before, who="Neighbours", say="without")
    card(before, who="The council", say="with-a-say")
    assert len(re.findall(">Neighbours</bdi>", after.get("exercise/bring").text)) == 2

    bring(after, "Neighbours")

    assert len(re.findall(r"<bdi[^>]*>Neighbours</bdi>", canvas(after))) == 1


def test_who_ticks_nothing_is_told_so(pages: Flask) -> None:
    answer(enter(pages, BEFORE), "The day centre")

    refused = enter(pages, AFTER).post("exercise/bring")

    assert refused.status_code == 422
    assert "Tick what you want to bring along." in refused.text


def test_an_exercise_that_brings_nothing_offers_nothing(pages: Flask) -> None:
    before = enter(pages, BEFORE)

    assert "exercise/bring" not in canvas(before)
    assert before.get("exercise/bring").status_code == 404
    assert before.post("exercise/bring", note="1.x.y").status_code == 404


def test_nothing_comes_from_another_course_not_even_into_its_copy(pages: Flask) -> None:
    card(enter(pages, BEFORE), who="The council")
    [box] = boxes(enter(pages, AFTER)).values()
    copy = enter(pages, AFTER, course="copy", history=("course-1",))

    copy.post("exercise/bring", note=box.split(" ")[1])

    assert states(copy) == {}
    assert "The council" not in canvas(copy)


def test_a_form_of_before_is_told_from_todays(pages: Flask, tmp_path: Path) -> None:
    structure = tmp_path / "content/exercises/who-is-there/exercise.yaml"
    structure.write_text(structure.read_text() + "replaced_by: first-steps\n")
    course = tmp_path / "content/curriculum/steps/course.yaml"
    course.write_text(course.read_text().replace("exercise: who-is-there, ", ""))
    pages.extensions["curriculum"] = load(tmp_path / "content")
    answer(enter(pages, BEFORE), "The day centre")
    after = enter(pages, AFTER)
    assert "Who is there (earlier form)" in canvas(after)

    bring(after, "The day centre")

    assert re.search("Brought along from:.*?Who is there .earlier form.", canvas(after), re.DOTALL)


def test_before_anything_is_written_the_page_says_that_there_is_nothing(pages: Flask) -> None:
    after = enter(pages, AFTER)

    assert "exercise/bring" not in canvas(after).split('id="along"')[0]
    assert "There is nothing to bring along" in after.get("exercise/bring").text


# In groups


def news(person: Client, at: str, version: int = 0) -> Any:
    """Ask what is new, as an open page does."""
    return person.get(f"exercise/changes{at}&version={version}").json


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group that does the later exercise together."""

    app: Flask
    at: str

    def enter(self, exercise: str, sub: str = "ana", group: str = GROUP) -> Client:
        return enter(self.app, exercise, sub, group_ids=(group,))


def grouped(app: Flask, *exercises: str) -> Group:
    course_id = enter(app, AFTER, "ana", group_ids=(GROUP,)).course_id
    for exercise in (AFTER, *exercises):
        Course(app=app, course_id=course_id, exercise=exercise).arrange(mode=Mode.GROUP)
    return Group(app=app, at=f"?in=group/{Course(app=app, course_id=course_id).group(GROUP)}")


def test_a_group_gets_what_a_member_wrote_alone_and_the_page_says_before_who_reads_it(tool: Flask) -> None:
    group = grouped(tool)
    ana, ben = group.enter(AFTER), group.enter(AFTER, "ben")
    card(group.enter(BEFORE), who="The council")
    card(group.enter(BEFORE, "ben"), who="The school")
    assert "You can use here what you wrote before, alone or together, in:" in canvas(ana, group.at)
    assert "Everybody in your group reads this" in ana.get(f"exercise/bring{group.at}").text
    assert states(ana, group.at) == {"The council": "ticked"}

    bring(ana, "The council", at=group.at)

    assert "The council" in canvas(ben, group.at)
    assert "Ana" not in canvas(ben, group.at)


def test_a_group_brings_what_it_wrote_together_and_a_copy_is_not_offered_beside_it(tool: Flask) -> None:
    group = grouped(tool, BEFORE)
    course = Course(app=tool, course_id=group.enter(BEFORE).course_id, exercise=BEFORE)
    course.arrange(mode=Mode.GROUP, alone_first=True)
    card(group.enter(BEFORE), who="The council")
    course.come_together()
    card(group.enter(BEFORE, "ben"), group.at, who="The school")
    ana, ben = group.enter(AFTER), group.enter(AFTER, "ben")

    assert len(re.findall(">The council</bdi>", ana.get(f"exercise/bring{group.at}").text)) == 1
    assert states(ben, group.at) == {"The council": "ticked", "The school": "ticked"}
    bring(ben, "The council", "The school", at=group.at)

    page = canvas(ana, group.at)
    assert "The council" in page
    assert "The school" in page
    assert "From the group" not in page
    assert set(states(ana, group.at).values()) == {"here"}


def test_what_came_with_what_one_wrote_alone_is_not_offered_once_more(pages: Flask) -> None:
    group = grouped(pages)
    ana = group.enter(AFTER)
    course = Course(app=pages, course_id=ana.course_id, exercise=AFTER)
    course.arrange(mode=Mode.GROUP, alone_first=True)
    card(group.enter(BEFORE), who="The council")
    bring(ana, "The council")

    course.come_together()

    page = canvas(ana, group.at)
    assert len(re.findall(">The council</bdi>", page)) == 1
    assert "Bring it along" not in page
    assert states(ana, group.at) == {"The council": "open"}
    assert "Brought to what you wrote alone" in ana.get(f"exercise/bring{group.at}").text


def test_who_has_the_page_open_is_told_what_comes_along(pages: Flask) -> None:
    group = grouped(pages)
    ana, ben = group.enter(AFTER), group.enter(AFTER, "ben")
    card(group.enter(BEFORE), who="The council")
    answer(group.enter(BEFORE), "The day centre")
    answer(ana, "The library", at=group.at)
    known = news(ben, group.at)

    bring(ana, "The council", "The day centre", at=group.at)

    told = news(ben, group.at, known["version"])
    assert [(note["values"], note["along"]) for note in told["notes"]] == [({"name": "The council"}, "Who is there")]
    assert told["around"] != known["around"]
    card(ana, group.at, "talks", name="The school")
    assert news(ben, group.at, told["version"])["around"] == told["around"]


def test_nothing_comes_from_another_person_or_group_nor_by_a_trainers_trial(tool: Flask) -> None:
    group = grouped(tool, BEFORE)
    ana, cleo = group.enter(AFTER), group.enter(AFTER, "cleo", "13")
    card(group.enter(BEFORE), group.at, who="The council")
    [box] = boxes(ana, group.at).values()
    key = box.split(" ")[1]
    theirs = f"?in=group/{Course(app=tool, course_id=cleo.course_id).group('13')}"
    trainer = enter(tool, AFTER, "trainer", role=Role.TRAINER)
    card(enter(tool, BEFORE, "trainer", role=Role.TRAINER), who="A trial")

    assert states(cleo, theirs) == {}
    assert cleo.post(f"exercise/bring{theirs}", note=key).status_code == 303
    assert cleo.get(f"exercise/bring{group.at}").status_code == 423
    assert cleo.post(f"exercise/bring{group.at}", note=key).status_code == 423
    assert trainer.post(f"exercise/bring{group.at}", note=key).status_code == 404
    assert "Bring it along" not in canvas(trainer, group.at)
    assert states(trainer) == {"A trial": "ticked"}
    assert "The council" not in canvas(cleo, theirs) + canvas(trainer)


def test_while_writing_is_stopped_nothing_comes_and_nothing_goes(tool: Flask) -> None:
    before, after = enter(tool, BEFORE), enter(tool, AFTER)
    answer(before, "The day centre")
    answer(after, "The library")
    bring(after, "The day centre")
    card(before, who="The council")
    keys = [box.split(" ")[1] for box in boxes(after).values()]
    Course(app=tool, course_id=after.course_id, exercise=AFTER).stage(frozen_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert "exercise/bring" not in canvas(after)
    assert after.get("exercise/bring").status_code == 423
    assert after.post("exercise/bring", note=keys).status_code == 423
    assert after.post("exercise/bring/away", note=keys[0]).status_code == 423
    assert "The council" not in canvas(after)
    assert "The day centre" in canvas(after)


@pytest.mark.parametrize("note", ["", "1", "1.x.start", f"x.{UUID(int=1)}.start", f"1.{UUID(int=1)}.\0", "9" * 30])
def test_nobody_takes_away_what_is_no_answer(pages: Flask, note: str) -> None:
    assert enter(pages, AFTER).post("exercise/bring/away", note=note).status_code == 404


# What it costs


def test_the_canvas_asks_the_database_once_more_and_only_where_something_can_come_along(pages: Flask) -> None:
    before, after = enter(pages, BEFORE), enter(pages, AFTER)
    for person, part in ((before, "people"), (after, "talks")):
        card(person, part=part, **{"who" if part == "people" else "name": "The council"})
        canvas(person)

    with statements(pages) as plain:
        canvas(before)
    with statements(pages) as offered:
        canvas(after)

    assert len(offered) == len(plain) + 1
