"""What the others see, once somebody they talked and worked with is erased."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from lti_tool.community.tables import ReplyRow
from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.tables import WorkspaceRow
from lti_tool.privacy import erasing
from tests.lti_tool.community.lending_a_hand import offer
from tests.lti_tool.community.talking import change, member, post, reply, thread, trainer
from tests.lti_tool.community.writing.test_quotes import quoted, typed
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.sharing import Canvas
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation import trainers
from tests.lti_tool.giving import give
from tests.lti_tool.privacy.asking import copied, erase, whose
from tests.lti_tool.privacy.somebody import dumped
from tests.lti_tool.reading import rows_of, words_of
from tests.lti_tool.reviews.releasing import release

Enter = Callable[..., Client]


def held(app: Flask, words: str) -> list[str]:
    """Name the tables in which words stand."""
    return [name for name, said in dumped(app) if words.lower() in said.lower()]


# In the community


def test_what_they_wrote_stays_by_a_former_member(app: Flask, enter: Enter) -> None:
    ana, ben = member(enter, "Ana Zoé"), member(enter, "Ben")
    need = post(ana)
    reply(ana, need, "Ours began with ten people.")

    erase(app, whose(ana, "Ana Zoé"))

    page = words_of(thread(ben, need))
    assert "We begin one." in page
    assert "Ours began with ten people." in page
    assert "A former member" in page
    assert "Ana Zoé" not in page
    assert "A former member" in words_of(ben.get("community"))


def test_a_quote_in_anothers_reply_keeps_the_words_and_loses_the_name(app: Flask, enter: Enter) -> None:
    ana, ben = member(enter, "Ana_Zoé"), member(enter, "Ben")
    need = post(ana)
    said = reply(ben, need, typed(quoted(ben, need, need)) + "I know one.")
    change(
        ben, "replies", f"{said}/edit", text=typed(quoted(ben, need, need)) + "I know two.", version="1", language="en"
    )
    assert {"replies", "versions", "post_words"} <= set(held(app, "Zoé") + held(app, "zoe"))

    erase(app, whose(ana, "Ana_Zoé"))

    assert held(app, "Zoé") + held(app, "zoe") == []
    page = words_of(thread(ben, need))
    assert "We begin one. I know two." in page


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("chosen", ["", "Zoé"])
def test_a_quote_loses_a_chosen_name_and_a_number_too(app: Flask, enter: Enter, locale: str, chosen: str) -> None:
    ana, ben = member(enter, None, sub="ana"), member(enter, "Ben", locale=locale)
    assert ana.post("name", name=chosen or "Zoé", **({} if chosen else {"remove": "1"})).status_code == 303
    need = post(ana, text="We begin one.")
    reply(ben, need, typed(quoted(ben, need, need)) + "I know one.")
    [head] = heads(app)
    assert ("Zoé" in head) is bool(chosen)

    erase(app, whose(ana, "ana"))

    assert heads(app) == ["> We begin one."]


def heads(app: Flask) -> list[str]:
    """Give how each reply begins."""
    with app.app_context():
        return [text.split("\n")[0] for text in db.session.scalars(select(ReplyRow.text))]


def test_a_quote_of_somebody_of_the_same_name_elsewhere_keeps_it(app: Flask, enter: Enter) -> None:
    ana, other, ben = member(enter, "Ana"), member(enter, "Ana", sub="other"), member(enter, "Ben")
    post(ana, title="One")
    need = post(other, title="Two")
    reply(ben, need, typed(quoted(ben, need, need)))

    erase(app, whose(ana, "Ana"))

    assert "Ana: We begin one." in words_of(thread(ben, need))


def test_with_their_texts_a_thread_keeps_what_others_wrote(app: Flask, enter: Enter) -> None:
    ana, ben = member(enter, "Ana"), member(enter, "Ben")
    need, theirs = post(ana, text="Ana asks."), post(ben, title="What is a time bank?", kind="doubt")
    reply(ben, need, "Ask in Campolide.")
    reply(ana, theirs, "Hours for hours.")
    offer(ana, post(ben, title="Who lends a hand?"), "I could come.")

    erase(app, whose(ana, "Ana"), with_texts=True)

    assert held(app, "Ana asks") + held(app, "Hours for hours") + held(app, "I could come") == []
    assert "Ask in Campolide." in words_of(thread(ben, need))
    assert thread(ben, theirs).status_code == 200
    assert ben.get("community").status_code == 200


def test_whoever_comes_again_is_somebody_new(app: Flask, enter: Enter) -> None:
    ana = member(enter, "Ana")
    need = post(ana)

    erase(app, whose(ana, "Ana"))
    again = member(enter, "Ana")

    assert again.person_id != ana.person_id
    assert ana.get("community").status_code == 401
    assert change(again, "posts", f"{need}/delete") == 403
    assert set(copied(app, whose(again, "Ana"))) == {"account", "courses", "launches"}


def test_trainers_learn_no_more_of_what_was_nameless(app: Flask, enter: Enter) -> None:
    ana = member(enter, "Ana")
    need = post(ana, is_nameless="1")
    teacher = trainer(enter)
    assert "Ana" in words_of(thread(teacher, need))

    erase(app, whose(ana, "Ana"))

    assert "Ana" not in words_of(thread(teacher, need))


# In exercises


def test_a_groups_work_stays_whole(app: Flask, enter: Enter) -> None:
    ana, ben = enter(sub="ana", name="Ana"), enter(sub="ben", name="Ben")
    course = Course(app=app, course_id=ana.course_id)
    for person in (ana, ben):
        course.put_in(person, "12")
    course.arrange(mode=Mode.GROUP)
    canvas = Canvas(app=app, owner=f"group/{course.group('12')}")
    canvas.write(ana, "A well of Ana's")
    canvas.write(ben, "A square")
    canvas.hand_in(ben, ana)

    erase(app, whose(ana, "ana"))

    page = canvas.page(ben)
    assert "A well of Ana&#39;s" in page
    assert "A square" in page
    teacher = trainers.trainer(enter)
    [row] = rows_of(teacher.get())
    assert "Ben" in row
    assert "Ana" not in row
    assert teacher.get("board").status_code == 200
    assert release(teacher, trainers.submission_ids(app)[0]).status_code == 303
    assert {person for person, _ in trainers.deliveries(app)} == {ben.person_id}


def test_work_that_was_done_alone_goes_and_no_score_is_sent(app: Flask, enter: Enter) -> None:
    ana = enter(sub="ana", name="Ana")
    hand_in(ana)
    give(app, ana)
    teacher = trainers.trainer(enter)
    release(teacher, trainers.submission_ids(app)[0])

    erase(app, whose(ana, "ana"))

    with app.app_context():
        left = [db.session.scalar(select(func.count()).select_from(table)) for table in (WorkspaceRow, DeliveryRow)]
    assert left == [0, 0]
    assert rows_of(teacher.get()) == []


# Others


def test_what_is_kept_of_others_stays_as_it_is(app: Flask, enter: Enter) -> None:
    ana, ben = member(enter, "Ana", email="ana@example.org"), member(enter, "Ben", email="ben@example.org")
    need = post(ana)
    reply(ben, need)
    thread(ben, need)
    post(ben, title="Another")
    before = copied(app, whose(ben, "Ben"))

    erase(app, whose(ana, "Ana"))

    assert copied(app, whose(ben, "Ben")) == before


def test_erasing_breaks_off_as_a_whole(app: Flask, enter: Enter) -> None:
    ana = member(enter, "Ana")
    post(ana)
    before = copied(app, whose(ana, "Ana"))

    with app.app_context():
        erasing.erase(whose(ana, "Ana"), with_texts=True)
        db.session.rollback()

    assert copied(app, whose(ana, "Ana")) == before
