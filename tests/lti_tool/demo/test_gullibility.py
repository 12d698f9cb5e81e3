"""What others than Moodle may write into an id_token: teachers by custom parameters, browsers by what they carry."""

import json

import pytest

from lti_tool.demo.moodle.claims import AGS, LTI, NRPS
from lti_tool.demo.moodle.copying import restore_course
from lti_tool.demo.moodle.placing import Column, add_column, remove_column
from lti_tool.demo.moodle.tables import Activity, Course, CourseModule
from tests.lti_tool.demo.classroom import MOODLE, Classroom, Json, form_fields

FOREIGN = "https://foreign.example.org/anything"


def launch_with(classroom: Classroom, module_id: int, **changed: object) -> Json:
    """Launch from a browser that changes what it carries: `id` goes into the query, the rest into the hint."""
    browser = classroom.walk_in("trainee1")
    login = classroom.login_fields(browser, module_id)
    query = {"id": str(changed.pop("id"))} if "id" in changed else {}
    hint = {**json.loads(login["lti_message_hint"]), **changed}
    carried = json.dumps({key: value for key, value in hint.items() if value is not None})
    question = classroom.question(login, lti_message_hint=carried, **query)
    return classroom.read(form_fields(classroom.ask(browser, question))["id_token"])


@pytest.mark.parametrize("place", ["cmid", "id"])
def test_the_line_item_is_that_of_the_activity_which_the_browser_names(classroom: Classroom, place: str) -> None:
    opened, _ = classroom.place(Column(), name="Opened")
    named, activity_id = classroom.place(Column(), name="Named")

    claims = launch_with(classroom, opened, **{place: named})

    column = f"{MOODLE}/mod/lti/services.php/2/lineitems/{classroom.column_of(activity_id)}/lineitem?type_id=1"
    assert claims[LTI + "resource_link"]["title"] == "Opened"
    assert claims[AGS]["lineitem"] == column


def test_an_activity_of_another_course_gives_an_empty_line_item(classroom: Classroom) -> None:
    opened, _ = classroom.place(Column())
    with classroom.site.session() as db:
        copy = restore_course(db, db.get_one(Course, classroom.seeded.course))
        elsewhere = db.query(CourseModule.id).filter_by(course_id=copy.id, kind="lti").scalar()

    claims = launch_with(classroom, opened, cmid=elsewhere)

    assert claims[AGS]["lineitem"] == ""


def test_a_hint_without_an_activity_gives_an_empty_line_item(classroom: Classroom) -> None:
    opened, _ = classroom.place(Column())

    claims = launch_with(classroom, opened, cmid=None)

    assert claims[AGS]["lineitem"] == ""


def test_a_hint_that_names_no_activity_of_a_tool_ends_the_launch(classroom: Classroom) -> None:
    module_id, _ = classroom.place(Column())
    browser = classroom.walk_in("trainee1")
    login = classroom.login_fields(browser, module_id)
    hint = {**json.loads(login["lti_message_hint"]), "cmid": 999}

    answer = classroom.ask(browser, classroom.question(login, lti_message_hint=json.dumps(hint)))

    assert answer.status_code == 404


@pytest.mark.parametrize("written", ["lineitem_url", "LineItem_URL", "lineitem-url"])
def test_a_teacher_writes_the_line_item_of_an_activity_without_a_grade(classroom: Classroom, written: str) -> None:
    module_id, _ = classroom.place(custom_parameters=f"{written}={FOREIGN}")

    claims = classroom.launch("trainee1", module_id)

    assert claims[AGS]["lineitem"] == FOREIGN
    assert "lineitem_url" not in claims.get(LTI + "custom", {})


@pytest.mark.parametrize(
    ("written", "claim"),
    [
        ("lineitem_url", "lineitem"),
        ("lineitems_url", "lineitems"),
        ("gradebookservices_scope", "scope"),
    ],
)
def test_what_the_grade_service_says_wins_over_a_teacher(classroom: Classroom, written: str, claim: str) -> None:
    module_id, _ = classroom.place(Column(), custom_parameters=f"{written}={FOREIGN}")

    assert FOREIGN not in classroom.launch("trainee1", module_id)[AGS][claim]


@pytest.mark.parametrize(
    ("written", "claim"),
    [
        ("results_url", "results"),
        ("result_url", "result"),
        ("scores_url", "scores"),
        ("score_url", "score"),
    ],
)
def test_a_teacher_writes_what_moodle_never_says(classroom: Classroom, written: str, claim: str) -> None:
    module_id, _ = classroom.place(Column(), custom_parameters=f"{written}={FOREIGN}")

    assert classroom.launch("trainee1", module_id)[AGS][claim] == FOREIGN


def test_a_teacher_writes_all_of_a_service_that_the_administrator_left_off(empty_classroom: Classroom) -> None:
    empty_classroom.register(scope="")
    lines = [f"lineitems_url={FOREIGN}", "gradebookservices_scope=b,a"]
    roster = [f"context_memberships_v2_url={FOREIGN}", "context_memberships_versions=2.0"]
    module_id, _ = empty_classroom.place(custom_parameters="\n".join(lines + roster))

    claims = empty_classroom.launch("trainee1", module_id)

    assert claims[AGS] == {"lineitems": FOREIGN, "scope": ["a", "b"]}
    assert claims[NRPS] == {"context_memberships_url": FOREIGN, "service_versions": ["2.0"]}


def test_a_teacher_of_a_restored_course_writes_the_rosters_address(classroom: Classroom) -> None:
    written = f"context_memberships_v2_url={FOREIGN}"
    module_id, _ = classroom.place(tool_id=None, tool_url=classroom.tool.launch_url, custom_parameters=written)

    assert classroom.launch("trainer", module_id)[NRPS] == {"context_memberships_url": FOREIGN}


def test_a_teacher_writes_parameters_for_reviews_that_win_over_the_tools(empty_classroom: Classroom) -> None:
    empty_classroom.register(tool={"custom_parameters": {"group_ids": "$Moodle.Person.userGroupIds"}})
    column = Column(review_url="DEFAULT", review_custom="group_ids=1,2,3")
    module_id, _ = empty_classroom.place(column)

    reviewed = empty_classroom.launch("trainee6", module_id, action="gradeReport", user=5)
    opened = empty_classroom.launch("trainee6", module_id)

    assert [claims[LTI + "custom"]["group_ids"] for claims in (reviewed, opened)] == ["1,2,3", ""]


def test_a_trainee_may_ask_for_the_review_of_somebody_elses_work(classroom: Classroom) -> None:
    module_id, _ = classroom.place(Column())
    other = classroom.seeded.people["trainee2"]

    claims = classroom.launch("trainee1", module_id, action="gradeReport", user=other)

    assert claims[LTI + "message_type"] == "LtiSubmissionReviewRequest"
    assert claims[LTI + "for_user"] == {"user_id": str(other)}


def test_a_column_made_anew_is_not_told_until_moodle_has_tidied_up(classroom: Classroom) -> None:
    module_id, activity_id = classroom.place(Column())
    with classroom.site.session() as db:
        activity = db.get_one(Activity, activity_id)
        remove_column(db, activity)
        add_column(db, activity, Column())

    assert "lineitem" not in classroom.launch("trainee1", module_id)[AGS]
