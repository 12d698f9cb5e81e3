"""Cohorts are made, found, filled and left."""

from typing import Any

from tests.lti_tool.demo.classroom import Classroom
from tests.lti_tool.demo.webservice.calling import call, cohort, member, variables


def test_cohorts_are_made_found_and_filled(site: Classroom) -> None:
    made = call(site, "core_cohort_create_cohorts", variables=variables("cohorts", cohort(1), cohort(2)))
    rows = [member("cohort-1", name) for name in ("trainee1", "trainee1", "nobody")] + [member("other", "trainee1")]
    answer = call(site, "core_cohort_add_cohort_members", variables=variables("members", *rows))

    found: Any = call(
        site, "core_cohort_search_cohorts", query="COHORT-", variables={"context[contextlevel]": "system"}
    )
    (members,) = call(site, "core_cohort_get_cohort_members", variables={"cohortids[0]": made[0]["id"]})
    assert [cohort["name"] for cohort in found["cohorts"]] == ["Cohort & 1", "Cohort & 2"]
    assert [warning["warningcode"] for warning in answer["warnings"]] == ["3", "2", "2"]
    assert members["userids"] == [site.seeded.people["trainee1"]]


def test_members_leave_a_cohort(site: Classroom) -> None:
    (made,) = call(site, "core_cohort_create_cohorts", variables=variables("cohorts", cohort(1)))
    call(site, "core_cohort_add_cohort_members", variables=variables("members", member("cohort-1", "trainee1")))
    row = {"cohortid": made["id"], "userid": site.seeded.people["trainee1"]}

    for _ in range(2):
        assert call(site, "core_cohort_delete_cohort_members", variables=variables("members", row)) is None

    (members,) = call(site, "core_cohort_get_cohort_members", variables={"cohortids[0]": made["id"]})
    assert members["userids"] == []
