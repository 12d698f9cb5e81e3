"""What is read of a file of groups' names, and what is said of one that is none."""

from collections.abc import Mapping

import pytest

from lti_tool.errors import NamesRefused
from lti_tool.groups.names import NO_FILE, OTHER_VERSION, read
from tests.lti_tool.groups.naming import SITE, course, parts, written


def refusal(content: bytes) -> list[str]:
    with pytest.raises(NamesRefused) as refused:
        read(content)
    return str(refused.value).splitlines()


def test_courses_and_groups_are_read_as_launches_name_them() -> None:
    names = read(written(parts(course(2, "Group A", " مجموعة ب ", first=7), course(3))))

    assert names.site == SITE
    assert [(one.context_id, one.names) for one in names.courses] == [
        ("2", {"7": "Group A", "8": "مجموعة ب"}),
        ("3", {}),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_file_is_read_in_every_encoding_that_shells_write_json_in(encoding: str) -> None:
    text = written(parts(course(2, "Ομάδα"))).decode()

    assert read(text.encode(encoding)).courses[0].names == {"1": "Ομάδα"}


NONE: Mapping[str, bytes] = {
    "nothing": b"",
    "no JSON": b"course basics (BASICS, number 2): groups: 1\n",
    "half of it": written(parts(course(2, "A")))[:-20],
    "another encoding": "é".encode("latin-1"),
    "a list": b"[]",
    "a plan": written({"what": "moodle-sync plan", "version": 1}),
    "a number of many digits": b'{"what": ' + b"9" * 5_000 + b"}",
    "lists in lists": b"[" * 100_000,
}


@pytest.mark.parametrize("content", NONE.values(), ids=NONE)
def test_what_is_no_file_of_names_is_said_to_be_none(content: bytes) -> None:
    assert refusal(content) == [NO_FILE]


@pytest.mark.parametrize("version", [2, 0, "1", None])
def test_another_version_is_said_to_be_another_whatever_is_in_it(version: object) -> None:
    assert refusal(written(parts(version=version, new=True))) == [OTHER_VERSION]


GROUP = {"id": 1, "name": "A"}
WRONG: Mapping[str, tuple[object, list[str]]] = {
    "an unknown key": (parts(made="today"), ["made: isn't known here: remove it or correct its name"]),
    "an unknown key of a group": (
        parts(course(2, groups=[{**GROUP, "members": []}])),
        ["courses[0].groups[0].members: isn't known here: remove it or correct its name"],
    ),
    "what is missing": (
        parts({"course": {"idnumber": "c", "shortname": "C"}, "groups": [{"id": 1}]}),
        ["courses[0].course.id: is missing", "courses[0].groups[0].name: is missing"],
    ),
    "no site": (parts(site=""), ["site: is empty, or holds a sign that no text has"]),
    "a number as a text": (
        parts(course(2, groups=[{**GROUP, "id": "1"}])),
        ["courses[0].groups[0].id: must be a whole number"],
    ),
    "a number that is none of Moodle's": (
        parts(course(2, groups=[{**GROUP, "id": 0}]), course(10**10)),
        [
            "courses[0].groups[0].id: is no number of Moodle's: they begin with 1",
            "courses[1].course.id: is no number of Moodle's: they have ten digits at most",
        ],
    ),
    "names that are none": (
        parts(course(2, "", " ", "x" * 256, "\0")),
        [
            "courses[0].groups[0].name: is empty",
            "courses[0].groups[1].name: is empty",
            "courses[0].groups[2].name: must have at most 255 characters",
            "courses[0].groups[3].name: is empty, or holds a sign that no text has",
        ],
    ),
    "a name that is no text": (
        parts(course(2, groups=[{**GROUP, "name": None}])),
        ["courses[0].groups[0].name: must be text in quotes"],
    ),
    "no list": (parts(courses={}), ["courses: must be a list, in square brackets"]),
    "no object": (parts(course(2, groups=["A"])), ["courses[0].groups[0]: must be an object, in braces"]),
    "a group twice": (
        parts(course(2, groups=[GROUP, {"id": 2, "name": "A"}, GROUP])),
        ["courses[0]: groups[2]: the number 1 stands here again: each needs its own"],
    ),
    "a course twice": (
        parts(course(2), course(3), course(2)),
        ["courses[2]: the number 2 stands here again: each needs its own"],
    ),
    "a version that only looks like one": (parts(version=True), ["version: must be a whole number"]),
}


@pytest.mark.parametrize(("document", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_by_its_place(document: object, said: list[str]) -> None:
    assert refusal(written(document)) == said


def test_half_a_character_is_refused() -> None:
    half = written(parts(course(2, "NAME"))).replace(b"NAME", rb"\ud800")

    (line,) = refusal(half)

    assert line.startswith("Invalid JSON: ")
