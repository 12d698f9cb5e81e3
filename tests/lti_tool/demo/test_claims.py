"""What an id_token says."""

from dataclasses import replace

import pytest

from lti_tool.demo.moodle.claims import AGS, DL, LTI, NRPS
from lti_tool.demo.moodle.placing import Column
from lti_tool.demo.moodle.tables import Course, Group, GroupMember, LineItem, User
from tests.lti_tool.demo.classroom import MOODLE, NOON, Classroom, Json, form_fields


def deep_linking_claims(classroom: Classroom, username: str = "trainer") -> Json:
    browser = classroom.walk_in(username)
    query = {"course": classroom.seeded.course, "id": classroom.tool_id, "section": classroom.seeded.sections[1]}
    login = form_fields(browser.get("/mod/lti/contentitem.php", query_string=query))
    question = classroom.question(login, redirect_uri=f"{classroom.tool.origin}/pick")
    return classroom.read(form_fields(classroom.ask(browser, question))["id_token"])


def test_the_envelope_is_moodles(classroom: Classroom) -> None:
    module_id, _ = classroom.place()

    claims = classroom.launch("trainee1", module_id)

    assert claims["iss"] == MOODLE
    assert claims["aud"] == classroom.client_id
    assert (claims["iat"], claims["exp"], claims["nonce"]) == (NOON, NOON + 60, "a-nonce")
    assert claims[LTI + "deployment_id"] == str(classroom.tool_id)
    assert claims[LTI + "version"] == "1.3.0"
    assert "azp" not in claims


def test_the_person_is_named_by_a_number_in_a_text(classroom: Classroom) -> None:
    module_id, _ = classroom.place()

    claims = classroom.launch("trainee2", module_id)

    assert claims["sub"] == str(classroom.seeded.people["trainee2"])
    assert (claims["name"], claims["email"]) == ("Trainee Two", "trainee2@example.org")
    assert (claims["given_name"], claims["family_name"]) == ("Trainee", "Two")


