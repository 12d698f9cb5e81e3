"""The board tells a course's trainers how far everybody is with all exercises, and leads to the work and back."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Dates, Mode
from lti_tool.exercises.tables import WorkspaceRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, PersonRow
from lti_tool.reviews import feedback
from lti_tool.reviews.tables import FeedbackRow
from lti_tool.roster.tables import MemberRow, RosterRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.grouping import put_into
from tests.lti_tool.exercises.sharing import Canvas
from tests.lti_tool.exercises.writing import hand_in, new_id, send, write
from tests.lti_tool.facilitation.trainers import submission_ids, trainer
from tests.lti_tool.reading import words_in, words_of
from tests.lti_tool.reviews.answering import typed
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.watching import statements

Enter = Callable[..., Client]
OTHER = "power-interest-map"


def board_of(page: TestResponse) -> dict[str, str]:
    """Give what each row says, by its name."""
    assert page.status_code == 200
    rows = re.findall(r'<tr><th scope="row"><bdi>(.*?)</bdi>(.*?)</tr>', page.text, flags=re.DOTALL)
    return {unescape(name): words_in(rest) for name, rest in rows}


def links_of(page: TestResponse) -> list[str]:
    """Give where the cells lead, from the board."""
    return [unescape(link) for link in re.findall(r'<td class="[^"]*"><a href="([^"]+)"', page.text)]


def respond(reader: Client, work: str, **given: str) -> TestResponse:
    """Release an answer on a page of work, and insist that it was released."""
    path, _, query = work.partition("?")
    released = reader.post(f"{path}/release?{query}", **typed(reader.get(work), **given))
    assert released.status_code == 303, released.text
    return released


def course_of(app: Flask, person: Client, exercise: str = "needs-matrix") -> Course:
    return Course(app=app, course_id=person.course_id, exercise=exercise)


def has_roster(app: Flask, course_id: int, **roles: Role) -> None:
    """Let the course's roster have been read, with these accounts in it."""
    with app.app_context():
        db.session.execute(insert(RosterRow), [{"course_id": course_id, "fetched_at": now(), "asked_at": now()}])
        rows = [{"course_id": course_id, "sub": sub, "name": sub.title(), "role": role} for sub, role in roles.items()]
        db.session.execute(insert(MemberRow), rows)
        db.session.commit()


def test_the_board_tells_of_everybody_how_far_they_are(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    course_of(app, reader).arrange(marking=Marking.BY_TRAINER)
    enter(sub="1", name="Ana")
    write(enter(sub="2", name="Bea"), new_id(), "a draft")
    for number, name in enumerate(("Cleo", "Dan", "Eva", "Fay"), start=3):
        hand_in(enter(sub=str(number), name=name))
    dan, eva, fay = submission_ids(app)[1:]
    for number, outcome in ((dan, "revise"), (eva, "done"), (fay, "revise")):
        respond(reader, f"submissions/{number}", outcome=outcome, sentence="I read it.")
    hand_in(enter(sub="6", name="Fay"))

    rows = board_of(reader.get("board"))

    assert rows == {
        "Cleo": "waits for less than a day ● Waits for you",
        "Fay": "waits for less than a day ● Waits for you",
        "Ana": "– Not begun",
        "Bea": "✎ Working on it",
        "Dan": "↺ Given back",
        "Eva": "✓ Done",
    }


def test_who_waits_longest_comes_first(enter: Enter, ticker: Ticker, app: Flask) -> None:
    course_of(app, trainer(enter)).arrange(marking=Marking.BY_TRAINER)
    hand_in(enter(sub="2", name="Bea"))
    ticker.move(days=3)
    hand_in(enter(sub="1", name="Ana"))

    rows = board_of(trainer(enter).get("board"))

    assert list(rows) == ["Bea", "Ana"]
    assert rows["Bea"].startswith("waits for 3 days ")


def test_what_is_not_handed_in_by_the_due_date_is_overdue(app: Flask, enter: Enter, ticker: Ticker) -> None:
    reader = trainer(enter)
    course_of(app, reader).arrange(dates=Dates(due_at=ticker() - timedelta(hours=1)))
    enter(sub="1", name="Ana")
    write(enter(sub="2", name="Bea"), new_id(), "a draft")
    hand_in(enter(sub="3", name="Cleo"))

    rows = board_of(reader.get("board"))

    assert rows == {
        "Ana": "– ! Not begun, overdue",
        "Bea": "✎ ! Working on it, overdue",
        "Cleo": "↑ Handed in",
    }
    assert list(board_of(reader.get("board?state=overdue"))) == ["Ana", "Bea"]


def test_all_exercises_of_the_course_stand_in_one_table(enter: Enter) -> None:
    hand_in(enter(sub="1", name="Ana"))
    enter(sub="1", name="Ana", activity=f"exercise/{OTHER}")

    page = trainer(enter).get("board")

    assert board_of(page) == {"Ana": "↑ Handed in – Not begun"}
    heads = [words_in(head) for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page.text, flags=re.DOTALL)]
    assert heads == ["Person", "Needs matrix", "Power–interest map"]


