"""Which groups a person is in is what the newest launch in the course said that said anything.

Moodle writes `$Moodle.Person.userGroupIds` as `implode(",", …)` of the person's groups in the launched course, those
left out that are hidden from their own members (`lti_calculate_custom_parameter` in mod/lti/locallib.php of 4.5.6):
numbers with commas in their order, and for who is in none an empty text, which nothing takes out of the message, a deep
link's neither. A platform that doesn't know the variable leaves it as it is.
"""

from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.lti.launch.verify import MOST_GROUPS
from lti_tool.lti.tables import AttendanceRow, CourseRow
from tests.lti_tool.lti.conftest import launch_row
from tests.lti_tool.platform import GONE, LTI, Claims, Platform, begin, sign

CUSTOM, CONTEXT = f"{LTI}custom", f"{LTI}context"
LITERAL = "$Moodle.Person.userGroupIds"


def telling(groups: object) -> Claims:
    """Write what a launch says of groups."""
    return {CUSTOM: {} if groups is GONE else {"group_ids": groups}}


def kept(app: Flask, context_id: str = "2") -> list[str] | None:
    """Give what is kept of the only person in a course; nothing only where the column itself holds nothing."""
    with app.app_context():
        there = db.session.execute(
            select(AttendanceRow.group_ids, AttendanceRow.group_ids.is_(None))
            .join(CourseRow, CourseRow.id == AttendanceRow.course_id)
            .where(CourseRow.context_id == context_id)
        )
        groups, is_nothing = there.one()
        assert (groups is None) == is_nothing
        return groups


TOLD: dict[str, tuple[object, list[str] | None]] = {
    "one": ("7", ["7"]),
    "several": ("7,12,3", ["7", "12", "3"]),
    "with spaces": (" 7 , 12 ", ["7", "12"]),
    "none": ("", []),
    "none but commas": (" , ,", []),
    "twice the same": ("7,12,7", ["7", "12"]),
    "the longest number": ("9999999999", ["9999999999"]),
    "one among what is none": ("7,x,-1,0,07,1.5,12345678901,,<b>,٣,$Moodle", ["7"]),
    "what is none": ("Group A", None),
    "a number that a teacher wrote as one": (7, ["7"]),
    "a number that is none": (7.5, None),
    "what holds what a database won't": ("\0,\ud800,7", ["7"]),
    "a variable that the platform doesn't know": (LITERAL, None),
    "nothing": (GONE, None),
    "null": (None, None),
    "a list": (["7"], None),
    "more than are kept": (",".join(map(str, range(1, 1_000))), [str(number) for number in range(1, MOST_GROUPS + 1)]),
}


@pytest.mark.parametrize(("told", "expected"), TOLD.values(), ids=TOLD)
def test_what_a_launch_says_of_groups_is_kept(
    app: Flask, known: Platform, told: object, expected: list[str] | None
) -> None:
    launch_row(app, known, **telling(told))

    assert kept(app) == expected


LATER: dict[str, tuple[Sequence[object], list[str] | None]] = {
    "who changed groups": (["7", "8"], ["8"]),
    "who left all groups": (["7,8", ""], []),
    "who came into one": (["", "7"], ["7"]),
    "where the registration no longer asks": (["7", GONE], ["7"]),
    "where the variable stayed as it was": (["7", LITERAL], ["7"]),
    "where somebody wrote something else": (["7", "the blue ones"], ["7"]),
    "where nobody ever said": ([GONE, LITERAL], None),
    "who was in none, where the registration no longer asks": (["", GONE], []),
    "where it is asked for only now": ([GONE, "7"], ["7"]),
}


@pytest.mark.parametrize(("told", "expected"), LATER.values(), ids=LATER)
def test_the_newest_launch_counts_that_said_anything(
    app: Flask, known: Platform, told: Sequence[object], expected: list[str] | None
) -> None:
    for groups in told:
        launch_row(app, known, **telling(groups))

    assert kept(app) == expected


def test_what_is_said_in_one_course_says_nothing_of_another(app: Flask, known: Platform) -> None:
    launch_row(app, known, **telling("7"))

    launch_row(app, known, **telling("8"), **{CONTEXT: {"id": "3"}})

    assert (kept(app), kept(app, "3")) == (["7"], ["8"])


@pytest.mark.parametrize("message", ["deep_linking_claims", "review_claims"])
def test_every_message_tells_it(app: Flask, known: Platform, message: str) -> None:
    login = begin(app, known)

    answer = login.launch(sign(getattr(known, message)(app, login.nonce, **telling("7,8"))))

    assert answer.status_code == 303
    assert kept(app) == ["7", "8"]