def test_the_locale_is_moodles_own_code(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    with classroom.site.session() as db:
        db.get_one(User, classroom.seeded.people["trainee3"]).lang = "pt_br"

    presentation = classroom.launch("trainee3", module_id)[LTI + "launch_presentation"]

    assert presentation["locale"] == "pt_br"
    assert presentation["document_target"] == "iframe"
    assert presentation["return_url"].startswith(f"{MOODLE}/mod/lti/return.php?course=")


def test_the_course_the_activity_and_the_platform_are_described(classroom: Classroom) -> None:
    module_id, activity_id = classroom.place(name="Needs map", intro="One line\nand another")

    claims = classroom.launch("trainee1", module_id)

    assert claims[LTI + "context"] == {
        "id": str(classroom.seeded.course),
        "label": "MEDTOWN",
        "title": "MedTOWN: training of trainers",
        "type": ["CourseSection"],
    }
    assert claims[LTI + "resource_link"] == {
        "id": str(activity_id),
        "title": "Needs map",
        "description": "One line\r\nand another",
    }
    assert claims[LTI + "tool_platform"]["product_family_code"] == "moodle"
    assert claims[LTI + "ext"] == {"lms": "moodle-2", "user_username": "trainee1"}


@pytest.mark.parametrize("withheld", ["by the tool's registration", "by the administrator"])
def test_names_and_address_may_be_withheld(empty_classroom: Classroom, withheld: str) -> None:
    asked = [] if withheld == "by the tool's registration" else ["name", "email"]
    if asked:
        site = empty_classroom.site
        site.settings = replace(site.settings, share_names=False, share_email=False)
    empty_classroom.register(tool={"claims": asked})
    module_id, _ = empty_classroom.place()

    claims = empty_classroom.launch("trainee1", module_id)

    assert not {"name", "given_name", "family_name", "email"} & set(claims)
    assert claims[LTI + "ext"] == {"lms": "moodle-2"}


def test_custom_keys_come_as_written_and_in_lower_case(classroom: Classroom) -> None:
    module_id, _ = classroom.place(custom_parameters="unitSlug=first-steps\nA.B=1")

    custom = classroom.launch("trainee1", module_id)[LTI + "custom"]

    assert (custom["unitSlug"], custom["unitslug"]) == ("first-steps", "first-steps")
    assert (custom["A.B"], custom["a_b"]) == ("1", "1")


def test_the_tools_custom_parameters_win_over_the_activitys(empty_classroom: Classroom) -> None:
    empty_classroom.register(tool={"custom_parameters": {"unit": "the tool's"}})
    module_id, _ = empty_classroom.place(custom_parameters="unit=the activity's\nmine=1")

    custom = empty_classroom.launch("trainee1", module_id)[LTI + "custom"]

    assert (custom["unit"], custom["mine"]) == ("the tool's", "1")


@pytest.mark.parametrize(
    ("written", "resolved"),
    [
        ("$ResourceLink.id.history", "$ResourceLink.id.history"),
        ("$Context.id.history", ""),
        ("$Moodle.Person.userGroupIds", "1"),
        ("$Person.address.timezone", "Europe/Madrid"),
        ("$Context.id", "2"),
        ("$User.username", "trainee2"),
        ("$CourseSection.timeFrame.begin", ""),
        ("\\$User.id", "$User.id"),
        ("5 $User.id", "5 $User.id"),
        ("a=b", "a=b"),
    ],
)
def test_variables_are_resolved_where_moodle_knows_them(classroom: Classroom, written: str, resolved: str) -> None:
    module_id, _ = classroom.place(custom_parameters=f"x={written}")

    assert classroom.launch("trainee2", module_id)[LTI + "custom"]["x"] == resolved


def test_of_a_course_in_several_languages_all_titles_are_told(classroom: Classroom) -> None:
    module_id, _ = classroom.place(custom_parameters="title=$Context.title")
    with classroom.site.session() as db:
        course = db.get_one(Course, classroom.seeded.course)
        course.fullname = (
            '<span lang="en" class="multilang">Needs & more</span><span lang="ar" class="multilang">الحاجات</span>'
        )

    claims = classroom.launch("trainee1", module_id)

    assert claims[LTI + "context"]["title"] == "Needs & moreالحاجات"
    assert claims[LTI + "custom"]["title"] == "Needs & moreالحاجات"


def test_a_persons_groups_are_those_of_the_course_in_every_message(empty_classroom: Classroom) -> None:
    empty_classroom.register(tool={"custom_parameters": {"group_ids": "$Moodle.Person.userGroupIds"}})
    module_id, _ = empty_classroom.place()
    with empty_classroom.site.session() as db:
        elsewhere = Course(shortname="A", fullname="A")
        db.add(elsewhere)
        db.flush()
        groups = [Group(course_id=course, name=name) for course, name in ((2, "B"), (elsewhere.id, "C"), (2, "D"))]
        db.add_all(groups)
        db.flush()
        trainer = empty_classroom.seeded.people["trainer"]
        db.add_all([GroupMember(group_id=group.id, user_id=trainer) for group in groups])
        here = f"{groups[0].id},{groups[2].id}"

    told = [empty_classroom.launch("trainer", module_id), deep_linking_claims(empty_classroom)]

    assert [claims[LTI + "custom"]["group_ids"] for claims in told] == [here, here]


def test_without_a_zone_of_their_own_people_have_99(classroom: Classroom) -> None:
    module_id, _ = classroom.place(custom_parameters="timezone=$Person.address.timezone")

    assert classroom.launch("trainee1", module_id)[LTI + "custom"]["timezone"] == "99"


def test_the_role_variable_has_the_short_names_of_lti_1(classroom: Classroom) -> None:
    module_id, _ = classroom.place(custom_parameters="role=$Membership.role")

    roles = [classroom.launch(name, module_id)[LTI + "custom"]["role"] for name in ("trainee1", "admin")]

    assert roles == [
        "Learner",
        "Instructor,urn:lti:sysrole:ims/lis/Administrator,urn:lti:instrole:ims/lis/Administrator",
    ]


def test_a_copied_course_names_its_ancestors_the_nearest_first(classroom: Classroom) -> None:
    with classroom.site.session() as db:
        first, second = Course(shortname="A", fullname="A"), Course(shortname="B", fullname="B")
        db.add_all([first, second])
        db.flush()
        second.original_id = first.id
        db.get_one(Course, classroom.seeded.course).original_id = second.id
    module_id, _ = classroom.place(custom_parameters="history=$Context.id.history")

    history = classroom.launch("trainee1", module_id)[LTI + "custom"]["history"]

    assert history == f"{second.id},{first.id}"


def test_the_line_items_address_is_in_the_claim_and_in_the_variable(classroom: Classroom) -> None:
    module_id, activity_id = classroom.place(Column(), custom_parameters="line=$LineItem.url")

    claims = classroom.launch("trainee1", module_id)

    item = classroom.column_of(activity_id)
    services = f"{MOODLE}/mod/lti/services.php/{classroom.seeded.course}/lineitems"
    assert claims[AGS]["lineitems"] == f"{services}?type_id={classroom.tool_id}"
    assert claims[AGS]["lineitem"] == f"{services}/{item}/lineitem?type_id={classroom.tool_id}"
    assert claims[AGS]["scope"] == sorted(claims[AGS]["scope"])
    assert claims[LTI + "custom"]["line"] == claims[AGS]["lineitem"]


def test_an_activity_without_grades_has_no_line_item(classroom: Classroom) -> None:
    module_id, _ = classroom.place(custom_parameters="line=$LineItem.url")

    claims = classroom.launch("trainee1", module_id)

    assert "lineitem" not in claims[AGS]
    assert claims[LTI + "custom"]["line"] == ""


def test_an_activity_with_several_columns_names_none(classroom: Classroom) -> None:
    module_id, activity_id = classroom.place(Column())
    other_item = classroom.column_of(classroom.place(Column())[1])
    with classroom.site.session() as db:
        db.get_one(LineItem, other_item).activity_id = activity_id

    assert "lineitem" not in classroom.launch("trainee1", module_id)[AGS]


def test_a_tool_without_grade_scopes_is_not_told_of_the_service(empty_classroom: Classroom) -> None:
    answer = empty_classroom.register(scope="")
    module_id, _ = empty_classroom.place()

    claims = empty_classroom.launch("trainee1", module_id)

    assert answer["scope"] == ""
    assert AGS not in claims
    assert NRPS not in claims


def test_the_roster_is_told_of_once_an_activity_is_placed(classroom: Classroom) -> None:
    before = deep_linking_claims(classroom)
    classroom.place()

    after = deep_linking_claims(classroom)

    address = (
        f"{MOODLE}/mod/lti/services.php/CourseSection/{classroom.seeded.course}"
        f"/bindings/{classroom.tool_id}/memberships"
    )
    assert NRPS not in before
    assert after[NRPS] == {"context_memberships_url": address, "service_versions": ["1.0", "2.0"]}


def test_deep_linking_says_what_is_accepted(classroom: Classroom) -> None:
    claims = deep_linking_claims(classroom)

    settings = claims[DL + "deep_linking_settings"]
    assert claims[LTI + "message_type"] == "LtiDeepLinkingRequest"
    assert claims[LTI + "target_link_uri"] == f"{classroom.tool.origin}/pick"
    assert settings.pop("deep_link_return_url").startswith(f"{MOODLE}/mod/lti/contentitem_return.php?course=")
    assert settings == {
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["frame", "iframe", "window"],
        "accept_copy_advice": False,
        "accept_multiple": True,
        "accept_unsigned": False,
        "auto_create": False,
        "can_confirm": False,
        "title": "MedTOWN",
        "text": "",
    }
    assert LTI + "resource_link" not in claims
    assert claims[LTI + "launch_presentation"] == {"locale": "en"}


def test_a_non_editing_trainer_cannot_choose_content(classroom: Classroom) -> None:
    query = {"course": classroom.seeded.course, "id": classroom.tool_id, "section": classroom.seeded.sections[0]}

    answer = classroom.walk_in("trainer2").get("/mod/lti/contentitem.php", query_string=query)

    assert answer.status_code == 403
