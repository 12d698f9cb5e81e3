"""The web services as Moodle has them, over the wire: brackets in, JSON out, errors with status 200."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.faults import DROP, LOSE
from lti_tool.demo.moodle.placing import Column
from lti_tool.demo.moodle.settings import Welcome
from lti_tool.demo.moodle.tables import ADMIN, Activity, Course, Enrolment, GradeItem, LineItem, Section, User
from lti_tool.demo.moodle.webservice.contract import FUNCTIONS
from lti_tool.demo.moodle.webservice.tables import Mail, ServiceToken
from tests.lti_tool.demo.conftest import NOON, Classroom, sesskey

TOKEN = "0123456789abcdef0123456789abcdef"
INVALID = {
    "exception": "core\\exception\\invalid_parameter_exception",
    "errorcode": "invalidparameter",
    "message": "Invalid parameter value detected",
}
ANA = {
    "users[0][username]": "ana",
    "users[0][firstname]": "Ana",
    "users[0][lastname]": "Ruiz",
    "users[0][email]": "ana@example.org",
    "users[0][password]": "aA1-ship",
}


def give_token(classroom: Classroom, token: str = TOKEN, **changes: Any) -> None:
    columns = {"user_id": ADMIN, "functions": "\n".join(FUNCTIONS), **changes}
    with classroom.site.session() as db:
        db.merge(ServiceToken(token=token, **columns))


def call(classroom: Classroom, function: str, token: str = TOKEN, **arguments: object) -> Any:
    """Call a function; arguments with brackets in their names are given as a mapping `variables`."""
    variables: Any = arguments.pop("variables", {})
    form = {"wstoken": token, "wsfunction": function, "moodlewsrestformat": "json", **arguments, **variables}
    answer = classroom.app.test_client().post("/webservice/rest/server.php", data=form)
    assert answer.status_code == 200
    return json.loads(answer.text)


@pytest.fixture
def site(empty_classroom: Classroom) -> Classroom:
    """Give a course with people, and a token of the administrator's."""
    give_token(empty_classroom)
    return empty_classroom


def errorcode(answer: Any) -> str:
    assert sorted(answer) == ["errorcode", "exception", "message"]
    return str(answer["errorcode"])


# Who may call


def test_the_administrator_makes_a_token_that_is_shown_once(empty_classroom: Classroom) -> None:
    admin = empty_classroom.walk_in("admin")

    made = admin.post("/admin/webservice/tokens.php", data={"sesskey": sesskey(admin)}).text

    token = made.split('data-token="')[1][:32]
    assert call(empty_classroom, "core_webservice_get_site_info", token)["username"] == "admin"
    shown = admin.get("/admin/webservice/tokens.php").text
    assert token not in shown
    assert "Site Administrator has a token." in shown
    assert all(f"<code>{name}</code>" in shown for name in FUNCTIONS)


@pytest.mark.parametrize("path", ["/admin/webservice/tokens.php", "/admin/mails.php"])
def test_these_pages_are_the_administrators(empty_classroom: Classroom, path: str) -> None:
    assert empty_classroom.walk_in("trainer").get(path).status_code == 403


def test_a_token_is_not_made_without_the_sesskey(empty_classroom: Classroom) -> None:
    assert empty_classroom.walk_in("admin").post("/admin/webservice/tokens.php").status_code == 403


def test_a_token_that_is_not_known_is_refused(site: Classroom) -> None:
    assert errorcode(call(site, "core_webservice_get_site_info", "x" * 32)) == "invalidtoken"


def test_an_expired_token_says_so_once_and_is_forgotten(site: Classroom) -> None:
    give_token(site, "e" * 32, valid_until=NOON - 1)

    answers = [errorcode(call(site, "core_webservice_get_site_info", "e" * 32)) for _ in range(2)]

    assert answers == ["accessexception", "invalidtoken"]


@pytest.mark.parametrize(
    ("function", "code"),
    [
        ("core_user_delete_users", "invalidrecord"),
        ("core_user_create_users", "accessexception"),
        ("", "invalidparameter"),
    ],
)
def test_a_function_must_be_there_and_in_the_service(site: Classroom, function: str, code: str) -> None:
    give_token(site, functions="core_webservice_get_site_info")

    assert errorcode(call(site, function)) == code


