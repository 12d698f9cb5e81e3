"""Fields of a site's own, as tried on a real Moodle: no wire makes such fields, so that only the miniature is asked."""

from typing import Any

import pytest

from lti_tool.demo.moodle.webservice.tables import ProfileField
from tests.lti_tool.demo.classroom import Classroom
from tests.lti_tool.demo.webservice.calling import call, give_token, variables


@pytest.fixture
def site(empty_classroom: Classroom) -> Classroom:
    """Give a course with people, a token of the administrator's, and a site with fields of its own."""
    give_token(empty_classroom)
    with empty_classroom.site.session() as db:
        db.add(ProfileField(shortname="town", name="Town & region"))
        db.add(ProfileField(shortname="kind", name="Kind", kind="menu", options="one\ntwo", default="one"))
    return empty_classroom


def change(site: Classroom, username: str, **fields: str) -> Any:
    rows = [{"type": name, "value": value} for name, value in fields.items()]
    named = variables("users[0][customfields]", *rows)
    return call(site, "core_user_update_users", variables={"users[0][id]": site.seeded.people[username], **named})


def told(site: Classroom, username: str) -> dict[str, str]:
    found = call(site, "core_user_get_users_by_field", field="username", variables={"values[0]": username})
    return {field["shortname"]: field["value"] for field in found[0].get("customfields", [])}


def test_a_value_is_kept_and_told_as_it_is(site: Classroom) -> None:
    assert change(site, "trainee1", town="A & B") == {"warnings": []}

    assert told(site, "trainee1") == {"town": "A & B", "kind": "one"}


def test_who_has_no_value_is_told_with_the_fields_default(site: Classroom) -> None:
    assert told(site, "trainee1") == {"kind": "one"}


def test_what_a_menu_does_not_offer_becomes_its_default_in_silence(site: Classroom) -> None:
    change(site, "trainee1", kind="two")
    before = told(site, "trainee1")["kind"]

    answer = change(site, "trainee1", kind="three")

    assert (before, answer, told(site, "trainee1")["kind"]) == ("two", {"warnings": []}, "one")


@pytest.mark.parametrize(
    ("what", "value", "kept"),
    [
        ({"longest": 3}, "Tunis", "Tun"),
        ({"kind": "datetime"}, "2026-10-01", "1790812800"),
        ({"kind": "datetime"}, "2026-10-01 14:30", "1790812800"),
        ({"kind": "datetime"}, "1790865000", "1790812800"),
        ({"kind": "datetime", "with_time": True}, "1790865000", "1790865000"),
        ({"kind": "datetime", "with_time": True}, "2026-10-01-14-30-00", "1790865000"),
        ({"kind": "datetime", "first_year": 2030}, "2026-10-01", "1917043200"),
        ({"kind": "datetime"}, "", None),
        ({"kind": "checkbox", "default": "0"}, "", ""),
    ],
)
def test_each_kind_of_field_keeps_what_it_likes(
    site: Classroom, what: dict[str, Any], value: str, kept: str | None
) -> None:
    with site.site.session() as db:
        db.add(ProfileField(shortname="own", name="Own", **what))

    change(site, "trainee1", own=value)

    assert told(site, "trainee1").get("own") == kept


def test_what_is_emptied_is_not_told(site: Classroom) -> None:
    change(site, "trainee1", town="Tunis", kind="two")

    change(site, "trainee1", town="")

    assert told(site, "trainee1") == {"kind": "two"}


def test_a_new_account_has_them_too(site: Classroom) -> None:
    given = {
        "users[0][username]": "ana",
        "users[0][firstname]": "Ana",
        "users[0][lastname]": "Ruiz",
        "users[0][email]": "ana@example.org",
        "users[0][password]": "aA1-ship",
        **variables("users[0][customfields]", {"type": "town", "value": "Jaén"}, {"type": "colour", "value": "red"}),
    }

    call(site, "core_user_create_users", variables=given)

    assert told(site, "ana") == {"town": "Jaén", "kind": "one"}


def test_participants_tell_them_where_they_are_asked_for(site: Classroom) -> None:
    change(site, "trainee1", town="Tunis")
    options = variables("options", {"name": "userfields", "value": "username,customfields"})

    people = call(site, "core_enrol_get_enrolled_users", courseid=2, variables={**options, "moodlewssettingraw": 1})

    (fields,) = [user["customfields"] for user in people if user["username"] == "trainee1"]
    assert fields[0] == {"type": "text", "value": "Tunis", "name": "Town &amp; region", "shortname": "town"}
    assert all([field["shortname"] for field in user["customfields"]][-1] == "kind" for user in people)
