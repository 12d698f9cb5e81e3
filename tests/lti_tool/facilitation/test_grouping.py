"""A trainer names groups, sees who is in none or several, and makes groups by hand or at random."""

import re
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.tables import NoteRow, PresenceRow, WorkspaceRow
from lti_tool.groups.rules import Counting, Source
from lti_tool.groups.tables import GroupRow
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranged import EXERCISE, arrange, told
from tests.lti_tool.exercises.writing import fields, new_id
from tests.lti_tool.facilitation.arranging import groups_made, members, send, settings
from tests.lti_tool.facilitation.trainers import Enter, trainer
from tests.lti_tool.reading import words_in, words_of
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.watching import statements

MADE = Counting(source=Source.MADE)
RANDOM = {"by": "people", "number": "2", "within": "60", "said": ""}


def class_of(enter: Enter, number: int) -> list[Client]:
    return [enter(sub=f"trainee-{one}", name=f"Trainee {one}") for one in range(number)]


def making(app: Flask, enter: Enter) -> Client:
    """Let a trainer in who makes the groups here."""
    reader = trainer(enter)
    arrange(app, reader.course_id, mode=Mode.GROUP, counting=MADE)
    return reader


def hand(*people: Client, into: str) -> dict[str, str]:
    return {f"person-{one.person_id}": into for one in people}


def write_in(person: Client, group_id: int, text: str, note_id: str | None = None) -> int:
    path = f"exercise/notes/{note_id or new_id()}?in=group/{group_id}"
    return person.post(path, **fields(satisfier=text)).status_code


def sizes(app: Flask, course_id: int) -> list[int]:
    return sorted(Counter(members(app, course_id).values()).values())


# Names


def test_the_groups_of_those_who_came_are_there_to_be_named(app: Flask, enter: Enter) -> None:
    told(app, enter(), "7")
    told(app, enter(sub="2", name="Bea"), "7", "8")
    reader = trainer(enter)
    reader.get("arrangement")
    [first, second] = named(app, reader.course_id)

    answer = send(reader, "/names", **{f"name-{first}": "  The  <b>well</b> ", f"name-{second}": ""})

    assert answer.status_code == 303
    page = reader.get("arrangement")
    assert "<bdi>The &lt;b&gt;well&lt;/b&gt;</bdi>" in page.text
    assert "<bdi>Group 2</bdi>" in page.text


def named(app: Flask, course_id: int) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(GroupRow.id).filter_by(course_id=course_id).order_by(GroupRow.number)))


