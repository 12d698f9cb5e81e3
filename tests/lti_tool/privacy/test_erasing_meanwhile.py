"""A person is erased while they, and others, go on writing: nobody's server breaks, and nothing of them is left."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.community.digest import ending
from lti_tool.community.digest import store as digests
from lti_tool.community.digest.rules import ENDED
from lti_tool.community.digest.tables import DigestRow
from lti_tool.database import db
from lti_tool.personal import Whose
from lti_tool.privacy import erasing
from lti_tool.privacy.commands import person
from tests.lti_tool.community.talking import member, post, reply_form
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import fields, new_id
from tests.lti_tool.privacy.asking import copied, whose
from tests.lti_tool.privacy.somebody import ISSUER, dumped
from tests.lti_tool.together import at_once, overtaking

Enter = Callable[..., Client]
TIMES = 6
OVER = 401
"""Whose session ended while they wrote is asked to open the activity again."""


def erase(app: Flask) -> list[int]:
    """Erase Ana, as whoever runs the tool does."""
    command = ["erase", "Ana Zoé", "--site", ISSUER, "--yes"]
    return [CliRunner().invoke(person, command, obj=lambda: app).exit_code]


def test_others_write_on_and_the_person_is_asked_to_come_again(app: Flask, enter: Enter) -> None:
    ana, alone, ben = member(enter, "Ana Zoé"), enter(sub="Ana Zoé", name="Ana Zoé"), member(enter, "Ben")
    need = post(ana)

    def talk(client: Client) -> list[int]:
        path = f"community/posts/{need}/replies"
        return [client.post(path, **reply_form(f"Reply {number}")).status_code for number in range(TIMES)]

    def work() -> list[int]:
        notes = (alone.post(f"exercise/notes/{new_id()}", **fields(satisfier="A well")) for _ in range(TIMES))
        return [answer.status_code for answer in notes]

    erased, of_ben, of_ana, of_work = at_once(app, lambda: erase(app), lambda: talk(ben), lambda: talk(ana), work)

    assert erased == [0]
    assert set(of_ben) == {303}
    assert {*of_ana, *of_work} <= {303, OVER}
    assert [name for name, said in dumped(app) if "Zoé" in said] == []
    assert len(copied(app, whose(ben, "Ben"))["replies"]["items"]) == TIMES


@pytest.mark.parametrize("begun", [True, False])
def test_a_note_that_is_saved_a_moment_later_names_nobody(app: Flask, enter: Enter, *, begun: bool) -> None:
    alone = enter(sub="Ana Zoé", name="Ana Zoé")
    if begun:
        alone.post(f"exercise/notes/{new_id()}", **fields(satisfier="A well"))

    with overtaking(app, lambda: erase(app)):
        answer = alone.post(f"exercise/notes/{new_id()}", **fields(satisfier="A square"))

    assert answer.status_code in (303, OVER)
    assert [name for name, said in dumped(app) if "Zoé" in said] == []


@pytest.mark.parametrize("problem", ["550", ENDED])
def test_a_mail_that_was_on_its_way_brings_nothing_back(app: Flask, enter: Enter, problem: str) -> None:
    ana = member(enter)
    ana.get("community")
    with app.app_context():
        erasing.erase(Whose(site_id=1, sub="Ana", person_id=ana.person_id), with_texts=False)
        if problem == ENDED:
            ending.end(1, ana.person_id, now())
        else:
            digests.stop(1, ana.person_id, now(), problem)
        db.session.commit()

        assert db.session.scalars(select(DigestRow)).all() == []