def test_who_is_no_administrator_may_not_write(site: Classroom) -> None:
    give_token(site, user_id=site.seeded.people["trainer"])

    assert errorcode(call(site, "core_user_create_users", variables=ANA)) == "nopermissions"


def test_the_service_says_what_it_has(site: Classroom) -> None:
    give_token(site, functions="core_webservice_get_site_info\ncore_course_get_categories")

    info = call(site, "core_webservice_get_site_info")

    assert [function["name"] for function in info["functions"]] == [
        "core_webservice_get_site_info",
        "core_course_get_categories",
    ]
    assert (info["userid"], info["userissiteadmin"]) == (ADMIN, True)


def test_without_json_it_is_xml(site: Classroom) -> None:
    form = {"wstoken": TOKEN, "wsfunction": "core_webservice_get_site_info"}

    answer = site.app.test_client().post("/webservice/rest/server.php", data=form)

    assert answer.mimetype == "text/xml"


# Parameters


@pytest.mark.parametrize(
    ("function", "variables"),
    [
        ("core_webservice_get_site_info", {"bogus": "1"}),
        ("core_course_get_courses_by_field", {"field": "short name"}),
        ("core_course_get_courses_by_field", {"field": "colour"}),
        ("core_course_get_courses_by_field", {"field[0]": "id"}),
        ("core_group_get_course_groups", {}),
        ("core_group_get_course_groups", {"courseid": "2x"}),
        ("core_group_get_course_groups", {"courseid": ""}),
        ("core_group_get_group_members", {"groupids": "1"}),
        ("core_user_create_users", {"users[0][username]": "ana"}),
        ("core_user_create_users", {**ANA, "users[0][colour]": "red"}),
        ("core_user_create_users", {**ANA, "users[0][username]": "Ana"}),
        ("core_user_create_users", {**ANA, "users[0][firstname]": "<b>Ana</b>"}),
        ("core_user_create_users", {**ANA, "users[0][lang]": "xx"}),
        ("core_user_create_users", {**ANA, "users[0][lang]": ""}),
        ("core_user_create_users", {**ANA, "users[0][createpassword]": "true"}),
        ("core_user_create_users", {**ANA, "users[0][email]": " ana@example.org"}),
        ("core_user_get_users_by_field", {"field": "username", "values[0]": "trainer", "values[1]": "Trainee1"}),
        ("core_user_get_users_by_field", {"field": "phone1", "values[0]": "1"}),
    ],
)
def test_unknown_and_missing_keys_and_other_types_are_refused(
    site: Classroom, function: str, variables: dict[str, str]
) -> None:
    assert call(site, function, variables=variables) == INVALID


def test_past_the_limit_variables_are_dropped_in_silence(site: Classroom) -> None:
    site.site.settings = replace(site.site.settings, max_input_vars=4)
    values = {f"values[{place}]": name for place, name in enumerate(["trainer", "trainee1"])}

    found = call(site, "core_user_get_users_by_field", field="username", variables=values)

    assert [user["username"] for user in found] == ["trainer"]


def test_a_token_at_the_end_of_a_request_that_is_cut_is_lost(site: Classroom) -> None:
    site.site.settings = replace(site.site.settings, max_input_vars=1)
    form = {"wsfunction": "core_webservice_get_site_info", "moodlewsrestformat": "json", "wstoken": TOKEN}

    answer = site.app.test_client().post("/webservice/rest/server.php", data=form)

    assert errorcode(json.loads(answer.text)) == "invalidtoken"


# Reads


def test_names_are_escaped_unless_they_are_asked_for_raw(site: Classroom) -> None:
    category = {"categories[0][name]": "A & B", "categories[0][idnumber]": "ab"}
    call(site, "core_course_create_categories", variables=category)

    shown = [
        call(site, "core_course_get_categories", variables=raw)[1]["name"] for raw in ({}, {"moodlewssettingraw": "1"})
    ]

    assert shown == ["A &amp; B", "A & B"]


