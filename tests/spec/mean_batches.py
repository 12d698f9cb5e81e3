"""One bad row in a batch: what happens to the good ones, function by function."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.spec.mean_moodle import BAD, MeanMoodle, Rows, code, said

Batch = Callable[[MeanMoodle, str], tuple[dict[str, Any], Callable[[], bool]]]
"""Given a name of its own, writes a function's arguments, a good row and a bad one, and tells if the good was done."""


def accounts(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    good = moodle.account(name)
    bad = moodle.account(f"{name}-bad", email=good["email"].upper())
    return {"users": [good, bad]}, lambda: bool(moodle.find("username", good["username"]))


def categories(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    good = {"name": name, "idnumber": f"{name}-{moodle.mark}", "parent": moodle.category}
    criteria = [{"key": "idnumber", "value": good["idnumber"]}]
    return (
        {"categories": [good, {"name": "bad", "parent": BAD}]},
        lambda: bool(moodle.do("core_course_get_categories", criteria=criteria)),
    )


def courses(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    good = {"fullname": name, "shortname": f"{name}-{moodle.mark}", "categoryid": moodle.category}
    found = {"field": "shortname", "value": good["shortname"]}
    return (
        {"courses": [good, {**good, "fullname": "bad"}]},
        lambda: bool(moodle.do("core_course_get_courses_by_field", **found)["courses"]),
    )


def groups(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    good = {"courseid": moodle.course, "name": name, "description": ""}

    def is_done() -> bool:
        found = moodle.do("core_group_get_course_groups", courseid=moodle.course)
        return name in [group["name"] for group in found]

    return {"groups": [good, good]}, is_done


def new_members(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    person, group = moodle.make(name), moodle.group(name)
    moodle.enrol(person)
    rows = [{"groupid": group, "userid": number} for number in (person, BAD)]
    return {"members": rows}, lambda: moodle.members(group) == [person]


def old_members(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    arguments, is_in = new_members(moodle, name)
    moodle.do("core_group_add_group_members", members=arguments["members"][:1])
    return arguments, lambda: not is_in()


def new_places(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    person = moodle.make(name)
    return {"enrolments": [moodle.place(person), moodle.place(BAD)]}, lambda: person in moodle.inside()


def old_places(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    arguments, is_in = new_places(moodle, name)
    moodle.do("enrol_manual_enrol_users", enrolments=arguments["enrolments"][:1])
    rows = [{"userid": row["userid"], "courseid": row["courseid"]} for row in arguments["enrolments"]]
    return {"enrolments": rows}, lambda: not is_in()


def new_roles(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    person = moodle.make(name)
    moodle.enrol(person)
    rows = [moodle.role(person, moodle.teacher), moodle.role(person, BAD)]
    return {"assignments": rows}, lambda: moodle.teacher in moodle.roles(person)


def old_roles(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    person = moodle.make(name)
    moodle.enrol(person)
    rows = [moodle.role(person, moodle.student), moodle.role(person, BAD)]
    return {"unassignments": rows}, lambda: not moodle.roles(person)


def cohorts(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    good, place = moodle.cohort(name), {"contextlevel": "system"}
    return (
        {"cohorts": [good, good]},
        lambda: bool(moodle.do("core_cohort_search_cohorts", query=good["idnumber"], context=place)["cohorts"]),
    )


def old_cohort_members(moodle: MeanMoodle, name: str) -> tuple[dict[str, Any], Callable[[], bool]]:
    person = moodle.make(name)
    cohort = moodle.do("core_cohort_create_cohorts", cohorts=[moodle.cohort(name)])[0]["id"]
    kinds = {"cohorttype": {"type": "id", "value": cohort}, "usertype": {"type": "id", "value": person}}
    moodle.do("core_cohort_add_cohort_members", members=[kinds])
    rows = [{"cohortid": cohort, "userid": number} for number in (person, BAD)]
    return {"members": rows}, lambda: moodle.cohort_members(cohort) == []


WHOLE_OR_NOT: dict[str, tuple[Batch, str]] = {
    "core_user_create_users": (accounts, "invalidparameter"),
    "core_course_create_categories": (categories, "unknowcategory"),
    "core_course_create_courses": (courses, "shortnametaken"),
    "core_group_create_groups": (groups, "invalidparameter"),
    "core_group_add_group_members": (new_members, "invaliduser"),
    "core_group_delete_group_members": (old_members, "invaliduser"),
    "enrol_manual_enrol_users": (new_places, "invaliduser"),
    "enrol_manual_unenrol_users": (old_places, "invaliduser"),
    "core_role_assign_roles": (new_roles, "invalidparameter"),
    "core_role_unassign_roles": (old_roles, "invalidparameter"),
    "core_cohort_create_cohorts": (cohorts, "invalidparameter"),
    "core_cohort_delete_cohort_members": (old_cohort_members, "invaliduser"),
}
"""Functions whose batches are done whole or not at all, and the first error that they tell."""


class MeanBatches:
    """Batches with one bad row."""

    @pytest.mark.parametrize("function", WHOLE_OR_NOT)
    def test_one_bad_row_and_nothing_is_done(self, moodle: MeanMoodle, function: str) -> None:
        batch, expected = WHOLE_OR_NOT[function]
        arguments, is_done = batch(moodle, function.replace("_", ""))

        answer = moodle.call(function, **arguments)

        assert code(answer) in said(expected)
        assert not is_done()

    @pytest.mark.parametrize("function", WHOLE_OR_NOT)
    def test_without_the_bad_row_it_is_done(self, moodle: MeanMoodle, function: str) -> None:
        batch, _ = WHOLE_OR_NOT[function]
        arguments, is_done = batch(moodle, f"good{function.replace('_', '')}")
        (name, rows) = next(iter(arguments.items()))

        moodle.do(function, **{name: rows[:1]})

        assert is_done()

    def test_an_error_names_no_row(self, moodle: MeanMoodle) -> None:
        arguments, _ = accounts(moodle, "unnamed")

        answer = moodle.call("core_user_create_users", **arguments)

        assert set(answer) == {"exception", "errorcode", "message"}
        assert "unnamed" not in answer["message"]

    def test_changes_of_accounts_go_on_after_a_bad_row(self, moodle: MeanMoodle) -> None:
        first, second, third = (moodle.make(name) for name in ("change1", "change2", "change3"))
        taken = {"id": second, "email": moodle.account("change1")["email"].upper()}
        rows: Rows = [
            taken,
            {"id": second, "email": "nowhere"},
            {"id": BAD},
            {"id": second, "username": moodle.account("change1")["username"]},
        ]

        answer = moodle.do("core_user_update_users", users=[*rows, {"id": third, "idnumber": f"new-{moodle.mark}"}])

        warnings = [(warning["itemid"], warning["warningcode"]) for warning in answer["warnings"]]
        assert warnings == [
            (second, "useremailduplicate"),
            (second, "useremailinvalid"),
            (BAD, "invaliduserid"),
            (second, "dmlwriteexception"),
        ]
        assert moodle.find("idnumber", f"new-{moodle.mark}") == [third]
        assert moodle.find("id", first) == [first]

    def test_changes_of_courses_go_on_after_a_bad_row(self, moodle: MeanMoodle) -> None:
        own = {"fullname": "x", "shortname": f"changed-{moodle.mark}", "categoryid": moodle.category}
        (made,) = moodle.do("core_course_create_courses", courses=[own])
        rows = [{"id": made["id"], "shortname": f"MEAN-{moodle.mark}"}, {"id": made["id"], "fullname": "Changed"}]

        answer = moodle.do("core_course_update_courses", courses=rows)

        (found,) = moodle.do("core_course_get_courses_by_field", field="id", value=made["id"])["courses"]
        assert [warning["warningcode"] for warning in answer["warnings"]] == ["shortnametaken"]
        assert (found["fullname"], found["shortname"]) == ("Changed", own["shortname"])

    def test_cohorts_take_the_good_rows_and_warn_of_the_others(self, moodle: MeanMoodle) -> None:
        person = moodle.make("cohorter")
        (made,) = moodle.do("core_cohort_create_cohorts", cohorts=[moodle.cohort("warned")])
        by_name = {"type": "idnumber", "value": made["idnumber"]}
        user = {"type": "id", "value": person}
        rows: Rows = [
            {"cohorttype": by_name, "usertype": user},
            {"cohorttype": by_name, "usertype": user},
            {"cohorttype": by_name, "usertype": {"type": "username", "value": f"nobody-{moodle.mark}"}},
            {"cohorttype": {"type": "id", "value": BAD}, "usertype": user},
            {"cohorttype": {"type": "name", "value": "x"}, "usertype": user},
            {"cohorttype": by_name, "usertype": {"type": "email", "value": "x"}},
        ]

        answer = moodle.do("core_cohort_add_cohort_members", members=rows)

        assert [warning["warningcode"] for warning in answer["warnings"]] == ["3", "2", "2", "1", "1"]
        assert moodle.cohort_members(made["id"]) == [person]