def test_a_group_is_one_row_and_counts_for_each_of_its_members(app: Flask, enter: Enter) -> None:
    ana, ben, reader = enter(sub="ana", name="Ana"), enter(sub="ben", name="Ben"), trainer(enter)
    inside = put_into(app, ana, "12")
    put_into(app, ben, "12")
    course_of(app, ana).arrange(mode=Mode.GROUP, marking=Marking.BY_TRAINER)
    canvas = Canvas(app=app, owner=inside)
    canvas.write(ana)
    canvas.hand_in(ana)

    groups, people = reader.get("board"), reader.get("board?shown=people")

    told = "waits for less than a day ● Waits for you"
    assert board_of(groups) == {"Group 1": told}
    assert board_of(people) == {"Ana": told, "Ben": told}
    assert len(set(links_of(groups) + [link.replace("people", "groups") for link in links_of(people)])) == 1


def test_people_are_chosen_by_group(app: Flask, enter: Enter) -> None:
    inside = put_into(app, enter(sub="ana", name="Ana"), "12")
    put_into(app, enter(sub="ben", name="Ben"), "13")

    page = trainer(enter).get(f"board?shown=people&group={inside.removeprefix('group/')}")

    assert list(board_of(page)) == ["Ana"]


def test_people_are_found_by_name_in_any_script(enter: Enter) -> None:
    for sub, name in (("1", "José Núñez"), ("2", "Ελένη"), ("3", "أحمد")):
        enter(sub=sub, name=name)
    reader = trainer(enter)

    assert list(board_of(reader.get("board?name=nunez"))) == ["José Núñez"]
    assert list(board_of(reader.get("board?name=ελενη"))) == ["Ελένη"]
    assert list(board_of(reader.get("board?name=احمد"))) == ["أحمد"]
    assert "There is nothing here for what you chose." in words_of(reader.get("board?name=nobody"))


@pytest.mark.parametrize(
    "query", ["shown=all&group=x&state=odd&activity=none", "group=99999999999999999999", "group=٣"]
)
def test_what_nobody_can_choose_counts_as_not_chosen(enter: Enter, query: str) -> None:
    enter(sub="1", name="Ana")

    assert list(board_of(trainer(enter).get(f"board?{query}"))) == ["Ana"]