def test_categories_are_found_by_criteria(site: Classroom) -> None:
    criteria = {"criteria[0][key]": "name", "criteria[0][value]": "Category 1"}

    assert [category["id"] for category in call(site, "core_course_get_categories", variables=criteria)] == [1]
    criteria["criteria[0][key]"] = "colour"
    assert errorcode(call(site, "core_course_get_categories", variables=criteria)) == "criteriaerror"


def test_courses_are_found_by_one_value(site: Classroom) -> None:
    found = call(site, "core_course_get_courses_by_field", field="shortname", value="MEDTOWN")["courses"]

    assert [(course["id"], course["idnumber"], course["enrollmentmethods"]) for course in found] == [
        (2, "medtown-tot", ["manual"])
    ]
    assert len(call(site, "core_course_get_courses_by_field")["courses"]) == 2
    assert [
        course["id"] for course in call(site, "core_course_get_courses_by_field", field="ids", value="1,2")["courses"]
    ] == [1, 2]


def test_courses_are_listed_without_how_one_enrols_in_them(site: Classroom) -> None:
    courses = call(site, "core_course_get_courses")

    assert [course["shortname"] for course in courses if "enrollmentmethods" not in course][1:] == ["MEDTOWN"]


def test_whom_the_token_may_not_see_looks_absent(site: Classroom) -> None:
    trainer = site.seeded.people["trainer"]
    give_token(site, user_id=trainer)
    values = {"values[0]": "trainer", "values[1]": "trainee1"}

    found = call(site, "core_user_get_users_by_field", field="username", variables=values)

    assert [user["id"] for user in found] == [trainer]


def test_participants_come_in_pages(site: Classroom) -> None:
    def page(start: int) -> list[str]:
        options = {"userfields": "username,roles", "limitfrom": start, "limitnumber": 5, "sortby": "id"}
        named = enumerate(options.items())
        variables = {
            f"options[{n}][{k}]": v for n, option in named for k, v in zip(("name", "value"), option, strict=True)
        }
        users = call(site, "core_enrol_get_enrolled_users", courseid=2, variables=variables)
        return [f"{user['username']}:{user['roles'][0]['roleid']}" for user in users]

    assert page(0) == ["trainer:3", "trainer2:4", "trainee1:5", "trainee2:5", "trainee3:5"]
    assert page(5) == ["trainee4:5", "trainee5:5", "trainee6:5"]
    assert page(10) == []


def test_participants_can_not_be_sorted_by_just_anything(site: Classroom) -> None:
    options = {"options[0][name]": "sortby", "options[0][value]": "email"}

    assert call(site, "core_enrol_get_enrolled_users", courseid=2, variables=options) == INVALID


def test_sections_are_json_within_json(site: Classroom) -> None:
    state = json.loads(call(site, "core_courseformat_get_state", courseid=2))

    titles = [(section["number"], section["rawtitle"]) for section in state["section"]]
    assert titles[:2] == [(0, None), (1, "Module 1")]


def test_groups_and_their_members_are_listed(site: Classroom) -> None:
    (group,) = call(site, "core_group_get_course_groups", courseid=2)
    (members,) = call(site, "core_group_get_group_members", variables={"groupids[0]": group["id"]})

    assert group["name"] == "Group A"
    assert members["userids"] == [site.seeded.people["trainee1"], site.seeded.people["trainee2"]]


@pytest.mark.parametrize(
    ("function", "variables", "code"),
    [
        ("core_group_get_course_groups", {"courseid": "99"}, "errorcoursecontextnotvalid"),
        ("core_group_get_group_members", {"groupids[0]": "99"}, "invalidrecord"),
    ],
)
def test_what_is_not_there_is_an_error(site: Classroom, function: str, variables: dict[str, str], code: str) -> None:
    assert errorcode(call(site, function, variables=variables)) == code


# Writes


def course(**changes: object) -> dict[str, object]:
    given = {"fullname": "New", "shortname": "NEW", "idnumber": "new", "categoryid": 1, "numsections": 2, **changes}
    return {f"courses[0][{key}]": value for key, value in given.items()}


