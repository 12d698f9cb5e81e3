"""Scores and results, with Moodle's quirks."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.demo.moodle.claims import MEMBERSHIPS, RESULT, SCORE
from lti_tool.demo.moodle.faults import DROP, LOSE
from lti_tool.demo.moodle.placing import Column
from lti_tool.demo.moodle.tables import Enrolment, Grade, GradeItem
from tests.lti_tool.demo.classroom import NOON, SCORE_TYPE, Classroom, Json, at

RESULTS_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"


@dataclass
class Gradebook:
    """A column, and the ways a tool has to it."""

    classroom: Classroom
    item_id: int
    url: str

    def send(self, *, media_type: str = SCORE_TYPE, scope: str = SCORE, **changes: object) -> TestResponse:
        body = {
            "userId": str(self.classroom.seeded.people["trainee1"]),
            "timestamp": at(0),
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "scoreGiven": 8,
            "scoreMaximum": 10,
            **changes,
        }
        sent = {key: value for key, value in body.items() if value is not None}
        return self.classroom.call("POST", self.address("scores"), scope, media_type, sent)

    def results(self, **query: object) -> list[Json]:
        found = self.classroom.call("GET", self.address("results", **query), RESULT, RESULTS_TYPE).json
        assert isinstance(found, list)
        return found

    def address(self, resource: str, **query: object) -> str:
        """Put the resource before the query, where it has to go."""
        path, sign, own = self.url.partition("?")
        return f"{path}/{resource}{sign}{own}" + "".join(f"&{key}={value}" for key, value in query.items())

    def change(self, act: Callable[[GradeItem, Grade | None], None]) -> None:
        with self.classroom.site.session() as db:
            act(db.get_one(GradeItem, self.item_id), db.scalars(select(Grade)).first())


@pytest.fixture
def book(classroom: Classroom) -> Gradebook:
    module_id, activity_id = classroom.place(Column(maximum=50))
    claims = classroom.launch("trainee1", module_id)
    endpoint = claims["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"]
    return Gradebook(classroom, classroom.column_of(activity_id), endpoint["lineitem"])


def test_a_score_is_scaled_to_the_columns_maximum(book: Gradebook) -> None:
    answer = book.send(scoreGiven=8, scoreMaximum=10, comment="Well done")

    result = book.results()[0]
    assert (answer.status_code, answer.text) == (200, "")
    assert answer.content_type == f"{SCORE_TYPE}; charset=utf-8"
    assert (result["resultScore"], result["resultMaximum"]) == (40, 50)
    assert (result["comment"], result["timestamp"]) == ("Well done", at(0))


def test_a_score_is_capped_at_the_columns_maximum(book: Gradebook) -> None:
    book.send(scoreGiven=12, scoreMaximum=10)

    assert book.results()[0]["resultScore"] == 50


@pytest.mark.parametrize(
    "changes",
    [
        {"userId": None},
        {"timestamp": None},
        {"timestamp": "yesterday"},
        {"timestamp": NOON},
        {"activityProgress": None},
        {"gradingProgress": None},
        {"scoreMaximum": None},
        {"scoreMaximum": "ten"},
        {"scoreGiven": "eight"},
        {"scoreGiven": True},
        {"userId": "nobody"},
        {"userId": "9999"},
        {"userId": "2"},
        {"userId": "3"},
    ],
    ids=str,
)
def test_every_other_score_is_incorrect(book: Gradebook, changes: Json) -> None:
    answer = book.send(**changes)

    assert answer.status == "400 Incorrect score received"
    assert answer.text == "[]"


def test_a_suspended_trainee_is_graded_all_the_same(book: Gradebook) -> None:
    with book.classroom.site.session() as db:
        person = book.classroom.seeded.people["trainee1"]
        db.scalars(select(Enrolment).filter_by(user_id=person)).one().suspended = True

    assert book.send().status_code == 200


@pytest.mark.parametrize("seconds", [-1, 0, 0.9])
def test_a_score_that_is_not_a_second_newer_is_refused(book: Gradebook, seconds: float) -> None:
    book.send()

    answer = book.send(timestamp=at(seconds), scoreGiven=1)

    assert (answer.status_code, answer.text) == (409, "[]")
    assert book.results()[0]["resultScore"] == 40


def test_a_newer_score_replaces_the_grade(book: Gradebook) -> None:
    book.send()

    answer = book.send(timestamp=at(1), scoreGiven=1)

    assert answer.status_code == 200
    assert book.results()[0]["resultScore"] == 5


@pytest.mark.parametrize("change", [{"gradingProgress": "Pending"}, {"scoreGiven": None}], ids=str)
def test_a_score_that_is_not_final_clears_grade_and_comment(book: Gradebook, change: Json) -> None:
    book.send(comment="Well done")

    answer = book.send(timestamp=at(1), **change)

    assert answer.status_code == 200
    assert book.results() == []


def test_a_comment_without_a_score_stays_with_the_sites_time(book: Gradebook) -> None:
    book.classroom.clock.time = NOON + 100
    book.send(scoreGiven=None, comment="Nearly there")

    assert book.send(timestamp=at(100)).status_code == 409
    assert book.send(timestamp=at(101)).status_code == 200


def test_the_same_comment_again_keeps_its_time(book: Gradebook) -> None:
    book.send(scoreGiven=None, comment="Nearly there")
    book.classroom.clock.time = NOON + 100

    book.send(timestamp=at(50), scoreGiven=None, comment="Nearly there")

    assert book.send(timestamp=at(51)).status_code == 200


def test_a_locked_column_answers_500(book: Gradebook) -> None:
    book.change(lambda item, _grade: setattr(item, "locked", True))

    answer = book.send()

    assert (answer.status_code, answer.text) == (500, "[]")


def test_a_locked_grade_answers_500(book: Gradebook) -> None:
    book.send()
    book.change(lambda _item, grade: setattr(grade, "locked", True))

    assert book.send(timestamp=at(1)).status_code == 500


def test_an_overridden_grade_answers_200_and_stays(book: Gradebook) -> None:
    book.send()
    book.change(lambda _item, grade: setattr(grade, "overridden", True))

    answer = book.send(timestamp=at(1), scoreGiven=1)

    assert answer.status_code == 200
    assert book.results()[0]["resultScore"] == 40


def test_results_leave_out_a_grade_of_zero(book: Gradebook) -> None:
    book.send(scoreGiven=0, comment="Try again")

    person = book.classroom.seeded.people["trainee1"]
    assert book.results() == [{"id": book.address("results", user_id=person), "userId": str(person)}]


def test_results_can_be_asked_for_one_person(book: Gradebook) -> None:
    people = book.classroom.seeded.people
    book.send()
    book.send(userId=str(people["trainee2"]))

    results = book.results(user_id=people["trainee2"])

    assert [result["userId"] for result in results] == [str(people["trainee2"])]


def test_paged_results_fail(book: Gradebook) -> None:
    book.send()

    answer = book.classroom.call("GET", book.address("results", limit=1), RESULT, RESULTS_TYPE)

    assert answer.status_code == 500


def test_the_resource_goes_before_the_query(book: Gradebook) -> None:
    answer = book.classroom.call("POST", f"{book.url}/scores", SCORE, SCORE_TYPE, {})

    assert answer.status_code == 400
    assert answer.text != "[]"


@pytest.mark.parametrize(
    "media_type",
    ["application/json", f"{SCORE_TYPE}, */*", "application/vnd.ims.lis.v1.scorecontainer+json", ""],
)
def test_a_score_has_one_media_type(book: Gradebook, media_type: str) -> None:
    assert book.send(media_type=media_type).status_code == 400


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        (RESULTS_TYPE, 200),
        (None, 200),
        ("*/*", 200),
        ("application/json", 400),
        (f"{RESULTS_TYPE}, application/json", 400),
    ],
)
def test_accept_is_exactly_one_media_type(book: Gradebook, accept: str | None, status: int) -> None:
    assert book.classroom.call("GET", book.address("results"), RESULT, accept).status_code == status


@pytest.mark.parametrize("scope", [RESULT, MEMBERSHIPS])
def test_a_score_needs_its_scope(book: Gradebook, scope: str) -> None:
    answer = book.send(scope=scope)

    assert answer.status_code == 401
    assert answer.json == {
        "status": 401,
        "reason": "Unauthorized",
        "request": {
            "method": "POST",
            "url": book.address("scores").removeprefix("http://localhost:8100"),
            "contentType": SCORE_TYPE,
        },
    }


def test_a_token_ends_after_an_hour(book: Gradebook) -> None:
    headers = {"Authorization": f"Bearer {book.classroom.token(RESULT)}", "Accept": RESULTS_TYPE}
    path = book.address("results").removeprefix("http://localhost:8100")
    browser = book.classroom.app.test_client()
    in_time = browser.get(path, headers=headers).status_code
    book.classroom.clock.time += 3600

    late = browser.get(path, headers=headers).status_code

    assert (in_time, late) == (200, 401)


def test_a_token_is_for_its_own_tool(book: Gradebook) -> None:
    other = book.url.replace("type_id=1", "type_id=2") + "&"

    answer = book.classroom.call("GET", other.replace("?", "/results?"), RESULT, RESULTS_TYPE)

    assert answer.status_code == 401


def test_the_token_of_a_deleted_tool_opens_nothing(book: Gradebook) -> None:
    headers = {"Authorization": f"Bearer {book.classroom.token(RESULT)}"}
    book.classroom.change_tool("delete")

    answer = book.classroom.app.test_client().get(
        book.address("results").removeprefix("http://localhost:8100"), headers=headers
    )

    assert answer.status_code == 401


@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_scores_are_only_posted(book: Gradebook, method: str) -> None:
    answer = book.classroom.call(method, book.address("scores"), SCORE, SCORE_TYPE, {})

    assert answer.status_code == 405


def test_an_unknown_column_or_course_is_404(book: Gradebook) -> None:
    item = book.url.replace(f"/{book.item_id}/", "/999/").replace("?", "/results?")
    course = book.url.replace("/2/lineitems", "/999/lineitems").replace("?", "/results?")

    statuses = [book.classroom.call("GET", path, RESULT, RESULTS_TYPE).status_code for path in (item, course)]

    assert statuses == [404, 404]


def test_an_ordered_loss_does_the_work_and_closes_the_connection(book: Gradebook) -> None:
    book.classroom.app.extensions["faults"]["scores"] = [DROP, LOSE]

    with pytest.raises(ConnectionAbortedError):
        book.send()
    before = book.results()
    with pytest.raises(ConnectionAbortedError):
        book.send()

    assert before == []
    assert book.results()[0]["resultScore"] == 40
