"""What Moodle does beside what it is asked for, and what it does not."""

from typing import Any

import pytest

from tests.spec.mean_moodle import BAD, DAY, MeanMoodle, Rows, code, is_error

LONG = "x" * 256


class MeanWrites:
    """Writes with more effects than one, or fewer."""

    def test_enrolling_again_wipes_what_is_left_out(self, moodle: MeanMoodle) -> None:
        person = moodle.make("wiped")
        moodle.enrol(person, timestart=DAY, timeend=2 * DAY, suspend=1)
        before = person in moodle.inside(onlyactive=1)

        moodle.enrol(person)

        assert not before
        assert person in moodle.inside(onlyactive=1)

    def test_enrolling_in_another_role_adds_it(self, moodle: MeanMoodle) -> None:
        person = moodle.make("twofold")
        moodle.enrol(person)

        moodle.enrol(person, roleid=moodle.teacher)

        assert moodle.roles(person) == {moodle.student, moodle.teacher}

    def test_whoever_is_put_out_loses_roles_and_groups_whatever_role_is_named(self, moodle: MeanMoodle) -> None:
        person, group = moodle.make("putout"), moodle.group("Put out")
        moodle.enrol(person)
        moodle.enrol(person, roleid=moodle.teacher)
        moodle.do("core_group_add_group_members", members=[{"groupid": group, "userid": person}])
        row = {"userid": person, "courseid": moodle.course, "roleid": moodle.student}

        answers = [moodle.do("enrol_manual_unenrol_users", enrolments=[row]) for _ in range(2)]

        assert answers == [None, None]
        assert person not in moodle.inside()
        assert moodle.members(group) == []
        moodle.enrol(person)
        assert moodle.roles(person) == {moodle.student}

    def test_whose_last_role_is_taken_stays_in_the_course(self, moodle: MeanMoodle) -> None:
        person = moodle.make("roleless")
        moodle.enrol(person)

        for _ in range(2):
            row = moodle.role(person, moodle.student)
            assert moodle.do("core_role_unassign_roles", unassignments=[row]) is None

        assert moodle.roles(person) == set()

    def test_a_role_lets_nobody_in(self, moodle: MeanMoodle) -> None:
        person = moodle.make("outsider")

        answer = moodle.do("core_role_assign_roles", assignments=[moodle.role(person, moodle.teacher)])

        assert answer is None
        assert person not in moodle.inside()

    def test_a_group_takes_only_who_is_in_the_course(self, moodle: MeanMoodle) -> None:
        person, group = moodle.make("stranger"), moodle.group("Strangers")

        answer = moodle.call("core_group_add_group_members", members=[{"groupid": group, "userid": person}])

        assert code(answer) == "invalidparameter"

    def test_leaving_where_one_is_not_is_no_error(self, moodle: MeanMoodle) -> None:
        person, group = moodle.make("absent"), moodle.group("Absent")
        (cohort,) = moodle.do("core_cohort_create_cohorts", cohorts=[moodle.cohort("absent")])

        answers = [
            moodle.do("core_group_delete_group_members", members=[{"groupid": group, "userid": person}]),
            moodle.do("core_cohort_delete_cohort_members", members=[{"cohortid": cohort["id"], "userid": person}]),
            moodle.do("enrol_manual_unenrol_users", enrolments=[{"userid": person, "courseid": moodle.course}]),
        ]

        assert answers == [None, None, None]

    def test_a_field_that_the_site_does_not_have_is_forgotten_in_silence(self, moodle: MeanMoodle) -> None:
        fields = [{"type": f"field{moodle.mark}", "value": "x"}]

        person = moodle.make("fielded", customfields=fields)
        answer = moodle.do("core_user_update_users", users=[{"id": person, "customfields": fields}])

        (user,) = moodle.do("core_user_get_users_by_field", field="id", values=[person])
        assert answer == {"warnings": []}
        assert f"field{moodle.mark}" not in [field["shortname"] for field in user.get("customfields", [])]

    def test_a_change_may_empty_what_a_new_account_needs(self, moodle: MeanMoodle) -> None:
        person = moodle.make("emptied")

        answer = moodle.do("core_user_update_users", users=[{"id": person, "firstname": "", "lang": ""}])

        (user,) = moodle.do("core_user_get_users_by_field", field="id", values=[person])
        assert answer == {"warnings": []}
        assert (user["firstname"], user["lang"]) == ("", "")

    @pytest.mark.parametrize(
        "changes",
        [
            {"firstname": " "},
            {"lang": ""},
            {"lang": "xx"},
            {"auth": "magic"},
            {"password": ""},
            {"email": "nowhere"},
            {"email": "somebody@localhost"},
            {"email": "señora@example.org"},
            {"email": "ana\u200b@example.org"},
            {"email": "ana@example.org."},
            {"email": "em..3@example.org"},
            {"email": "ana@españa.es"},
            {"email": "ana@192.168.0.1"},
            {"email": f"{'x' * 65}@example.org"},
            {"email": f"{'x' * 100}@example.org"},
            {"email": " spaced@example.org"},
            {"username": "Capital"},
            {"colour": "red"},
            {"suspended": 1},
            {"createpassword": "yes"},
        ],
        ids=str,
    )
    def test_a_new_account_is_refused(self, moodle: MeanMoodle, changes: dict[str, object]) -> None:
        answer = moodle.call("core_user_create_users", users=[moodle.account("refused", **changes)])

        assert code(answer) == "invalidparameter"
        assert moodle.find("username", moodle.account("refused")["username"]) == []

    @pytest.mark.parametrize(
        ("function", "rows", "expected"),
        [
            ("core_user_create_users", {"users": [{"firstname": LONG, "idnumber": "long"}]}, "dmlwriteexception"),
            ("core_user_create_users", {"users": [{"username": "x" * 101}]}, "dmlwriteexception"),
            ("core_group_create_groups", {"groups": [{"name": LONG, "description": ""}]}, "dmlwriteexception"),
            ("core_cohort_create_cohorts", {"cohorts": [{"name": LONG}]}, "dmlwriteexception"),
            ("core_cohort_create_cohorts", {"cohorts": [{"idnumber": LONG}]}, "dmlwriteexception"),
            ("core_course_create_courses", {"courses": [{"shortname": LONG}]}, "dmlwriteexception"),
            ("core_course_create_courses", {"courses": [{"fullname": ""}]}, "errorinvalidparam"),
            ("core_course_create_categories", {"categories": [{"name": LONG}]}, "categorytoolong"),
            ("core_course_create_categories", {"categories": [{"name": ""}]}, "categorynamerequired"),
            ("core_course_create_categories", {"categories": [{"name": "x", "idnumber": LONG}]}, "idnumbertoolong"),
        ],
        ids=lambda value: value if isinstance(value, str) else next(iter(next(iter(value.values()))[0])),
    )
    def test_what_is_too_long_is_refused_with_few_words(
        self, moodle: MeanMoodle, function: str, rows: dict[str, Rows], expected: str
    ) -> None:
        whole = {
            "users": moodle.account("long"),
            "groups": {"courseid": moodle.course},
            "cohorts": moodle.cohort("long"),
            "courses": {"fullname": "x", "shortname": f"long-{moodle.mark}", "categoryid": moodle.category},
            "categories": {"parent": moodle.category},
        }
        given = {name: [{**whole[name], **row} for row in given] for name, given in rows.items()}

        assert code(moodle.call(function, **given)) == expected

    def test_a_courses_full_name_may_be_long_since_5_1(self, moodle: MeanMoodle) -> None:
        course = {"fullname": LONG, "shortname": f"full-{moodle.mark}", "categoryid": moodle.category}

        answer = moodle.call("core_course_create_courses", courses=[course])

        assert is_error(answer) != moodle.is_since_5_1

    def test_a_course_ends_after_a_year_unless_it_is_said_that_it_never_does(self, moodle: MeanMoodle) -> None:
        def course() -> dict[str, Any]:
            (found,) = moodle.do("core_course_get_courses_by_field", field="id", value=made["id"])["courses"]
            return dict(found)

        named = {"fullname": "Of a year", "shortname": f"year-{moodle.mark}", "categoryid": moodle.category}
        (made,) = moodle.do("core_course_create_courses", courses=[named])
        usual = course()
        moodle.do("core_course_update_courses", courses=[{"id": made["id"], "enddate": 0}])
        changed = course()
        never = {**named, "shortname": f"never-{moodle.mark}", "enddate": 0}
        (made,) = moodle.do("core_course_create_courses", courses=[never])

        assert usual["enddate"] - usual["startdate"] == 365 * DAY
        assert (changed["enddate"], course()["enddate"]) == (0, 0)

    def test_two_accounts_may_have_one_idnumber(self, moodle: MeanMoodle) -> None:
        first = moodle.make("twin1")

        second = moodle.make("twin2", idnumber=moodle.account("twin1")["idnumber"])

        assert moodle.find("idnumber", moodle.account("twin1")["idnumber"]) == [first, second]

    @pytest.mark.parametrize("changes", [{"suspended": "yes"}, {"auth": "magic"}, {"lang": "xx"}], ids=str)
    def test_a_value_of_another_type_spoils_the_whole_batch(
        self, moodle: MeanMoodle, changes: dict[str, object]
    ) -> None:
        person = moodle.make(f"typed{len(str(changes))}")
        rows = [{"id": person, "lastname": "Changed"}, {"id": person, **changes}]

        answer = moodle.call("core_user_update_users", users=rows)

        (user,) = moodle.do("core_user_get_users_by_field", field="id", values=[person])
        assert code(answer) == "invalidparameter"
        assert user["lastname"] != "Changed"

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"roleid": BAD}, "wsusercannotassign"),
            ({"userid": 1}, "guestsarenotallowed"),
            ({"courseid": BAD}, "invalidparameter"),
            ({"courseid": 1}, "wsnoinstance"),
        ],
        ids=str,
    )
    def test_an_enrolment_is_refused_in_many_ways(
        self, moodle: MeanMoodle, changes: dict[str, int], expected: str
    ) -> None:
        row = moodle.place(moodle.trainer) | changes

        assert code(moodle.call("enrol_manual_enrol_users", enrolments=[row])) == expected

    def test_an_empty_idnumber_of_a_cohort_is_there_once(self, moodle: MeanMoodle) -> None:
        moodle.call("core_cohort_create_cohorts", cohorts=[moodle.cohort("unnumbered", idnumber="")])

        answer = moodle.call("core_cohort_create_cohorts", cohorts=[moodle.cohort("unnumbered", idnumber="")])

        assert code(answer) == "invalidparameter"


