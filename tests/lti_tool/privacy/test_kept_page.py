"""What a person reads of what is kept about them, and the copy that they fetch."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import LargeBinary

from lti_tool.database import Base
from lti_tool.privacy.catalogue import EVERYTHING
from tests.lti_tool.community.files.attaching import post_with
from tests.lti_tool.community.lending_a_hand import close, held_form
from tests.lti_tool.community.talking import member, post, reply
from tests.lti_tool.community.talking import trainer as community_trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import submission_ids, trainer
from tests.lti_tool.privacy.asking import unpacked
from tests.lti_tool.privacy.somebody import enter as enter_zoe
from tests.lti_tool.privacy.somebody import leave_something_everywhere
from tests.lti_tool.reading import words_in, words_of
from tests.lti_tool.reviews.releasing import release
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.watching import statements

Enter = Callable[..., Client]
FILES = [
    (table.name, column)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, LargeBinary)
]
HEADINGS = {
    "en": "What is kept about me",
    "es": "Qué se guarda sobre mí",
    "pt": "O que se guarda sobre mim",
    "el": "Τι φυλάσσεται για μένα",
    "ar": "ما يُحفظ عني",
    "fr": "Ce qui est conservé sur moi",
}


def entry(client: Client, key: str) -> str:
    """Give what the page says of one kind."""
    found = re.search(rf'<section class="one" id="kept-{key}">(.*?)</section>', client.get("kept").text, re.DOTALL)
    return words_in(found[1]) if found else ""


def copy_of(client: Client) -> dict[str, object]:
    return dict(unpacked(client.get("kept/copy").data))


@pytest.mark.parametrize(("language", "heading"), HEADINGS.items())
def test_every_page_leads_there_in_the_readers_language(sqlite_enter: Enter, language: str, heading: str) -> None:
    client = sqlite_enter(locale=language)

    foot = re.search(r'<footer class="foot"><a href="([^"]+)">([^<]+)</a></footer>', client.get().text)
    page = client.get("kept")

    assert foot is not None
    assert foot.groups() == (f"/l/{client.launch_id}/kept", heading)
    assert f"<h1>{heading}</h1>" in page.text


def test_it_says_how_much_there_is_who_sees_it_how_long_and_what_becomes_of_it(enter: Enter) -> None:
    ana = member(enter, "Ana")
    post(ana)
    post(ana, title="Another")

    assert entry(ana, "posts") == (
        "What you posted in the community How many entries 2 "
        "Who sees it Everybody in the community; where you chose not to be named, without your name. "
        "How long Until you change it, or it is erased. "
        "If you ask to have it erased The text stays, so that others can follow the conversation, "
        "but without your name. "
        "If you ask for it, the text is deleted too."
    )
    assert "For 30 days after the session ended." in entry(ana, "launches")
    assert entry(ana, "replies") == ""
    assert "What you replied in the community" in words_of(ana.get("kept"))


def test_everything_that_is_kept_is_told(app: Flask) -> None:
    leave_something_everywhere(app)
    client = enter_zoe(app)

    assert [kept.key for kept in EVERYTHING if not entry(client, kept.key)] == []


def test_a_copy_has_ones_own_words_and_nobody_elses(enter: Enter) -> None:
    ana, ben = member(enter, "Ana"), member(enter, "Ben")
    need = post(ana, text="Ana asks.")
    reply(ben, need, "Ben answers.")

    answer = ben.get("kept/copy")

    assert answer.headers["Content-Disposition"] == "attachment; filename=kept.zip"
    assert answer.headers["Cache-Control"] == "no-store"
    said = unpacked(answer.data)
    [theirs] = said["replies"]["items"]
    assert (theirs["text"], theirs["post"]) == ("Ben answers.", "Who knows a time bank?")
    assert "Ana" not in str(said)


def test_whether_help_held_is_in_the_copy_of_who_said_so(enter: Enter, ticker: Ticker) -> None:
    ana, teacher = member(enter, "Ana"), community_trainer(enter)
    outcome = close(teacher, post(ana), "A time bank began.")
    ticker.move(days=31)
    ana, teacher = member(enter, "Ana"), community_trainer(enter)
    assert ana.post(f"community/outcomes/{outcome}/held", **held_form(text="It grows.")).status_code == 303

    assert "It grows." in str(copy_of(ana))
    assert "A time bank began." not in str(copy_of(ana))
    assert "A time bank began." in str(copy_of(teacher))
    assert "It grows." not in str(copy_of(teacher))


def test_what_one_wrote_without_ones_name_is_in_ones_own_copy_alone(enter: Enter) -> None:
    ana, ben = member(enter, "Ana"), member(enter, "Ben")
    need = post(ana, text="Ana asks.", is_nameless="1")
    reply(ben, need, "Ben answers.")

    assert "Ana asks." in str(copy_of(ana))
    assert "Ana" not in str(copy_of(ben))


def test_files_are_beside_it(app: Flask, enter: Enter) -> None:
    ana = member(enter, "Ana")
    post_with(ana, ("plan.txt", b"A plan."))

    [row] = unpacked(ana.get("kept/copy").data)["files"]["items"]

    with ZipFile(BytesIO(ana.get("kept/copy").data)) as archive:
        assert archive.read(f"files/{row['id']}.txt") == b"A plan."


def test_the_page_reads_no_files_into_memory(app: Flask) -> None:
    leave_something_everywhere(app)
    client = enter_zoe(app)

    with statements(app) as sent:
        client.get("kept")

    columns = {f"{table}.{column.name}" for table, column in FILES}
    assert {"files.content", "photos.whole"} <= columns
    assert [column for column in columns if any(column in statement for statement in sent)] == []


def test_a_mark_stands_in_the_administrators_copy_alone(app: Flask, enter: Enter) -> None:
    ana = enter(sub="ana", name="Ana")
    hand_in(ana)
    release(trainer(enter), submission_ids(app)[0], mark="80", sentence="Well said.")

    own = copy_of(ana)

    assert "Well said." in str(own["feedback"])
    assert not {"marks", "deliveries", "held_grades", "own_marks"} & set(own)
    assert "Not in the one from this page" in entry(ana, "marks")


def test_a_stranger_gets_nothing(app: Flask, enter: Enter) -> None:
    ana = member(enter, "Ana")
    stranger = app.test_client()

    for path in ("kept", "kept/copy"):
        assert stranger.get(f"/l/{ana.launch_id}/{path}").status_code == 401
