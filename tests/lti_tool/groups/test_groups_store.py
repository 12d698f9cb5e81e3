"""Moodle's groups as they are kept: met one by one, named from outside, and whether anybody was ever told of any."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.groups import store
from lti_tool.groups.rules import Group
from lti_tool.groups.tables import GroupRow
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.together import at_once

NAMES = {"7": "Group A", "8": "Ομάδα Β", "9": "مجموعة"}


@pytest.fixture
def course(app: Flask, enter: Callable[..., Client]) -> Iterator[int]:
    """Give a course in which somebody is, within the application."""
    entered = enter()
    with app.app_context():
        yield entered.course_id


def kept(course_id: int) -> list[tuple[str | None, int, str | None]]:
    """Give what is kept of a course's groups."""
    rows = db.session.scalars(select(GroupRow).filter_by(course_id=course_id).order_by(GroupRow.number))
    return [(row.platform_id, row.number, store.group_of(row).name) for row in rows]


def call(course_id: int, platform_id: str, name: str | None) -> None:
    """Call a group otherwise, as a trainer does."""
    db.session.scalars(select(GroupRow).filter_by(course_id=course_id, platform_id=platform_id)).one().name = name


def test_groups_from_which_nobody_came_yet_are_named(course: int) -> None:
    named = store.name_as_there(course, NAMES)

    assert kept(course) == [("7", 1, "Group A"), ("8", 2, "Ομάδα Β"), ("9", 3, "مجموعة")]
    assert [group.name for group in named] == list(NAMES.values())


def test_a_group_that_was_met_is_named_and_stays_the_same(course: int) -> None:
    met = store.met(course, "8")

    store.name_as_there(course, NAMES)

    assert store.met(course, "8") == Group(id=met.id, number=met.number, name="Ομάδα Β", platform_id="8")


def test_only_what_is_called_otherwise_is_given(course: int) -> None:
    store.name_as_there(course, NAMES)

    again = store.name_as_there(course, {**NAMES, "8": "Ομάδα Γ"})

    assert [(group.platform_id, group.name) for group in again] == [("8", "Ομάδα Γ")]


def test_a_group_that_is_named_no_more_stays(course: int) -> None:
    store.name_as_there(course, NAMES)

    store.name_as_there(course, {})

    assert [name for _, _, name in kept(course)] == list(NAMES.values())


def test_a_trainers_own_name_stands_before_and_is_never_overwritten(course: int) -> None:
    store.met(course, "7")
    call(course, "7", "The blue ones")

    named = store.name_as_there(course, NAMES)

    assert (named[0].name, store.met(course, "7").name) == ("The blue ones", "The blue ones")


def test_moodles_name_shows_again_once_a_trainer_takes_theirs_away(course: int) -> None:
    store.name_as_there(course, NAMES)
    call(course, "7", "The blue ones")
    call(course, "7", None)

    assert store.met(course, "7").name == "Group A"


def test_one_number_in_two_courses_is_two_groups(course: int, enter: Callable[..., Client]) -> None:
    other = enter(course="course-2").course_id
    store.name_as_there(other, {"7": "Of the other course"})

    store.name_as_there(course, NAMES)

    assert kept(other) == [("7", 1, "Of the other course")]


def test_a_course_is_found_by_what_its_site_calls_it(app: Flask, enter: Callable[..., Client]) -> None:
    here = enter(course="2").course_id
    there = enter(course="2", issuer="https://other.example.org").course_id

    with app.app_context():
        found = [store.find_course(site, "2") for site in ("http://localhost:8100", "https://other.example.org")]
        unknown = [store.find_course("http://localhost:8100", "3"), store.find_course("https://no.example.org", "2")]

    assert (found, unknown) == ([here, there], [None, None])


def test_two_who_name_the_same_groups_at_once_make_each_once(app: Flask, enter: Callable[..., Client]) -> None:
    course_id = enter().course_id

    def name() -> None:
        store.name_as_there(course_id, NAMES)
        db.session.commit()

    at_once(app, name, name, partial(store.met, course_id, "9"))

    with app.app_context():
        assert sorted(kept(course_id)) == [("7", 1, "Group A"), ("8", 2, "Ομάδα Β"), ("9", 3, "مجموعة")]


@pytest.mark.parametrize("group_ids", [("7",), ()], ids=["a group", "none"])
def test_a_course_is_told_of_groups_once_any_launch_said_something(
    app: Flask, enter: Callable[..., Client], group_ids: tuple[str, ...]
) -> None:
    for sub, told in (("1", None), ("2", group_ids), ("3", None)):
        course_id = enter(sub=sub, group_ids=told).course_id

    with app.app_context():
        assert store.are_told(course_id)


def test_a_course_where_no_launch_said_anything_is_not_told(app: Flask, enter: Callable[..., Client]) -> None:
    enter(sub="2", course="course-2", group_ids=("7",))

    course_id = enter(group_ids=None).course_id

    with app.app_context():
        assert not store.are_told(course_id)


def test_the_trainers_own_launch_is_enough(app: Flask, enter: Callable[..., Client]) -> None:
    trainer = enter(role=Role.TRAINER, group_ids=())

    with app.app_context():
        assert store.are_told(trainer.course_id)