class MeanMails:
    """Who is mailed, and when: at once."""

    def test_every_enrolment_mails_again(self, moodle: MeanMoodle) -> None:
        moodle.mailed()
        person = moodle.make("mailed")

        for _ in range(3):
            moodle.enrol(person)

        assert moodle.mailed().count("mailed") == 3

    def test_a_suspended_enrolment_mails_and_a_suspended_account_does_not(self, moodle: MeanMoodle) -> None:
        moodle.mailed()
        people = {name: moodle.make(name) for name in ("pausedmail", "lockedmail")}
        nologin = moodle.make("nologinmail", auth="nologin")
        moodle.do("core_user_update_users", users=[{"id": people["lockedmail"], "suspended": 1}])

        moodle.enrol(people["pausedmail"], suspend=1)
        moodle.enrol(people["lockedmail"])
        moodle.enrol(nologin)

        assert [name for name in moodle.mailed() if name.endswith("mail")] == ["pausedmail"]

    def test_what_is_rolled_back_mails_nobody(self, moodle: MeanMoodle) -> None:
        moodle.mailed()
        person = moodle.make("unmailed")

        moodle.call("enrol_manual_enrol_users", enrolments=[moodle.place(person), moodle.place(BAD)])
        moodle.do("core_role_assign_roles", assignments=[moodle.role(person, moodle.teacher)])

        assert "unmailed" not in moodle.mailed()

    def test_a_password_that_moodle_makes_is_mailed(self, moodle: MeanMoodle) -> None:
        moodle.mailed()

        moodle.make("passworded", password="", createpassword=1)
        moodle.make("quiet")

        assert [name for name in moodle.mailed() if name in ("passworded", "quiet")] == ["passworded"]
