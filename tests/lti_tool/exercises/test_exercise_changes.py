"""What a page hears that asks what is new: of others' notes, and of nothing that it may not read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises.modes import Dates, Mode
from lti_tool.exercises.tables import NoteRow, WorkspaceRow
from lti_tool.lti.launch.session import COOKIE, OPEN_THEMSELVES, SAFE_METHODS
from lti_tool.lti.launch.store import SESSION_LASTS
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import DeploymentRow, LaunchRow, RegistrationRow, State
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.grouping import CELL, arrange, member, poll, put_into, put_note, set_stage
from tests.lti_tool.exercises.sharing import Canvas
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.watching import statements

Enter = Callable[..., Client]


@pytest.fixture
def pair(app: Flask) -> tuple[Client, Client, str]:
    """Give two people of one group, and the name of its workspace."""
    ana, inside = member(app)
    omar, _ = member(app, "omar")
    arrange(app, ana.course_id)
    return ana, omar, inside


def known(person: Client, inside: str = "") -> dict[str, Any]:
    """Ask for everything; give what the page says that knows it."""
    news = poll(person, inside).get_json()
    return {"version": news["version"], "people": news["people"]["version"], "stage": news["stage"]["mark"]}


# What is new


def test_whoever_knows_everything_hears_nothing_and_it_costs_one_statement(
    app: Flask, pair: tuple[Client, Client, str]
) -> None:
    ana, omar, inside = pair
    put_note(omar, inside, "a well")
    has = known(ana, inside)

    with statements(app) as sent:
        answer = poll(ana, inside, **has)

    assert (answer.status_code, answer.data) == (204, b"")
    assert len(sent) == 1


def test_a_note_of_another_member_is_told_whole_and_without_its_author(pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    has = known(ana, inside)
    note_id = put_note(omar, inside, "a well")

    news = poll(ana, inside, **has).get_json()

    assert news == {
        "version": 1,
        "notes": [
            {
                "id": note_id,
                "part": "matrix",
                "cell": CELL,
                "values": {"satisfier": "a well"},
                "version": 1,
                "place": 0,
                "rank": "000000018",
                "language": "en",
                "deleted": False,
                "is_late": False,
                "stack": None,
            }
        ],
        "stacks": [],
        "photos": False,
        "people": None,
        "stage": None,
    }


def test_only_what_changed_since_is_told(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    old, changed, moved, deleted = (put_note(omar, inside, text) for text in ("old", "changed", "moved", "deleted"))
    has = known(ana, inside)

    put_note(omar, inside, "changed again", changed, version=1)
    place = {"cell": "subsistence/having", "before": None, "place": 0}
    assert omar.put(f"exercise/notes/{moved}/place?in={inside}", place).status_code == 200
    assert omar.delete(f"exercise/notes/{deleted}?version=1&in={inside}").status_code == 200

    told = {note["id"]: note for note in poll(ana, inside, **has).get_json()["notes"]}
    assert set(told) == {changed, moved, deleted}
    assert (told[changed]["values"], told[changed]["version"]) == ({"satisfier": "changed again"}, 2)
    assert (told[moved]["cell"], told[moved]["place"], told[moved]["version"]) == ("subsistence/having", 1, 1)
    assert (told[deleted]["values"], told[deleted]["deleted"]) == ({}, True)
    assert old not in told


def test_notes_that_a_move_renumbers_are_told_too(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    first, second, third = (put_note(omar, inside, text) for text in "123")
    with app.app_context():
        for note_id, rank in ((first, "1" * 63 + "2"), (second, "1" * 63 + "3")):
            db.session.query(NoteRow).filter_by(id=note_id).update({"rank": rank})
        db.session.commit()
    has = known(ana, inside)

    assert (
        omar.put(f"exercise/notes/{third}/place?in={inside}", {"cell": CELL, "before": second, "place": 0}).status_code
        == 200
    )

    told = poll(ana, inside, **has).get_json()["notes"]
    assert [note["id"] for note in sorted(told, key=lambda note: str(note["rank"]))] == [first, third, second]


def test_the_order_of_ranks_is_the_order_of_the_page(pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    ids = [put_note(omar, inside, str(number)) for number in range(3)]
    assert (
        omar.put(f"exercise/notes/{ids[2]}/place?in={inside}", {"cell": CELL, "before": ids[0], "place": 0}).status_code
        == 200
    )

    told = poll(ana, inside).get_json()["notes"]

    assert [note["id"] for note in sorted(told, key=lambda note: str(note["rank"]))] == [ids[2], ids[0], ids[1]]


@pytest.mark.parametrize("version", ["7000", "10000000000000000000000", "-5", "x"])
def test_a_page_that_says_a_version_which_never_was_hears_everything(
    pair: tuple[Client, Client, str], version: str
) -> None:
    ana, omar, inside = pair
    put_note(omar, inside, "a well")

    answer = ana.get(f"exercise/changes?version={version}&people=-1&stage=&in={inside}")

    assert [note["values"] for note in answer.get_json()["notes"]] == [{"satisfier": "a well"}]


def test_an_open_page_hears_that_somebody_else_handed_in(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    put_note(omar, inside, "a well")
    ana.get(f"exercise?in={inside}")
    shown, has = poll(ana, inside).get_json()["around"], known(ana, inside)

    Canvas(app=app, owner=inside).hand_in(omar)

    news = poll(ana, inside, **has).get_json()
    told = ana.get(f"exercise/around?in={inside}").get_json()
    assert news["version"] == has["version"], "what is handed in has not changed"
    assert news["around"] == told["mark"] != shown
    assert "handed" in told["pieces"]
    assert "Omar" in told["pieces"]


def test_names_are_told_only_where_the_trainer_shows_them(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, omar, inside = pair
    put_note(omar, inside, "a well")

    before = poll(ana, inside)
    set_stage(app, ana.course_id, shows_names=True)
    after = poll(ana, inside)

    assert "Omar" not in before.text
    assert after.get_json()["notes"][0]["author"] == "Omar"
    assert after.get_json()["stage"]["shows_names"]


# The stage


def test_what_a_trainer_sets_is_told_once(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, _, inside = pair
    has = known(ana, inside)

    set_stage(app, ana.course_id, frozen_at=_now(app), step=2)

    news = poll(ana, inside, **has).get_json()["stage"]
    assert (news["frozen"], news["step"], news["home"], news["together"]) == (True, 2, "group", True)
    assert poll(ana, inside, **{**has, "stage": news["mark"]}).status_code == 204


def test_that_a_time_has_come_is_told_though_nobody_did_anything(app: Flask, ticker: Ticker) -> None:
    ana, _ = member(app)
    arrange(app, ana.course_id, alone_first=True, dates=Dates(together_at=_now(app) + timedelta(hours=1)))
    has = known(ana)
    assert poll(ana, **has).status_code == 204

    ticker.move(hours=1)

    assert poll(ana, **has).get_json()["stage"]["home"] == "group"


def _now(app: Flask) -> Any:
    with app.app_context():
        return now()


# Whose


def test_a_persons_own_workspace_needs_no_name(app: Flask, enter: Enter) -> None:
    person = enter()
    arrange(app, person.course_id, mode=Mode.COURSE, alone_first=True)
    put_note(person, f"person/{person.person_id}", "mine")

    assert [note["values"] for note in poll(person).get_json()["notes"]] == [{"satisfier": "mine"}]


def test_a_launch_that_an_older_version_took_asks_about_what_its_placement_holds(app: Flask, enter: Enter) -> None:
    person = enter()
    put_note(person, f"person/{person.person_id}", "mine")
    with app.app_context():
        db.session.get_one(LaunchRow, person.launch_id).activity = None
        db.session.commit()

    assert poll(person).get_json()["version"] == 1


@pytest.mark.parametrize("where", ["person/{other}", "trial/{other}", "trial/{me}", "group/x", "course/1", "x"])
def test_nobody_hears_of_a_workspace_that_they_may_not_read(app: Flask, enter: Enter, where: str) -> None:
    me, other = enter(), enter(sub="other")
    put_note(other, f"person/{other.person_id}", "theirs")

    answer = poll(me, where.format(other=other.person_id, me="9999"))

    assert answer.status_code == 404
    assert not {"version", "notes", "people", "stage"} & set(answer.get_json())


def test_a_group_of_others_and_one_that_never_was_are_answered_alike(app: Flask) -> None:
    ana, _ = member(app)
    omar, theirs = member(app, "omar", "8")
    arrange(app, ana.course_id)
    put_note(omar, theirs, "theirs")

    answers = [poll(ana, where) for where in (theirs, "group/99999")]

    assert [answer.status_code for answer in answers] == [423, 423]
    assert [set(answer.get_json()) for answer in answers] == [{"title", "advice", "request"}] * 2


def test_whoever_changes_group_hears_why_nothing_more_comes(app: Flask, pair: tuple[Client, Client, str]) -> None:
    ana, _, inside = pair
    assert poll(ana, inside).status_code == 200

    put_into(app, ana, "8")

    answer = poll(ana, inside)
    assert answer.status_code == 423
    assert "You are not in this group any more" in answer.get_json()["advice"]


def test_a_trainer_hears_of_the_groups_of_their_course_and_of_nobody_alone(
    app: Flask, pair: tuple[Client, Client, str]
) -> None:
    ana, _, inside = pair
    put_note(ana, inside, "a well")
    mine, _ = member(app, "trainer", role=Role.TRAINER)
    elsewhere, _ = member(app, "trainer", role=Role.TRAINER, course="course-2")

    assert poll(mine, inside).get_json()["version"] == 1
    assert poll(mine, "course").status_code == 200
    assert poll(mine, f"person/{ana.person_id}").status_code == 404
    assert poll(elsewhere, inside).status_code == 423


def test_a_guest_hears_of_nothing_but_their_own(app: Flask, pair: tuple[Client, Client, str]) -> None:
    guest, inside = member(app, "guest", role=Role.GUEST)

    assert poll(guest).status_code == 200
    assert poll(guest, inside).status_code == 423
    assert poll(guest, "course").status_code == 404


def test_a_copied_course_goes_about_it_as_the_one_that_it_copies(app: Flask, pair: tuple[Client, Client, str]) -> None:
    member(app, "ana", history=())
    copy, inside = member(app, "ana", course="course-2", history=("course-1",))

    news = poll(copy, inside).get_json()

    assert news["stage"]["home"] == "group"


def test_another_activity_has_no_exercise(app: Flask, enter: Enter) -> None:
    assert poll(enter(activity="unit/needs")).status_code == 404
    assert poll(enter(activity=None)).status_code == 404


# The session, which this endpoint opens itself


@pytest.mark.parametrize("secret", [None, "", "guessed", "é", "x" * 3_000])
@pytest.mark.parametrize("where", ["", "&in=group/1", "&in=x"])
def test_a_guessed_secret_hears_nothing(app: Flask, enter: Enter, secret: str | None, where: str) -> None:
    person, browser = enter(), app.test_client()
    if secret is not None:
        browser.set_cookie(COOKIE, secret, path=f"/l/{person.launch_id}")

    assert browser.get(f"/l/{person.launch_id}/exercise/changes?version=0{where}").status_code == 401


@pytest.mark.parametrize("launch_id", ["nobodys", "%00", "é", "x" * 3_000])
def test_a_launch_that_never_was_hears_nothing(app: Flask, launch_id: str) -> None:
    assert app.test_client().get(f"/l/{launch_id}/exercise/changes").status_code == 401


def test_another_launch_of_the_same_person_has_another_secret(app: Flask, enter: Enter) -> None:
    first, second = enter(), enter()
    browser = app.test_client()
    secret = first.browser.get_cookie(COOKIE, path=f"/l/{first.launch_id}")
    assert secret is not None
    browser.set_cookie(COOKIE, secret.value, path=f"/l/{second.launch_id}", secure=False)

    assert browser.get(f"/l/{second.launch_id}/exercise/changes").status_code == 401


def test_a_session_that_is_over_hears_so(enter: Enter, ticker: Ticker) -> None:
    person = enter(locale="es")

    ticker.move(seconds=SESSION_LASTS.total_seconds())

    answer = poll(person)
    assert answer.status_code == 401
    assert "Moodle" in answer.get_json()["advice"]


@pytest.mark.parametrize("table", [RegistrationRow, DeploymentRow])
@pytest.mark.parametrize("state", [State.SUSPENDED, State.PENDING, State.REMOVED])
def test_a_platform_that_may_not_be_used_any_more_hears_so(
    app: Flask, enter: Enter, table: type[RegistrationRow] | type[DeploymentRow], state: State
) -> None:
    person = enter()
    with app.app_context():
        db.session.query(table).update({"state": state})
        db.session.commit()

    assert poll(person).status_code == 403


def test_what_opens_its_session_itself_takes_nothing_but_reads(sqlite_app: Flask) -> None:
    rules = [rule for rule in sqlite_app.url_map.iter_rules() if rule.endpoint in OPEN_THEMSELVES]

    assert {rule.endpoint for rule in rules} == set(OPEN_THEMSELVES)
    assert all(rule.methods and rule.methods <= SAFE_METHODS for rule in rules)


def test_asking_writes_nothing(app: Flask, enter: Enter) -> None:
    poll(enter())

    with app.app_context():
        assert db.session.query(WorkspaceRow).all() == []