def test_a_new_course_has_sections_without_names_that_can_be_named(site: Classroom) -> None:
    (made,) = call(site, "core_course_create_courses", variables=course())
    with site.site.session() as db:
        first = db.scalars(select(Section.id).filter_by(course_id=made["id"])).first()
    named: dict[str, Any] = {
        "component": "format_topics",
        "itemtype": "sectionname",
        "itemid": first,
        "value": "Needs & more",
    }

    answer = call(site, "core_update_inplace_editable", **named)
    call(site, "core_courseformat_update_course", action="section_add", courseid=made["id"])

    page = site.walk_in("admin").get(f"/course/view.php?id={made['id']}").text
    assert answer["displayvalue"] == "Needs &amp; more"
    assert page.count(">Needs &amp; more<") == 1
    assert page.count(">New section<") == 2


@pytest.mark.parametrize(
    "changes", [{"itemtype": "title"}, {"component": "format_weeks"}, {"itemid": "x"}, {"itemid": "999"}]
)
def test_only_sections_can_be_named_and_in_their_format(site: Classroom, changes: dict[str, object]) -> None:
    named: dict[str, Any] = {"component": "format_topics", "itemtype": "sectionname", "itemid": 1, "value": "Needs"}

    assert call(site, "core_update_inplace_editable", **{**named, **changes}) == INVALID


def test_a_course_has_so_many_sections_and_no_more(site: Classroom) -> None:
    call(site, "core_course_create_courses", variables=course(numsections=52))

    answer = call(site, "core_courseformat_update_course", action="section_add", courseid=3)

    assert errorcode(answer) == "maxsectionslimit"
    assert errorcode(call(site, "core_courseformat_update_course", action="x", courseid=3)) == "invalidaction"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"shortname": "MEDTOWN"}, "shortnametaken"),
        ({"idnumber": "medtown-tot"}, "courseidnumbertaken"),
        ({"categoryid": 99}, "errorcatcontextnotvalid"),
    ],
)
def test_a_course_needs_a_category_and_names_of_its_own(site: Classroom, changes: dict[str, object], code: str) -> None:
    assert errorcode(call(site, "core_course_create_courses", variables=course(**changes))) == code


def test_a_category_needs_a_parent_and_an_idnumber_of_its_own(site: Classroom) -> None:
    given = {"categories[0][name]": "A", "categories[0][idnumber]": "a"}
    call(site, "core_course_create_categories", variables=given)

    again = call(site, "core_course_create_categories", variables=given)
    lost = call(site, "core_course_create_categories", variables={**given, "categories[0][parent]": "99"})

    assert (errorcode(again), errorcode(lost)) == ("categoryidnumbertaken", "unknowcategory")


def test_one_bad_row_undoes_the_whole_batch(site: Classroom) -> None:
    second = {key.replace("[0]", "[1]"): value for key, value in ANA.items()}

    answer = call(site, "core_user_create_users", variables={**ANA, **second})

    assert answer == INVALID
    with site.site.session() as db:
        assert db.scalars(select(User).filter_by(username="ana")).first() is None


@pytest.mark.parametrize(
    "changes",
    [
        {"users[0][email]": "TRAINER@example.org"},
        {"users[0][email]": "nowhere"},
        {"users[0][username]": "trainer"},
        {"users[0][firstname]": " "},
        {"users[0][password]": ""},
    ],
)
def test_an_account_needs_a_name_an_address_and_a_password(site: Classroom, changes: dict[str, str]) -> None:
    assert call(site, "core_user_create_users", variables={**ANA, **changes}) == INVALID


def test_changes_are_made_row_by_row_and_what_fails_is_a_warning(site: Classroom) -> None:
    people = site.seeded.people
    rows: list[dict[str, object]] = [
        {"id": people["trainee1"], "lastname": "Changed"},
        {"id": people["trainee2"], "email": "TRAINER@example.org"},
        {"id": 999},
        {"id": 1, "lastname": "Changed"},
    ]
    variables = {f"users[{n}][{key}]": value for n, row in enumerate(rows) for key, value in row.items()}

    warnings = call(site, "core_user_update_users", variables=variables)["warnings"]

    assert [warning["warningcode"] for warning in warnings] == [
        "useremailduplicate",
        "invaliduserid",
        "usernotupdatedguest",
    ]
    with site.site.session() as db:
        assert db.get_one(User, people["trainee1"]).lastname == "Changed"


