"""What Moodle does with groups, groupings and cohorts that nobody would guess: it changes what it wasn't told."""

from typing import Any

import pytest

from tests.spec.mean_moodle import MeanMoodle, code

MARKDOWN, HTML = 4, 1


class MeanCircles:
    """Changes of circles."""

    @pytest.mark.parametrize("format_told", [True, False])
    def test_a_cohort_keeps_what_is_not_told_but_the_kind_of_its_text(
        self, moodle: MeanMoodle, *, format_told: bool
    ) -> None:
        given = {"description": "*Mine*", "descriptionformat": MARKDOWN, "visible": 0}
        made = moodle.cohort(f"kept{format_told}", **given)
        (cohort,) = moodle.do("core_cohort_create_cohorts", cohorts=[made])
        told = {"descriptionformat": MARKDOWN} if format_told else {}
        row = {"id": cohort["id"], "name": "Other", "idnumber": made["idnumber"], "categorytype": made["categorytype"]}

        answer = moodle.do("core_cohort_update_cohorts", cohorts=[{**row, **told}])

        (found,) = found_cohorts(moodle, made["idnumber"], moodlewssettingraw="1")
        assert answer is None
        assert (found["name"], found["description"], found["visible"]) == ("Other", "*Mine*", False)
        assert found["descriptionformat"] == (MARKDOWN if format_told else HTML)

    def test_where_a_cohort_is_told_only_to_who_asks_there(self, moodle: MeanMoodle) -> None:
        made = moodle.cohort("placed")
        moodle.do("core_cohort_create_cohorts", cohorts=[made])

        here = found_cohorts(moodle, made["idnumber"], includes="self")
        elsewhere = found_cohorts(moodle, made["idnumber"], context=CATEGORY, includes="self")

        assert (len(here), elsewhere) == (1, [])
        assert not {"contextid", "categoryid"} & here[0].keys()

    def test_a_group_takes_no_idnumber_of_another(self, moodle: MeanMoodle) -> None:
        one, other = moodle.group("First"), moodle.group("Second")
        rows = [{"id": group["id"], "name": group["name"]} for group in groups(moodle) if group["id"] in (one, other)]
        moodle.do("core_group_update_groups", groups=[{**rows[0], "idnumber": "taken"}])

        answer = moodle.call("core_group_update_groups", groups=[{**rows[1], "idnumber": "taken"}])

        assert code(answer) == "idnumbertaken"

    def test_a_grouping_without_an_idnumber_is_made_and_answered_with_an_error(self, moodle: MeanMoodle) -> None:
        row = {"courseid": moodle.course, "name": f"Unnumbered {moodle.mark}", "description": ""}

        answer = moodle.call("core_group_create_groupings", groupings=[row])

        there = moodle.do("core_group_get_course_groupings", courseid=moodle.course)
        assert code(answer) == "invalidresponse"
        assert row["name"] in [grouping["name"] for grouping in there]

    def test_a_grouping_without_groups_has_no_list_of_them(self, moodle: MeanMoodle) -> None:
        group = moodle.group("Assigned")
        row = {"courseid": moodle.course, "name": f"Listed {moodle.mark}", "description": "", "idnumber": moodle.mark}
        (made,) = moodle.do("core_group_create_groupings", groupings=[row])
        assignment = {"groupingid": made["id"], "groupid": group}

        (before,) = moodle.do("core_group_get_groupings", groupingids=[made["id"]], returngroups=1)
        twice = [moodle.do("core_group_assign_grouping", assignments=[assignment]) for _ in range(2)]
        (after,) = moodle.do("core_group_get_groupings", groupingids=[made["id"]], returngroups=1)

        assert ("groups" in before, twice) == (False, [None, None])
        assert [inside["id"] for inside in after["groups"]] == [group]


CATEGORY = {"contextlevel": "coursecat", "instanceid": 1}
SYSTEM = {"contextlevel": "system"}


def groups(moodle: MeanMoodle) -> list[dict[str, Any]]:
    """Give the groups of the course."""
    found: list[dict[str, Any]] = moodle.do("core_group_get_course_groups", courseid=moodle.course)
    return found


def found_cohorts(moodle: MeanMoodle, query: str, **more: object) -> list[dict[str, Any]]:
    """Search for cohorts."""
    asked = {"context": SYSTEM, "includes": "all", **more}
    found: list[dict[str, Any]] = moodle.do("core_cohort_search_cohorts", query=query, **asked)["cohorts"]
    return found