def test_more_people_than_a_page_holds_come_by_pages_and_the_file_has_all(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    with app.app_context():
        site_id = db.session.scalars(select(PersonRow.site_id)).first()
        people = [
            {"site_id": site_id, "sub": f"p{one}", "number": 100 + one, "name": f"Person {one:02}", "seen_at": now()}
            for one in range(42)
        ]
        db.session.execute(insert(PersonRow), [{**one, "names": []} for one in people])
        ids = db.session.scalars(select(PersonRow.id).where(PersonRow.number >= 100)).all()
        came = {"course_id": reader.course_id, "role": Role.TRAINEE, "seen_at": now()}
        db.session.execute(insert(AttendanceRow), [{**came, "person_id": one} for one in ids])
        db.session.commit()

    first, last = reader.get("board?name=person"), reader.get("board?name=person&page=2")

    assert (len(board_of(first)), list(board_of(last))) == (40, ["Person 40", "Person 41"])
    assert "Page 1 of 2" in words_of(first)
    [onward] = re.findall(r'<a rel="next" href="([^"]+)"', first.text)
    assert unescape(onward).endswith("/board?shown=people&name=person&page=2")
    assert re.findall(r'<a rel="(?:prev|next)" href="[^"]*?(board[^"]*)"', last.text) == [
        "board?shown=people&amp;name=person"
    ]
    assert len(reader.get("board.csv?name=person").text.splitlines()) == 43


def test_trials_and_trainers_are_no_rows(enter: Enter) -> None:
    reader = trainer(enter)
    write(reader, new_id(), "a trial")
    write(enter(sub="1", name="Ana"), new_id(), "a draft")

    assert list(board_of(reader.get("board"))) == ["Ana"]


def test_who_left_the_course_has_a_place_of_their_own_with_their_work(app: Flask, enter: Enter, ticker: Ticker) -> None:
    hand_in(enter(sub="gone", name="Gone"))
    enter(sub="idle", name="Idle")
    ticker.move(hours=1)
    reader = trainer(enter, roster="http://localhost:8100/roster")
    has_roster(app, reader.course_id, ana=Role.TRAINEE, colleague=Role.TRAINER)

    page = reader.get("board")

    assert board_of(page) == {"Ana": "– Not begun", "Gone": "↑ Handed in"}
    assert "No trainees in this course now, with work that stays" in words_of(page)
    assert page.text.index("Ana") < page.text.index("with work that stays") < page.text.index("Gone")


def test_the_board_knows_of_an_answer_what_the_list_knows(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    for sub in ("1", "2", "3"):
        hand_in(enter(sub=sub))
    marked, answered, again = submission_ids(app)
    respond(reader, f"submissions/{answered}", sentence="Good")
    respond(reader, f"submissions/{again}", outcome="revise", sentence="Once more")
    hand_in(enter(sub="3"))
    respond(reader, f"submissions/{submission_ids(app)[-1]}", mark="80")
    respond(reader, f"submissions/{marked}", mark="60")

    with app.app_context():
        db.session.execute(delete(FeedbackRow).where(FeedbackRow.submission_id == marked))  # as a version before did
        db.session.commit()
        numbers = db.session.scalars(select(WorkspaceRow.id)).all()
        known = feedback.answered(numbers)
        newest = feedback.newest(WorkspaceRow.course_id == reader.course_id)

    assert newest == {number: (one.submission_id, one.outcome) for number, one in known.items()}
    assert len(newest) == 3


# From the board to the work and back


def test_each_cell_leads_to_the_work_whichever_activity_was_opened(enter: Enter) -> None:
    hand_in(enter(sub="1", name="Ana"))
    reader = trainer(enter, activity=f"exercise/{OTHER}")

    [link] = links_of(reader.get("board?state=handed_in"))
    page = reader.get(link)

    assert page.status_code == 200
    assert "<h1><bdi>Ana</bdi></h1>" in page.text
    back = re.search(r'href="/l/[^/]+/([^"]+)">Back to the board', page.text)
    assert back is not None
    assert unescape(back[1]) == "board?shown=people&state=handed_in"


def test_next_and_the_answer_keep_the_exercise_and_the_way_back(enter: Enter) -> None:
    hand_in(enter(sub="1", name="Ana"))
    hand_in(enter(sub="2", name="Bea"))
    reader = trainer(enter, activity="community/practice")
    first = links_of(reader.get("board"))[0]

    page = reader.get(first)
    following = re.search(r'rel="next" href="([^"]+)"', page.text)

    assert following is not None
    assert "<h1><bdi>Bea</bdi></h1>" in reader.browser.get(unescape(following[1])).text
    assert "Back to the board" in reader.browser.get(unescape(following[1])).text
    answered = respond(reader, first, sentence="Good")
    assert "Back to the board" in reader.browser.get(answered.location).text


def test_without_the_board_a_work_leads_back_to_the_list(app: Flask, enter: Enter) -> None:
    hand_in(enter(sub="1", name="Ana"))

    page = words_of(trainer(enter).get(f"submissions/{submission_ids(app)[0]}"))

    assert "All work in this course" in page
    assert "Back to the board" not in page


@pytest.mark.parametrize("activity", ["exercise/needs-matrix", "unit/facilitating-groups", "community/practice"])
def test_a_trainer_finds_the_board_from_every_activity_and_a_trainee_from_none(enter: Enter, activity: str) -> None:
    words = "The board: how far everybody is"

    assert words in words_of(trainer(enter, activity=activity).get())
    assert words not in words_of(enter(sub="1", activity=activity).get())


# Who reads it


@pytest.mark.parametrize("path", ["board", "board.csv", "board?of=needs-matrix&shown=people"])
def test_a_trainee_reads_nothing_of_it(enter: Enter, path: str) -> None:
    hand_in(enter(sub="1", name="Ana"))
    other = enter(sub="2", name="Bea")

    answer = other.get(path)

    assert answer.status_code == 403
    assert "Ana" not in answer.text


@pytest.mark.parametrize("other", [{"course": "another"}, {"issuer": "http://localhost:8200"}])
def test_a_trainer_of_elsewhere_reads_nothing_of_it_by_no_id(app: Flask, enter: Enter, other: dict[str, str]) -> None:
    hand_in(enter(sub="1", name="Ana"))
    number, elsewhere = submission_ids(app)[0], trainer(enter, **other)

    for path in ("board", "board?shown=people", "board.csv?shown=people"):
        assert "Ana" not in elsewhere.get(path).text
    for exercise in ("needs-matrix", OTHER):
        assert elsewhere.get(f"submissions/{number}?of={exercise}&board=").status_code == 404


def test_an_address_names_the_exercise_for_trainers_alone(app: Flask, enter: Enter) -> None:
    hand_in(enter(sub="1", name="Ana"))
    trainee = enter(sub="2", name="Bea", activity=f"exercise/{OTHER}")

    assert trainee.get(f"submissions/{submission_ids(app)[0]}?of=needs-matrix").status_code == 403
    assert "Needs matrix" not in trainee.get("exercise?of=needs-matrix").text
    assert trainer(enter).get(f"submissions/{submission_ids(app)[0]}?of=unknown").status_code == 404


# As a file


def test_the_file_says_what_the_board_says_and_nothing_in_it_is_a_formula(enter: Enter) -> None:
    hand_in(enter(sub="1", name="=HYPERLINK(A1)"))
    for sub, name in (("2", "Ελένη"), ("3", "مريم"), ("4", "@Dan")):
        enter(sub=sub, name=name)

    file = trainer(enter).get("board.csv")

    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert file.headers["Content-Disposition"] == "attachment; filename=board.csv"
    assert list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"), newline=""))) == [
        ["Person", "Needs matrix"],
        ["'@Dan", "Not begun"],
        ["'=HYPERLINK(A1)", "Handed in"],
        ["Ελένη", "Not begun"],
        ["مريم", "Not begun"],
    ]


def test_the_file_has_what_was_chosen(enter: Enter) -> None:
    hand_in(enter(sub="1", name="Ana"))
    enter(sub="2", name="Bea")

    assert trainer(enter).get("board.csv?state=handed_in").text.splitlines()[1:] == ["Ana,Handed in"]


# What it costs


def test_the_board_takes_as_many_queries_for_four_people_and_exercises_as_for_one(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    hand_in(enter(sub="0"))
    with statements(app) as for_one:
        reader.get("board?shown=people")
    for number in range(1, 4):
        hand_in(enter(sub=str(number)))
        began = enter(sub=str(number), activity=f"exercise/{OTHER}")
        assert send(began, new_id(), "actors cards", actor="The council").status_code == 303

    with statements(app) as for_four:
        reader.get("board?shown=people")

    assert len(for_four) == len(for_one)
    assert not [one for one in for_four if "notes" in one]