def test_courses_are_changed_row_by_row(site: Classroom) -> None:
    call(site, "core_course_create_courses", variables=course())
    rows: list[dict[str, object]] = [{"id": 2, "fullname": "Renamed"}, {"id": 3, "shortname": "MEDTOWN"}]
    variables = {f"courses[{n}][{key}]": value for n, row in enumerate(rows) for key, value in row.items()}

    warnings = call(site, "core_course_update_courses", variables=variables)["warnings"]

    assert [(warning["itemid"], warning["warningcode"]) for warning in warnings] == [(3, "shortnametaken")]
    with site.site.session() as db:
        assert db.get_one(Course, 2).fullname == "Renamed"


def enrolment(site: Classroom, **changes: object) -> dict[str, object]:
    given = {"roleid": 5, "userid": site.seeded.people["trainee1"], "courseid": 2, **changes}
    return {f"enrolments[0][{key}]": value for key, value in given.items()}


def test_enrolling_again_mails_again_and_wipes_the_dates(site: Classroom) -> None:
    dated = call(
        site, "enrol_manual_enrol_users", variables=enrolment(site, timestart=NOON, timeend=NOON + 9, suspend=1)
    )
    call(site, "enrol_manual_enrol_users", variables=enrolment(site))

    with site.site.session() as db:
        row = db.scalars(select(Enrolment).filter_by(user_id=site.seeded.people["trainee1"])).one()
        mails = db.scalars(select(Mail.subject)).all()
    assert dated is None
    assert (row.time_start, row.time_end, row.suspended) == (0, 0, False)
    assert mails == ["Welcome to MedTOWN: training of trainers"] * 2
    assert '<span id="mail-count">2</span>' in site.walk_in("admin").get("/admin/mails.php").text


@pytest.mark.parametrize(
    ("welcome", "mailed"),
    [
        (Welcome.NO_REPLY, ["trainer", "trainee1", "trainer"]),
        (Welcome.CONTACT, ["trainee1", "trainer"]),
        (Welcome.NOBODY, []),
    ],
)
def test_a_course_welcomes_in_somebodys_name_or_not_at_all(
    site: Classroom, welcome: Welcome, mailed: list[str]
) -> None:
    site.site.settings = replace(site.site.settings, welcome=welcome)
    (made,) = call(site, "core_course_create_courses", variables=course())
    people = site.seeded.people

    for name, role in (("trainer", 3), ("trainee1", 5), ("trainer", 3)):
        given = enrolment(site, userid=people[name], roleid=role, courseid=made["id"])
        call(site, "enrol_manual_enrol_users", variables=given)

    with site.site.session() as db:
        mails = db.scalars(select(User.username).join(Mail, Mail.user_id == User.id).order_by(Mail.id)).all()
    assert mails == mailed


def test_a_role_is_added_beside_the_others_and_nobody_is_mailed(site: Classroom) -> None:
    person = site.seeded.people["trainee1"]
    given = {"roleid": 4, "userid": person, "contextlevel": "course", "instanceid": 2}

    call(site, "core_role_assign_roles", variables={f"assignments[0][{key}]": value for key, value in given.items()})

    with site.site.session() as db:
        assert db.scalars(select(Enrolment).filter_by(user_id=person)).one().roles == ["student", "teacher"]
        assert db.scalars(select(Mail)).all() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"roleid": 99}, "invalidparameter"),
        ({"userid": 999}, "codingerror"),
        ({"contextlevel": "system"}, "invalidparameter"),
        ({"instanceid": 99}, "invalidparameter"),
    ],
)
def test_a_role_is_one_of_the_sites_for_somebody_who_is_there(
    site: Classroom, changes: dict[str, object], code: str
) -> None:
    given = {
        "roleid": 4,
        "userid": site.seeded.people["trainee1"],
        "contextlevel": "course",
        "instanceid": 2,
        **changes,
    }

    variables = {f"assignments[0][{key}]": value for key, value in given.items()}
    assert errorcode(call(site, "core_role_assign_roles", variables=variables)) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"roleid": 99}, "wsusercannotassign"),
        ({"userid": 999}, "invaliduser"),
        ({"userid": 1}, "guestsarenotallowed"),
        ({"courseid": 99}, "invalidparameter"),
    ],
)
def test_nobody_is_enrolled_wrongly(site: Classroom, changes: dict[str, object], code: str) -> None:
    assert errorcode(call(site, "enrol_manual_enrol_users", variables=enrolment(site, **changes))) == code


