"""Somebody whose name Moodle withholds chooses what to be called: shown as their own choice wherever names are."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import PersonRow
from lti_tool.roster.tables import MemberRow, RosterRow
from tests.lti_tool.community.carrying import bringing
from tests.lti_tool.community.talking import post
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranged import arrange
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.together import at_once

Enter = Callable[..., Client]
NOOR = "Noor (chosen name, participant 1)"


def nameless(enter: Enter, sub: str = "noor", **launch: object) -> Client:
    return enter(sub=sub, name=None, **{"activity": "community/practice", **launch})


def choose(client: Client, name: str) -> TestResponse:
    return client.post("name", name=name)


def read(page: TestResponse) -> str:
    """Give a page's words without the signs that only turn them."""
    return re.sub("[\u2068\u2069\u200e\u200f]", "", words_of(page))


def test_the_first_visit_asks_once_and_the_page_stays_reachable(enter: Enter) -> None:
    client = nameless(enter)
    asked = read(client.get("community"))

    assert "others here read Participant 1" in asked
    assert "Choose a name, if you like" in asked
    assert "Your name here" in asked


def test_nobody_is_asked_whose_name_moodle_says(enter: Enter) -> None:
    client = enter(activity="community/practice")

    assert "Choose a name" not in read(client.get("community"))
    assert "Your name here" not in read(client.get("community"))
    page = read(client.get("name"))
    assert "Moodle says your name" in page
    assert 'name="name"' not in client.get("name").text


def test_whose_name_moodle_says_can_choose_none(enter: Enter) -> None:
    client = enter(activity="community/practice")

    answer = choose(client, "Somebody Else")

    assert answer.status_code == 303
    assert "Others read: Trainee One" in read(client.get("name"))


def test_a_chosen_name_stands_with_its_number_where_the_number_stood(enter: Enter) -> None:
    client = nameless(enter)
    post_id = post(client, title="A need")

    assert choose(client, "  Noor ").status_code == 303

    thread = enter(sub="reader", activity="community/practice").get(f"community/posts/{post_id}")
    assert NOOR in read(thread)
    assert "\u2068Noor\u2069" in thread.text


def test_trainers_read_name_and_number_in_their_lists(enter: Enter) -> None:
    client = nameless(enter, activity="exercise/needs-matrix")
    hand_in(client)
    choose(client, "Noor")

    reader = trainer(enter)

    assert NOOR in read(reader.get())
    assert NOOR in read(reader.get("submissions/1"))
    assert "\u2068Noor\u2069" in reader.get("board").text


def test_the_board_s_file_has_it(enter: Enter) -> None:
    choose(nameless(enter, activity="exercise/needs-matrix"), "Noor")

    assert "Noor" in trainer(enter).get("board.csv").text


def test_who_works_together_is_asked_until_they_chose(app: Flask, enter: Enter) -> None:
    client = nameless(enter, activity="exercise/needs-matrix")
    alone = read(client.get("exercise"))
    arrange(app, client.course_id, mode=Mode.COURSE)
    together = read(client.get("exercise"))
    choose(client, "Noor")

    assert "Choose a name" not in alone
    assert "Choose a name, if you like" in together
    assert "Choose a name" not in read(client.get("exercise"))


def test_a_post_from_a_canvas_is_shown_with_it_before_it_is_published(enter: Enter) -> None:
    nameless(enter)
    client = enter(sub="noor", name=None)
    choose(client, "Noor")
    notes = bringing.work(client, "A well")

    assert NOOR in read(bringing.take(client, *notes))


def test_a_post_without_a_name_stays_without_it(enter: Enter) -> None:
    client = nameless(enter)
    choose(client, "Noor")
    post_id = post(client, title="A doubt", is_nameless="1")

    page = enter(sub="reader", activity="community/practice").get(f"community/posts/{post_id}")

    assert page.status_code == 200
    assert "Noor" not in page.text


def test_it_can_be_changed_and_removed(app: Flask, enter: Enter) -> None:
    client = nameless(enter)
    choose(client, "Noor")
    choose(client, "Nura")
    changed = read(client.get("name"))

    assert client.post("name", remove="1", name="Nura").status_code == 303

    assert "Others read: Nura (chosen name, participant 1)" in changed
    assert "Others read: Participant 1" in read(client.get("name"))
    other = nameless(enter, "other")
    assert choose(other, "Noor").status_code == 303
    assert choose(other, "Nura").status_code == 303


def test_once_moodle_says_a_name_it_holds_and_the_chosen_one_is_gone(app: Flask, enter: Enter) -> None:
    choose(nameless(enter), "Noor")

    named = enter(sub="noor", name="Noor Haddad", activity="community/practice")

    assert "Others read: Noor Haddad" in read(named.get("name"))
    with app.app_context():
        person = db.session.get_one(PersonRow, named.person_id)
        assert (person.called, person.chosen_name, person.chosen_key) == ("Noor Haddad", None, None)


class TestWhatIsTaken:
    @pytest.fixture(autouse=True)
    def others(self, app: Flask, enter: Enter) -> None:
        berta = enter(sub="berta", name="Berta Vila", role=Role.TRAINER, course="another")
        choose(nameless(enter, "nura"), "Nura")
        with app.app_context():
            db.session.add(RosterRow(course_id=berta.course_id))
            db.session.flush()
            db.session.add(MemberRow(course_id=berta.course_id, sub="listed", name="Listed Only", role=Role.TRAINEE))
            db.session.commit()

    @pytest.mark.parametrize("name", ["Berta Vila", "vila BERTA", "nura", "Listed Only"])
    def test_names_of_others_at_the_site_are_refused_and_what_was_typed_stays(self, enter: Enter, name: str) -> None:
        client = nameless(enter)

        answer = choose(client, name)

        assert answer.status_code == 422
        assert "Somebody else here has this name" in read(answer)
        assert f'value="{name}"' in answer.text
        assert "Others read: Participant 3" in read(client.get("name"))

    def test_at_another_site_they_are_free(self, enter: Enter) -> None:
        client = nameless(enter, issuer="http://localhost:8200", client_id="other")

        assert choose(client, "Nura").status_code == 303


def test_of_two_who_choose_a_name_at_the_same_moment_one_gets_it(app: Flask, enter: Enter) -> None:
    clients = [nameless(enter, f"person-{number}") for number in range(3)]

    answers = at_once(app, *[lambda client=client: choose(client, "Noor").status_code for client in clients])

    assert sorted(answers) == [303, 422, 422]
    with app.app_context():
        assert len(db.session.scalars(select(PersonRow).where(PersonRow.chosen_name == "Noor")).all()) == 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "\u202eonA", "Trainer", "x" * 500, "Participant 2"])
def test_what_is_no_name_comes_back_as_it_was_typed_and_changes_nothing(enter: Enter, name: str) -> None:
    client = nameless(enter)

    answer = choose(client, name)

    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert 'aria-describedby="name-problem"' in answer.text
    assert "Others read: Participant 1" in read(client.get("name"))
