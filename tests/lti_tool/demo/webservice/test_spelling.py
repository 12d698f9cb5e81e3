"""On MySQL and MariaDB a row is found by other spellings of its name, as tried on a real Moodle there."""

from collections.abc import Iterator
from typing import Any

import pytest

from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.seed import seed
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.spelling import compare, compare_folded
from tests.lti_tool.demo.classroom import Classroom, Clock, FakeTool
from tests.lti_tool.demo.webservice.calling import call, cohort, course, errorcode, give_token, member, variables


@pytest.fixture
def folding(moodle_key_pem: str, tool_server: FakeTool) -> Iterator[Classroom]:
    """Give a course with people on a site that folds."""
    app = create_moodle(MoodleSettings(wwwroot="http://localhost", private_key_pem=moodle_key_pem, folds_texts=True))
    made = Classroom(app, seed(app.extensions["moodle"]), Clock(), tool_server)
    give_token(made)
    yield made
    made.site.close()


@pytest.fixture
def exact(empty_classroom: Classroom) -> Classroom:
    """Give the same on a site that doesn't."""
    give_token(empty_classroom)
    return empty_classroom


SPELLINGS = [("email", "TRAINER@Example.ORG"), ("idnumber", "PERSON-tráiner"), ("idnumber", "person-trainer  ")]


def find(site: Classroom, field: str, value: str) -> list[str]:
    found: Any = call(site, "core_user_get_users_by_field", field=field, variables={"values[0]": value})
    return [user[field] for user in found]


@pytest.mark.parametrize(("field", "value"), SPELLINGS)
def test_a_site_that_folds_finds_another_spelling(folding: Classroom, field: str, value: str) -> None:
    expected = {"email": "trainer@example.org", "idnumber": "person-trainer"}[field]

    assert find(folding, field, value) == [expected]


@pytest.mark.parametrize(("field", "value"), SPELLINGS)
def test_a_site_that_does_not_fold_finds_nobody(exact: Classroom, field: str, value: str) -> None:
    assert find(exact, field, value) == []


def test_a_name_in_another_spelling_is_taken(folding: Classroom, exact: Classroom) -> None:
    group = variables("groups", {"courseid": 2, "name": "GROUP Á", "description": ""})
    calls = {"core_course_create_courses": course(shortname="medtown"), "core_group_create_groups": group}

    refused = [errorcode(call(folding, function, variables=given)) for function, given in calls.items()]
    made = [call(exact, function, variables=given) for function, given in calls.items()]

    assert refused == ["shortnametaken", "invalidparameter"]
    assert all(len(rows) == 1 for rows in made)


def test_members_of_cohorts_are_named_in_any_spelling(folding: Classroom, exact: Classroom) -> None:
    def add(site: Classroom) -> list[str]:
        call(site, "core_cohort_create_cohorts", variables=variables("cohorts", cohort(1)))
        rows = variables("members", member("COHORT-1", "Trainee1"))
        answer: Any = call(site, "core_cohort_add_cohort_members", variables=rows)
        return [warning["warningcode"] for warning in answer["warnings"]]

    assert (add(folding), add(exact)) == ([], ["2"])


@pytest.mark.parametrize(
    ("one", "other"), [("a", "A"), ("é", "E"), ("a", "a "), ("straße", "STRASSE"), ("a b", "a\u200b b"), ("🌻", "🌞")]
)
def test_folding_takes_two_spellings_for_one(one: str, other: str) -> None:
    assert compare_folded(one, other) == 0
    assert compare(one, other) != 0


def test_texts_stay_in_their_order() -> None:
    assert [compare_folded(*pair) for pair in ("ab", "BA", "aA")] == [-1, 1, 0]
