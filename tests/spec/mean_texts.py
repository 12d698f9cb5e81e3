"""What Moodle makes of names that hold signs of web pages."""

import json
from typing import Any

import pytest

from tests.spec.mean_moodle import MeanMoodle, code

RAW = {"moodlewssettingraw": 1}
SHOWN = ["1 < 2 & 3 > 2", "R&D; & more", "A &amp; B", "a \n b"]
LANGUAGES = '<span lang="es" class="multilang">Todo</span><span lang="en" class="multilang">All</span>'
ODD = (
    '<span lang="ar" class="multilang">\u200f"ا" & > \u2014</span>'
    '<span lang="pt_br" class="multilang">R&D; \'a\'</span>'
)
LESS = '<span lang="es" class="multilang">1 < 2</span><span lang="en" class="multilang">All</span>'
CUT = [
    (LESS, "1 < 2All"),
    ("1 < 2 <b>x</b>", "1 < 2 x"),
    ("1 <2", "1 "),
    ("1 <\u00a02", "1 "),
    ("ends <", "ends "),
    ("<p lang", ""),
]
"""Names with what Moodle takes for tags, and what it leaves of them."""


class MeanTexts:
    """Names that are kept, refused, or changed without a word."""

    @pytest.mark.parametrize("name", [*SHOWN, LANGUAGES, ODD])
    def test_what_is_no_tag_is_kept_as_it_is(self, moodle: MeanMoodle, name: str) -> None:
        (category,) = moodle.do("core_course_create_categories", categories=[_category(moodle, name)])
        (course,) = moodle.do("core_course_create_courses", courses=[_course(moodle, name)])

        wanted = [{"key": "id", "value": category["id"]}]
        (found,) = moodle.do("core_course_get_categories", criteria=wanted, **RAW)
        (seen,) = moodle.do("core_course_get_courses_by_field", field="id", value=course["id"], **RAW)["courses"]
        assert (found["name"], seen["fullname"]) == (name, name)

    def test_all_languages_of_a_name_are_shown_where_no_filter_chooses_one(self, moodle: MeanMoodle) -> None:
        (course,) = moodle.do("core_course_create_courses", courses=[_course(moodle, LANGUAGES)])

        (seen,) = moodle.do("core_course_get_courses_by_field", field="id", value=course["id"])["courses"]

        assert seen["fullname"] == "TodoAll"

    @pytest.mark.parametrize("name", [name for name, _ in CUT])
    def test_a_tag_in_a_name_is_refused(self, moodle: MeanMoodle, name: str) -> None:
        group = {"courseid": moodle.course, "name": name, "description": ""}
        answers = [
            moodle.call("core_course_create_categories", categories=[_category(moodle, name)]),
            moodle.call("core_course_create_courses", courses=[_course(moodle, name)]),
            moodle.call("core_group_create_groups", groups=[group]),
            moodle.call("core_user_create_users", users=[moodle.account("tagged", firstname=name)]),
        ]

        assert [code(answer) for answer in answers] == ["invalidparameter"] * 4

    @pytest.mark.parametrize(
        ("name", "left"), [*CUT, *((name, name) for name in SHOWN), (LANGUAGES, LANGUAGES), (ODD, ODD)]
    )
    def test_a_tag_in_a_section_s_name_is_cut_out_in_silence(self, moodle: MeanMoodle, name: str, left: str) -> None:
        (course,) = moodle.do("core_course_create_courses", courses=[{**_course(moodle, "Cut"), "numsections": 1}])
        section = _sections(moodle, course["id"])[1]

        moodle.do(
            "core_update_inplace_editable",
            component="format_topics",
            itemtype="sectionname",
            itemid=section["id"],
            value=name,
        )

        assert (_sections(moodle, course["id"])[1]["rawtitle"] or "") == left

    def test_a_section_s_name_that_is_too_long_is_refused(self, moodle: MeanMoodle) -> None:
        (course,) = moodle.do("core_course_create_courses", courses=[{**_course(moodle, "Long"), "numsections": 1}])
        section = _sections(moodle, course["id"])[1]

        answer = moodle.call(
            "core_update_inplace_editable",
            component="format_topics",
            itemtype="sectionname",
            itemid=section["id"],
            value="x" * 1334,
        )

        assert code(answer) == "maximumchars"


def _category(moodle: MeanMoodle, name: str) -> dict[str, Any]:
    return {"name": name, "parent": moodle.category}


def _course(moodle: MeanMoodle, name: str) -> dict[str, Any]:
    """Describe a course under a short name that no other has."""
    count = len(moodle.do("core_course_get_courses"))
    return {"fullname": name, "shortname": f"text{count}-{moodle.mark}", "categoryid": moodle.category}


def _sections(moodle: MeanMoodle, course: int) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = json.loads(moodle.do("core_courseformat_get_state", courseid=course))["section"]
    return sections
