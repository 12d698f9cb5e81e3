"""Answers that leave whoever asked in doubt, ordered for the next calls of a function."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.demo.moodle.faults import DROP, LOSE, PATIENCE, Fault, Held, after, cut
from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice.doubts import expire, fault_of, invalid
from tests.listening import listening
from tests.lti_tool.demo.classroom import Classroom, sesskey
from tests.lti_tool.demo.webservice.calling import ANA, INVALID, TOKEN, call, errorcode

CREATE = "core_user_create_users"
INFO = "core_webservice_get_site_info"
FORM = {"wstoken": TOKEN, "wsfunction": CREATE, "moodlewsrestformat": "json", **ANA}


@pytest.fixture
def address(site: Classroom) -> Iterator[str]:
    """Serve the site on a port of its own."""
    with listening(site.app) as url:
        yield url


def create(site: Classroom) -> TestResponse:
    return site.app.test_client().post("/webservice/rest/server.php", data=FORM)


def was_done(site: Classroom) -> bool:
    with site.site.session() as db:
        return db.scalars(select(User).filter_by(username="ana")).first() is not None


def order(site: Classroom, words: str) -> TestResponse:
    admin = site.walk_in("admin")
    return admin.post("/admin/faults.php", data={"sesskey": sesskey(admin), "function": CREATE, "faults": words})


def test_an_answer_can_be_lost_after_the_work(site: Classroom) -> None:
    site.app.extensions["faults"]["core_user_create_users"] = [DROP, LOSE]
    for _ in range(2):
        with pytest.raises(ConnectionAbortedError):
            call(site, "core_user_create_users", variables=ANA)

    assert call(site, "core_user_create_users", variables=ANA) == INVALID


@pytest.mark.parametrize(
    ("fault", "status", "done"),
    [(502, 502, False), (403, 403, False), (after(504), 504, True), (after(500), 500, True)],
)
def test_a_status_comes_before_the_work_or_after_it(site: Classroom, fault: Fault, status: int, done: bool) -> None:  # noqa: FBT001  # a table's column
    site.app.extensions["faults"][CREATE] = [fault]

    assert create(site).status_code == status
    assert was_done(site) == done


def test_an_answer_that_is_not_as_described_comes_after_the_work(site: Classroom) -> None:
    site.app.extensions["faults"][CREATE] = [invalid]

    answer = json.loads(create(site).text)

    assert errorcode(answer) == "invalidresponse"
    assert was_done(site)


def test_half_an_answer_comes_after_the_work(site: Classroom) -> None:
    site.app.extensions["faults"][CREATE] = [cut]

    answer = create(site).text

    assert answer.startswith('[{"id": ')
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer)
    assert was_done(site)


def test_a_token_can_run_out_in_the_middle(site: Classroom) -> None:
    site.app.extensions["faults"][CREATE] = [expire]
    before = call(site, INFO)["username"]

    codes = [errorcode(json.loads(create(site).text)) for _ in range(2)]

    assert (before, codes) == ("admin", ["accessexception", "invalidtoken"])
    assert not was_done(site)


def test_an_answer_can_be_held_back(site: Classroom, address: str) -> None:
    held = Held()
    site.app.extensions["faults"][CREATE] = [held]
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(requests.post, f"{address}/webservice/rest/server.php", data=FORM, timeout=PATIENCE)
        held.done.wait(PATIENCE)

        done, answered = was_done(site), asked.done()
        held.let_go.set()

    assert (done, answered) == (True, False)
    assert asked.result().json()[0]["username"] == "ana"


def test_the_administrator_orders_faults_from_another_process(site: Classroom) -> None:
    assert order(site, "503 503-after invalid").status_code == 302
    shown = site.walk_in("admin").get("/admin/faults.php").text
    statuses = [create(site).status_code, create(site).status_code]

    assert f"{CREATE}: 3 to come" in shown
    assert statuses == [503, 503]
    assert was_done(site)


def test_an_empty_order_takes_the_last_one_back(site: Classroom) -> None:
    order(site, "503")
    order(site, "")

    assert create(site).status_code == 200
    assert "Nothing is ordered." in site.walk_in("admin").get("/admin/faults.php").text


@pytest.mark.parametrize("words", ["slow", "200", "503-before", "lose 700"])
def test_what_is_not_known_is_not_ordered(site: Classroom, words: str) -> None:
    assert order(site, words).status_code == 400
    assert create(site).status_code == 200


def test_nobody_else_orders_faults(site: Classroom) -> None:
    trainer = site.walk_in("trainer")

    assert trainer.get("/admin/faults.php").status_code == 403
    assert trainer.post("/admin/faults.php", data={"sesskey": sesskey(trainer)}).status_code == 403
    assert site.walk_in("admin").post("/admin/faults.php").status_code == 403


@pytest.mark.parametrize("word", ["drop", "lose", "cut", "invalid", "expire", "500", "502-after"])
def test_each_word_is_a_fault(word: str) -> None:
    assert fault_of(word) is not None