def test_without_the_method_nobody_is_enrolled(site: Classroom) -> None:
    with site.site.session() as db:
        db.get_one(Course, 2).manual_enrolment = False

    assert errorcode(call(site, "enrol_manual_enrol_users", variables=enrolment(site))) == "wsnoinstance"
    (found,) = call(site, "core_course_get_courses_by_field", field="id", value="2")["courses"]
    assert found["enrollmentmethods"] == []


def test_a_new_password_is_mailed_at_once(site: Classroom) -> None:
    given = {key: value for key, value in ANA.items() if "password" not in key}

    call(site, "core_user_create_users", variables={**given, "users[0][createpassword]": "1"})

    with site.site.session() as db:
        assert db.scalars(select(Mail.subject)).all() == ["New user account"]


def test_a_group_has_a_name_of_its_own_and_members_of_its_course(site: Classroom) -> None:
    def create(name: str) -> Any:
        given = {"courseid": 2, "name": name, "description": ""}
        return call(site, "core_group_create_groups", variables={f"groups[0][{key}]": v for key, v in given.items()})

    def add(user: int) -> Any:
        given = {"groupid": made["id"], "userid": user}
        return call(
            site, "core_group_add_group_members", variables={f"members[0][{key}]": v for key, v in given.items()}
        )

    (made,) = create("Group B")

    assert (create("Group A"), create(" "), add(2)) == (INVALID, INVALID, INVALID)
    assert errorcode(add(999)) == "invaliduser"
    assert (add(site.seeded.people["trainee1"]), add(site.seeded.people["trainee1"])) == (None, None)


# Faults


def test_an_answer_can_be_lost_after_the_work(site: Classroom) -> None:
    site.app.extensions["faults"]["core_user_create_users"] = [DROP, LOSE]
    for _ in range(2):
        with pytest.raises(ConnectionAbortedError):
            call(site, "core_user_create_users", variables=ANA)

    assert call(site, "core_user_create_users", variables=ANA) == INVALID


# Copies of courses


def test_a_copy_has_the_courses_activities_with_their_parameters_and_columns(classroom: Classroom) -> None:
    give_token(classroom)
    classroom.place(Column(maximum=50, resource_id="exercise/needs-matrix", tag="exercise"))
    names = {"fullname": "A copy", "shortname": "copy", "categoryid": "1"}

    copy = call(classroom, "core_course_duplicate_course", courseid="2", **names)

    assert copy["shortname"] == "copy"
    with classroom.site.session() as db:
        first, second = db.scalars(select(Activity).order_by(Activity.id))
        assert db.get_one(Course, copy["id"]).original_id == 2
        assert (second.course_id, second.custom_parameters) == (copy["id"], first.custom_parameters)
        item = db.scalars(select(GradeItem).filter_by(activity_id=second.id)).one()
        line = db.get_one(LineItem, item.id)
        assert (item.grade_max, line.resource_id, line.activity_id) == (50, "exercise/needs-matrix", second.id)
        assert db.scalars(select(Enrolment).filter_by(course_id=copy["id"])).all() == []


def test_only_administrators_copy_courses(site: Classroom) -> None:
    give_token(site, user_id=site.seeded.people["trainer"])
    names = {"fullname": "A copy", "shortname": "copy", "categoryid": "1"}

    answer = call(site, "core_course_duplicate_course", courseid="2", **names)

    assert errorcode(answer) == "nopermissions"
