"""What Moodle says when it is asked, and what it leaves out without a word."""

import time
from typing import Any

import pytest

from tests.spec.mean_moodle import BAD, DAY, SURELY_TOO_MANY, MeanMoodle, Rows, code, said

STRINGS = "core_get_component_strings"
RAW = {"moodlewssettingraw": 1}


class MeanReads:
    """Answers that are less than they seem, or other."""

    def test_what_is_past_the_limit_of_variables_is_dropped_in_silence(self, moodle: MeanMoodle) -> None:
        person = moodle.make("cut")

        whole = moodle.find("id", 0, person)
        cut = moodle.find("id", *[0] * SURELY_TOO_MANY, person)

        assert (whole, cut) == ([person], [])

    def test_a_write_that_is_cut_between_two_rows_is_answered_as_a_whole_one(self, moodle: MeanMoodle) -> None:
        rows, group, last = self._too_many_members(moodle, "between")

        answer = moodle.do("core_group_delete_group_members", members=rows)

        assert answer is None
        assert moodle.members(group) == [last]

    def test_a_write_that_is_cut_within_a_row_is_refused(self, moodle: MeanMoodle) -> None:
        rows, group, last = self._too_many_members(moodle, "within")

        answer = moodle.call("core_group_delete_group_members", **RAW, members=rows)

        assert code(answer) == "invalidparameter"
        assert moodle.members(group) == [last]

    @staticmethod
    def _too_many_members(moodle: MeanMoodle, name: str) -> tuple[Rows, int, int]:
        """Write rows of two variables, the last of which is past any limit.

        PHP reads one more than its limit, which is even; the protocol's variables are three: one more cuts a row.
        """
        outside, last, group = moodle.make(f"{name}1"), moodle.make(f"{name}2"), moodle.group(name)
        moodle.enrol(last)
        moodle.do("core_group_add_group_members", members=[{"groupid": group, "userid": last}])
        rows = [{"groupid": group, "userid": outside}] * (SURELY_TOO_MANY // 2)
        return [*rows, {"groupid": group, "userid": last}], group, last

    def test_names_are_escaped_unless_they_are_asked_for_raw(self, moodle: MeanMoodle) -> None:
        moodle.group("Needs & more")
        named = {"field": "id", "value": moodle.course}

        def names(**setting: int) -> list[str]:
            groups = moodle.do("core_group_get_course_groups", courseid=moodle.course, **setting)
            (course,) = moodle.do("core_course_get_courses_by_field", **named, **setting)["courses"]
            return [course["fullname"], next(group["name"] for group in groups if "Needs" in group["name"])]

        assert names() == [f"Mean &amp; {moodle.mark}", f"Needs &amp; more {moodle.mark}"]
        assert names(**RAW) == [f"Mean & {moodle.mark}", f"Needs & more {moodle.mark}"]

    def test_names_of_new_groups_and_people_are_never_escaped(self, moodle: MeanMoodle) -> None:
        person = moodle.make("ampersand")
        given = {"courseid": moodle.course, "name": f"R & D {moodle.mark}", "description": ""}
        (group,) = moodle.do("core_group_create_groups", groups=[given])

        (user,) = moodle.do("core_user_get_users_by_field", field="id", values=[person])

        assert group["name"] == given["name"]
        assert user["firstname"] == "Mean & low"

    def test_names_of_cohorts_are_escaped_since_5_1(self, moodle: MeanMoodle) -> None:
        (cohort,) = moodle.do("core_cohort_create_cohorts", cohorts=[moodle.cohort("ampersand")])

        (found,) = moodle.do("core_cohort_get_cohorts", cohortids=[cohort["id"]])

        ampersand = "&amp;" if moodle.is_since_5_1 else "&"
        assert cohort["name"] == found["name"] == f"ampersand {ampersand} {moodle.mark}"

    @pytest.mark.parametrize("field", ["username", "email", "idnumber"])
    def test_who_is_not_found_is_left_out(self, moodle: MeanMoodle, field: str) -> None:
        person = moodle.make(f"by{field}")
        known = moodle.account(f"by{field}")[field]

        assert moodle.find(field, f"nobody-{moodle.mark}@example.org", known) == [person]

    def test_one_username_in_capitals_spoils_the_whole_question(self, moodle: MeanMoodle) -> None:
        name = moodle.account("trainer")["username"]

        answer = moodle.call("core_user_get_users_by_field", field="username", values=[name, name.title()])

        assert code(answer) == "invalidparameter"

    def test_accounts_tell_how_they_sign_in_and_their_language(self, moodle: MeanMoodle) -> None:
        person = moodle.make("told", auth="nologin")

        (user,) = moodle.do("core_user_get_users_by_field", field="id", values=[person])

        assert {key: user[key] for key in ("auth", "suspended", "lang")} == {
            "auth": "nologin",
            "suspended": False,
            "lang": "en",
        }

    def test_participants_tell_neither_language_nor_whether_they_are_suspended(self, moodle: MeanMoodle) -> None:
        person = moodle.make("silent")
        moodle.enrol(person)

        told = moodle.inside("username", "lang", "auth", "suspended", "roles")[person]

        assert set(told) == {"id", "fullname", "username", "roles"}

    def test_a_field_that_is_not_known_spoils_the_whole_list(self, moodle: MeanMoodle) -> None:
        options = [{"name": "userfields", "value": "username,colour"}]

        answer = moodle.call("core_enrol_get_enrolled_users", courseid=moodle.course, options=options)

        assert code(answer) == "invaliduserfield"

    def test_active_are_those_whose_enrolment_is_in_force(self, moodle: MeanMoodle) -> None:
        now = int(time.time())
        dates: dict[str, dict[str, Any]] = {
            "active": {"timestart": now - DAY, "timeend": now + DAY},
            "paused": {"suspend": 1},
            "coming": {"timestart": now + DAY},
            "ended": {"timeend": now - DAY},
            "locked": {},
        }
        people = {name: moodle.make(name) for name in dates}
        for name, given in dates.items():
            moodle.enrol(people[name], **given)
        moodle.do("core_user_update_users", users=[{"id": people["locked"], "suspended": 1}])

        everybody, active, suspended = (
            {name for name, person in people.items() if person in moodle.inside(**options)}
            for options in ({}, {"onlyactive": 1}, {"onlysuspended": 1})
        )

        assert everybody == set(people)
        assert active == {"active", "locked"}
        assert suspended == {"paused", "coming", "ended"}

    def test_pages_of_participants_end_with_an_empty_one(self, moodle: MeanMoodle) -> None:
        moodle.enrol(moodle.make("paged"))
        count = len(moodle.inside())

        assert len(moodle.inside(limitfrom=count - 1, limitnumber=10)) == 1
        assert moodle.inside(limitfrom=count, limitnumber=10) == {}

    def test_the_search_for_cohorts_counts_pages_and_not_rows(self, moodle: MeanMoodle) -> None:
        moodle.do("core_cohort_create_cohorts", cohorts=[moodle.cohort(f"{number}page") for number in range(4)])
        sought = {"query": f"page-{moodle.mark}", "context": {"contextlevel": "system"}}

        answer = moodle.do("core_cohort_search_cohorts", **sought, limitfrom=1, limitnum=2)

        assert [cohort["idnumber"][:5] for cohort in answer["cohorts"]] == ["2page", "3page"]

    def test_cohorts_are_found_by_a_part_of_name_or_idnumber_without_capitals(self, moodle: MeanMoodle) -> None:
        moodle.do("core_cohort_create_cohorts", cohorts=[moodle.cohort("Sought")])

        found = moodle.do(
            "core_cohort_search_cohorts", query=f"OUGHT-{moodle.mark}".upper(), context={"contextlevel": "system"}
        )

        assert [cohort["idnumber"] for cohort in found["cohorts"]] == [f"Sought-{moodle.mark}"]

    def test_the_search_for_cohorts_needs_a_place(self, moodle: MeanMoodle) -> None:
        assert code(moodle.call("core_cohort_search_cohorts", query=moodle.mark)) == "invalidparameter"

    @pytest.mark.parametrize(
        ("function", "arguments", "expected"),
        [
            ("core_enrol_get_enrolled_users", {"courseid": BAD}, "invalidrecord"),
            ("core_group_get_course_groups", {"courseid": BAD}, "errorcoursecontextnotvalid"),
            ("core_group_get_group_members", {"groupids": [BAD]}, "invalidrecord"),
            ("core_cohort_get_cohort_members", {"cohortids": [BAD]}, "invalidrecord"),
            ("core_courseformat_get_state", {"courseid": BAD}, "invalidrecord"),
            ("core_user_get_users_by_field", {"field": "lastname", "values": ["x"]}, "codingerror"),
            ("core_course_get_categories", {"criteria": [{"key": "colour", "value": "x"}]}, "criteriaerror"),
            ("core_user_get_users_by_field", {"field": "id", "values": []}, "invalidparameter"),
            ("core_group_get_course_groups", {"courseid": "02"}, "invalidparameter"),
            ("no_such_function", {}, "invalidrecord"),
        ],
    )
    def test_what_is_not_there_is_told_in_many_ways(
        self, moodle: MeanMoodle, function: str, arguments: dict[str, Any], expected: str
    ) -> None:
        assert code(moodle.call(function, **arguments)) in said(expected)

    def test_texts_of_a_language_that_is_not_there_are_refused(self, moodle: MeanMoodle) -> None:
        answers = [moodle.call(STRINGS, component="langconfig", lang=lang) for lang in ("en", "xx")]

        assert answers[0]
        assert code(answers[1]) == "invalidparameter"

    def test_of_a_part_that_is_not_there_there_are_no_texts(self, moodle: MeanMoodle) -> None:
        texts = [moodle.do(STRINGS, component=f"auth_{name}", lang="en") for name in ("ldap", "nowhere")]

        assert list(map(bool, texts)) == [True, False]

    def test_a_cohort_that_is_not_there_is_left_out(self, moodle: MeanMoodle) -> None:
        assert moodle.do("core_cohort_get_cohorts", cohortids=[BAD]) == []