def test_the_numbers_in_a_form_that_is_shown_again_are_those_of_groups_that_are_kept(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    reader.get("arrangement")
    told(app, enter(), "7")

    answer = reader.post("arrangement", version="9", **settings())

    assert answer.status_code == 409
    assert [int(number) for number in re.findall(r'name="name-(\d+)"', answer.text)] == named(app, reader.course_id)


def test_a_name_that_is_taken_away_leaves_the_number(app: Flask, enter: Enter) -> None:
    told(app, enter(), "7")
    reader = trainer(enter)
    reader.get("arrangement")
    [group] = named(app, reader.course_id)
    send(reader, "/names", **{f"name-{group}": "The well"})

    send(reader, "/names", **{f"name-{group}": " "})

    assert "<bdi>Group 1</bdi>" in reader.get("arrangement").text


def test_a_name_that_is_too_long_is_told_and_stays_to_be_shortened(app: Flask, enter: Enter) -> None:
    told(app, enter(), "7")
    reader = trainer(enter)
    reader.get("arrangement")
    [group] = named(app, reader.course_id)

    answer = send(reader, "/names", **{f"name-{group}": "x" * 256})

    assert answer.status_code == 422
    assert "A name has 255 characters at most." in words_of(answer)
    assert f'value="{"x" * 256}"' in answer.text


@pytest.mark.parametrize("other", [{"course": "another"}, {"issuer": "http://localhost:8200"}])
def test_a_group_of_elsewhere_gets_no_name(app: Flask, enter: Enter, other: dict[str, str]) -> None:
    told(app, enter(**other), "7")
    elsewhere, reader = trainer(enter, **other), trainer(enter)
    elsewhere.get("arrangement")
    [group] = named(app, elsewhere.course_id)

    assert send(reader, "/names", **{f"name-{group}": "mine"}).status_code == 404
    assert "mine" not in elsewhere.get("arrangement").text


# Who can't write


def troubles(page: Any) -> dict[str, str]:
    found = re.findall(r'data-trouble="(\w+)">(.*?)</div>', page.text, flags=re.DOTALL)
    return {why: words_in(words) for why, words in found}


def test_who_is_in_no_one_group_is_named_with_what_to_do(app: Flask, enter: Enter) -> None:
    told(app, enter(sub="1", name="Ana"), "7")
    told(app, enter(sub="2", name="Bea"))
    told(app, enter(sub="3", name="Carlos"), "7", "8")
    enter(sub="4", name="Dima")
    reader = trainer(enter)
    arrange(app, reader.course_id, mode=Mode.GROUP)

    found = troubles(reader.get("arrangement"))

    assert found["none"].startswith("These people are in no group that counts.")
    assert found["none"].endswith("Bea")
    assert found["several"].endswith("Carlos")
    assert found["not_told"].endswith("Ask them to open the activity again in Moodle. Dima")
    assert "Ana" not in " ".join(found.values())


def test_whom_a_tick_puts_into_one_group_is_in_no_trouble(app: Flask, enter: Enter) -> None:
    told(app, enter(sub="3", name="Carlos"), "7", "8")
    reader = trainer(enter)
    arrange(app, reader.course_id, mode=Mode.GROUP, counting=Counting(ticked=frozenset({"8"})))

    assert troubles(reader.get("arrangement")) == {}


def test_a_platform_that_never_told_groups_is_said_to_the_trainer(app: Flask, enter: Enter) -> None:
    enter()
    reader = trainer(enter)
    arrange(app, reader.course_id, mode=Mode.GROUP)

    assert "Moodle has never said which groups" in troubles(reader.get("arrangement"))["not_told"]
    told(app, reader)
    assert "Moodle has never said which groups" not in words_of(reader.get("arrangement"))


def test_who_is_no_trainee_is_in_no_list(app: Flask, enter: Enter) -> None:
    reader = making(app, enter)
    enter(sub="2", name="Bea", role=Role.TRAINER)

    assert "Bea" not in reader.get("arrangement").text


# By hand


def test_people_are_put_into_groups_by_hand(app: Flask, enter: Enter) -> None:
    ana, bea, carlos = class_of(enter, 3)
    reader = making(app, enter)

    answer = send(reader, "/members", **hand(ana, bea, into="new-1"), **hand(carlos, into="new-3"))

    assert answer.status_code == 303
    found = members(app, reader.course_id)
    assert found[ana.person_id] == found[bea.person_id] != found[carlos.person_id]
    assert len(groups_made(app, reader.course_id)) == 2


def test_who_is_moved_changes_group_and_who_is_taken_out_has_none(app: Flask, enter: Enter) -> None:
    ana, bea, carlos = class_of(enter, 3)
    reader = making(app, enter)
    send(reader, "/members", **hand(ana, bea, into="new-1"), **hand(carlos, into="new-2"))
    before = members(app, reader.course_id)

    send(reader, "/members", **hand(ana, into=str(before[carlos.person_id])), **hand(bea, into=""))

    assert members(app, reader.course_id) == {
        ana.person_id: before[carlos.person_id],
        carlos.person_id: before[carlos.person_id],
    }


def test_who_is_in_the_same_group_writes_at_the_same_canvas(app: Flask, enter: Enter) -> None:
    ana, bea, carlos = class_of(enter, 3)
    reader = making(app, enter)
    send(reader, "/members", **hand(ana, bea, into="new-1"), **hand(carlos, into="new-2"))

    assert write_in(ana, members(app, reader.course_id)[ana.person_id], "our well") == 303

    assert "our well" in bea.get().text
    assert '<p class="whose"><bdi>Group 1</bdi></p>' in bea.get().text
    assert "our well" not in carlos.get().text


@pytest.mark.parametrize("other", [{"course": "another"}, {"issuer": "http://localhost:8200"}])
def test_nobody_and_no_group_of_elsewhere_can_be_chosen(app: Flask, enter: Enter, other: dict[str, str]) -> None:
    [ana], stranger = class_of(enter, 1), enter(sub="stranger", **other)
    reader, elsewhere = making(app, enter), trainer(enter, **other)
    arrange(app, elsewhere.course_id, counting=MADE)
    send(elsewhere, "/members", **hand(stranger, into="new-1"))
    [group] = groups_made(app, elsewhere.course_id)

    answers = [
        send(reader, "/members", **hand(stranger, into="new-1")),
        send(reader, "/members", **hand(ana, into=str(group.id))),
        send(reader, "/members", **{"person-999999": "new-1"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert members(app, reader.course_id) == {}
    assert members(app, elsewhere.course_id) == {stranger.person_id: group.id}


def test_whoever_is_overtaken_keeps_what_they_chose_by_hand(app: Flask, enter: Enter) -> None:
    ana, bea = class_of(enter, 2)
    reader = making(app, enter)
    send(reader, "/members", **hand(ana, into="new-1"))

    answer = reader.post("arrangement/members", version="1", **hand(bea, into="new-2"))

    assert answer.status_code == 409
    assert re.search(rf'name="person-{bea.person_id}">.*?value="new-2" selected', answer.text, flags=re.DOTALL)
    assert bea.person_id not in members(app, reader.course_id)


def test_what_somebody_wrote_before_they_changed_group_stays_theirs_and_there(app: Flask, enter: Enter) -> None:
    ana, bea = class_of(enter, 2)
    reader, note_id = making(app, enter), new_id()
    send(reader, "/members", **hand(ana, into="new-1"), **hand(bea, into="new-2"))
    before = members(app, reader.course_id)
    write_in(ana, before[ana.person_id], "by Ana", note_id)

    send(reader, "/members", **hand(ana, into=str(before[bea.person_id])))

    assert write_in(ana, before[ana.person_id], "once more") == 423
    with app.app_context():
        assert db.session.scalars(select(NoteRow.author_id).filter_by(id=note_id)).all() == [ana.person_id]
    page = reader.get("arrangement")
    assert "Nobody is in it any more." in words_of(page)
    assert "by Ana" in reader.get(f"exercise?in=group/{before[ana.person_id]}").text


# At random


@pytest.mark.parametrize(
    ("by", "number", "expected"), [("people", "3", [2, 2, 3]), ("groups", "2", [3, 4]), ("groups", "9", [1] * 7)]
)
def test_chance_makes_groups_of_about_the_same_size(
    app: Flask, enter: Enter, by: str, number: str, expected: list[int]
) -> None:
    class_of(enter, 7)
    reader = making(app, enter)

    answer = send(reader, "/random", **{**RANDOM, "by": by, "number": number})

    assert answer.status_code == 303
    assert sizes(app, reader.course_id) == expected


def test_only_those_who_are_here_are_shared_out(app: Flask, enter: Enter, ticker: Ticker) -> None:
    absent, at_a_page = class_of(enter, 2)
    ticker.move(hours=7)
    come = enter(sub="come")
    reader = making(app, enter)
    be_present(app, at_a_page)

    send(reader, "/random", **{**RANDOM, "number": "5"})

    assert members(app, reader.course_id).keys() == {at_a_page.person_id, come.person_id}
    assert absent.person_id not in members(app, reader.course_id)


def be_present(app: Flask, person: Client) -> None:
    """Let somebody be at a page of the exercise just now."""
    with app.app_context():
        workspace = WorkspaceRow(
            course_id=person.course_id,
            exercise=EXERCISE,
            person_id=person.person_id,
            created_at=now(),
            changed_at=now(),
        )
        db.session.add(workspace)
        db.session.flush()
        db.session.add(PresenceRow(workspace_id=workspace.id, person_id=person.person_id, seen_at=now()))
        db.session.commit()


def test_who_comes_later_fills_the_smallest_group_and_nobody_is_moved(app: Flask, enter: Enter) -> None:
    class_of(enter, 3)
    reader = making(app, enter)
    send(reader, "/random", **RANDOM)
    before = members(app, reader.course_id)
    enter(sub="late")

    send(reader, "/random", **RANDOM)

    after = members(app, reader.course_id)
    assert {person: after[person] for person in before} == before
    assert sizes(app, reader.course_id) == [2, 2]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": "0"}, "Write a whole number from 1 to 999."),
        ({"number": "many"}, "Write a whole number from 1 to 999."),
        ({"number": "1" * 5000}, "Write a whole number from 1 to 999."),
        ({"within": "15"}, "There is nobody to share out"),
    ],
    ids=["0", "many", "a very long one", "nobody"],
)
def test_chance_says_why_it_makes_no_groups(
    app: Flask, enter: Enter, ticker: Ticker, given: dict[str, str], said: str
) -> None:
    class_of(enter, 2)
    reader = making(app, enter)
    ticker.move(minutes=16)

    answer = send(reader, "/random", **{**RANDOM, **given})

    assert answer.status_code == 422
    assert said in words_of(answer)
    assert groups_made(app, reader.course_id) == []


@pytest.mark.parametrize("bad", [{"by": "dice"}, {"within": "1"}, {"said": "x"}])
def test_what_no_page_of_ours_sends_makes_no_groups(app: Flask, enter: Enter, bad: dict[str, str]) -> None:
    class_of(enter, 2)
    reader = making(app, enter)

    assert send(reader, "/random", **{**RANDOM, **bad}).status_code == 422
    assert groups_made(app, reader.course_id) == []


def test_where_everybody_is_in_a_group_chance_asks_whether_to_mix_them(app: Flask, enter: Enter) -> None:
    class_of(enter, 2)
    reader = making(app, enter)
    send(reader, "/random", **RANDOM)

    answer = send(reader, "/random", **RANDOM)

    assert answer.status_code == 422
    assert "Everybody who is here is in a group already." in words_of(answer)


def test_everybody_is_mixed_anew_in_the_groups_that_are_there(app: Flask, enter: Enter) -> None:
    class_of(enter, 4)
    reader = making(app, enter)
    send(reader, "/random", **RANDOM)
    before = groups_made(app, reader.course_id)

    answer = send(reader, "/random", **{**RANDOM, "by": "groups", "number": "1"}, anew="on")

    assert answer.status_code == 303
    assert sizes(app, reader.course_id) == [4]
    assert groups_made(app, reader.course_id) == before


def test_a_group_that_has_written_is_split_only_after_the_page_said_so(app: Flask, enter: Enter) -> None:
    people = class_of(enter, 4)
    reader = making(app, enter)
    send(reader, "/random", **RANDOM)
    before = members(app, reader.course_id)
    wrote = before[people[0].person_id]
    write_in(people[0], wrote, "our well")

    unsaid = send(reader, "/random", **RANDOM, anew="on")

    assert unsaid.status_code == 422
    assert members(app, reader.course_id) == before
    assert "These groups have written already, and would be split" in words_of(unsaid)

    said = send(reader, "/random", **{**RANDOM, "said": str(wrote)}, anew="on")

    assert said.status_code == 303
    assert sizes(app, reader.course_id) == [2, 2]
    assert wrote not in members(app, reader.course_id).values()
    assert "our well" in reader.get(f"exercise?in=group/{wrote}").text


def test_the_page_takes_as_many_queries_for_many_people_as_for_one(app: Flask, enter: Enter) -> None:
    reader = making(app, enter)
    class_of(enter, 1)
    send(reader, "/random", **RANDOM)
    with statements(app) as for_one:
        reader.get("arrangement")
    class_of(enter, 6)
    send(reader, "/random", **RANDOM)

    with statements(app) as for_many:
        reader.get("arrangement")

    assert len(for_many) == len(for_one)
