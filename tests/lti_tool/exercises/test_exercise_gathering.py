"""Alone, then together: what each wrote alone comes to the canvas where they go on, and nothing of it is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.exercises.modes import Dates, Mode
from lti_tool.groups.rules import Counting, Source
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.grouping import poll
from tests.lti_tool.exercises.writing import new_id, send
from tests.lti_tool.ticking import Ticker

Enter = Callable[..., Client]
ANSWER = "start community"


@pytest.fixture
def ana(enter: Enter) -> Client:
    return enter(sub="ana")


@pytest.fixture
def ben(enter: Enter) -> Client:
    return enter(sub="ben")


@pytest.fixture
def course(app: Flask, ana: Client, ben: Client) -> Course:
    """Give a course whose two people write alone first, then in one group."""
    course = Course(app=app, course_id=ana.course_id)
    course.put_in(ana, "12")
    course.put_in(ben, "12")
    course.arrange(mode=Mode.GROUP, alone_first=True)
    return course


def write(client: Client, text: str, note_id: str | None = None, *, version: int = 0) -> str:
    note_id = note_id or new_id()
    assert send(client, note_id, version=version, satisfier=text).status_code == 303
    return note_id


def test_before_they_come_together_nobody_reads_what_another_wrote(course: Course, ana: Client, ben: Client) -> None:
    write(ana, "Ana's well")

    page = ben.get("exercise").text
    group = ben.get(f"exercise?in=group/{course.group('12')}").text

    assert "Ana" not in page
    assert "Ana" not in group
    assert "Only you read this until your trainer brings you together." in page


def test_after_that_everybody_in_the_group_reads_everything(course: Course, ana: Client, ben: Client) -> None:
    write(ana, "Ana's well")
    write(ben, "Ben's bridge")

    course.come_together()

    for client in (ana, ben):
        page = client.get("exercise").text
        assert "Ana&#39;s well</bdi>" in page
        assert "Ben&#39;s bridge</bdi>" in page
        assert "Everybody in your group reads this while you write" in page


def test_coming_together_again_copies_nothing_twice_and_undoes_nothing(
    course: Course, ana: Client, ben: Client
) -> None:
    write(ana, "Ana's well")
    course.come_together()
    group = f"?in=group/{course.group('12')}"
    [copied] = copies(ben, group)
    changed = ben.put(f"exercise/notes/{copied}{group}", body("A well for all", version=1))
    assert changed.status_code == 200

    course.come_together()
    write(ana, "Another")

    page = ben.get("exercise").text
    assert "A well for all</bdi>" in page
    assert "Ana&#39;s well</bdi>" not in page
    assert page.count("Another</bdi>") == 1


def body(text: str, version: int = 0) -> dict[str, object]:
    return {
        "part": "matrix",
        "cell": "subsistence/being",
        "values": {"satisfier": text},
        "version": version,
        "language": "en",
    }


def copies(client: Client, group: str) -> list[str]:
    page = client.get(f"exercise{group}").text
    return [piece.split('"')[0] for piece in page.split('data-note="')[1:]]


def test_a_note_that_is_saved_late_arrives_and_is_kept_where_it_was_written(
    course: Course, ana: Client, ben: Client
) -> None:
    course.come_together()

    write(ana, "Late, from the train")

    assert "Late, from the train</bdi>" in ben.get("exercise").text
    assert "Late, from the train</bdi>" in ana.get(f"exercise?in=person/{ana.person_id}").text


def test_what_is_late_comes_by_the_script_too(course: Course, ana: Client, ben: Client) -> None:
    course.come_together()

    assert ana.put(f"exercise/notes/{new_id()}", body("By script")).status_code == 200

    assert "By script</bdi>" in ben.get("exercise").text


def test_answers_stand_side_by_side_above_a_common_one(course: Course, ana: Client, ben: Client) -> None:
    for client, text in ((ana, "The hill"), (ben, "The harbour")):
        note_id = blank_id(client)
        assert send(client, note_id, ANSWER, answer=text).status_code == 303

    course.come_together()

    page = ana.get("exercise").text
    assert "What 2 of you wrote alone" in page
    assert page.index("The hill") < page.index("The harbour")
    note_id = blank_id(ben, f"?in=group/{course.group('12')}")
    assert send_in(ben, course, note_id, "Hill and harbour").status_code == 303
    page = ana.get("exercise").text
    assert "The hill</bdi>" in page
    assert "Hill and harbour</bdi>" in page


def test_an_open_page_hears_of_an_answer_that_comes_late(course: Course, ana: Client, ben: Client) -> None:
    note_id = blank_id(ana)
    course.come_together()
    where = f"group/{course.group('12')}"
    ben.get("exercise")
    has = poll(ben, where).get_json()

    assert send(ana, note_id, ANSWER, answer="The hill").status_code == 303

    news = poll(ben, where, has["version"], has["people"]["version"], has["stage"]["mark"]).get_json()
    told = ben.get(f"exercise/around?in={where}").get_json()
    assert news["around"] == told["mark"] != has["around"]
    assert "The hill</bdi>" in told["pieces"]
    assert 'data-of="start" data-at="community"' in told["pieces"]


def blank_id(client: Client, where: str = "") -> str:
    page = client.get(f"exercise{where}").text
    add = page.split("cell=community")[1]
    return add.split('data-blank="')[1].split('"')[0]


def send_in(client: Client, course: Course, note_id: str, text: str) -> TestResponse:
    part, cell = ANSWER.split()
    form = {"note.part": part, "note.cell": cell, "note.version": "0", "note.language": "en", "answer": text}
    return client.post(f"exercise/notes/{note_id}?in=group/{course.group('12')}", **form)


def test_a_time_brings_them_together_if_nobody_presses(
    course: Course, ana: Client, ben: Client, ticker: Ticker
) -> None:
    course.arrange(mode=Mode.GROUP, alone_first=True, dates=Dates(together_at=ticker() + timedelta(minutes=10)))
    write(ana, "Ana's well")
    assert "It happens by itself:" in ben.get("exercise").text

    ticker.move(minutes=11)

    assert "Ana&#39;s well</bdi>" in ben.get("exercise").text


def test_whoever_comes_to_the_group_later_brings_what_they_wrote(course: Course, enter: Enter, ana: Client) -> None:
    course.come_together()
    cleo = enter(sub="cleo")
    course.put_in(cleo, "13")
    write(cleo, "Cleo's kitchen")

    course.put_in(cleo, "12")
    cleo.get("exercise")

    assert "Cleo&#39;s kitchen</bdi>" in ana.get("exercise").text


def test_of_two_groups_each_gets_its_own(course: Course, enter: Enter, ana: Client) -> None:
    cleo = enter(sub="cleo")
    course.put_in(cleo, "13")
    write(cleo, "Cleo's kitchen")

    course.come_together()

    assert "Cleo" not in ana.get("exercise").text
    assert "Cleo&#39;s kitchen</bdi>" in cleo.get("exercise").text


def test_a_whole_course_comes_to_one_canvas(course: Course, enter: Enter, ana: Client) -> None:
    course.arrange(mode=Mode.COURSE, alone_first=True)
    enter(sub="trainer", role=Role.TRAINER)
    cleo = enter(sub="cleo")
    write(cleo, "Cleo's kitchen")

    course.come_together()

    assert "Cleo&#39;s kitchen</bdi>" in ana.get("exercise").text


def test_groups_made_here_come_together_too(course: Course, ana: Client, ben: Client) -> None:
    course.arrange(mode=Mode.GROUP, alone_first=True, counting=Counting(source=Source.MADE))
    course.make_group(ana.person_id)
    course.make_group(ben.person_id)
    write(ana, "Ana's well")

    course.come_together()

    assert "Ana&#39;s well</bdi>" in ana.get("exercise").text
    assert "Ana" not in ben.get("exercise").text
