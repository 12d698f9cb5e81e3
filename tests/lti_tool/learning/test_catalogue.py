from dataclasses import replace

import pytest
from flask import Flask

from lti_tool.learning.views import catalogue
from tests.lti_tool.making import packaged_curriculum

CURRICULUM = packaged_curriculum()
MODULES = CURRICULUM.courses["training-of-trainers"].modules


def test_a_module_with_activities_is_a_group(app: Flask) -> None:
    with app.test_request_context():
        groups = catalogue("en")

    texts = CURRICULUM.courses["training-of-trainers"].texts["en"].modules
    assert [group.title for group in groups] == [texts[module.id].title for module in MODULES if module.activities]


def test_a_module_without_activities_is_not_offered(app: Flask) -> None:
    empty = MODULES[1].model_copy(update={"activities": ()})
    course = CURRICULUM.courses["training-of-trainers"].model_copy(update={"modules": (MODULES[0], empty)})
    app.extensions["curriculum"] = replace(CURRICULUM, courses={course.id: course})

    with app.test_request_context():
        groups = catalogue("en")

    assert [group.id for group in groups] == [f"training-of-trainers/{MODULES[0].id}"]


def test_activities_are_offered_by_kind_and_slug_in_their_order(app: Flask) -> None:
    with app.test_request_context():
        choices = [choice.activity for group in catalogue("en") for choice in group.choices]

    activities = [activity for module in MODULES for activity in module.activities]
    assert choices == [f"{activity.kind}/{activity.slug}" for activity in activities]


def test_exercises_have_points_and_units_have_none(app: Flask) -> None:
    with app.test_request_context():
        choices = {choice.activity: choice for group in catalogue("en") for choice in group.choices}

    assert choices["exercise/needs-matrix"].score_maximum == 100
    assert choices["unit/needs-and-satisfiers"].score_maximum is None


def test_a_unit_is_described_by_its_lead_and_an_exercise_by_its_summary(app: Flask) -> None:
    with app.test_request_context():
        choices = {choice.activity: choice for group in catalogue("en") for choice in group.choices}

    assert choices["unit/needs-and-satisfiers"].summary == CURRICULUM.unit("needs-and-satisfiers").texts["en"].lead
    assert choices["exercise/needs-matrix"].summary == CURRICULUM.exercise("needs-matrix").texts["en"].summary


@pytest.mark.parametrize(("wanted", "found"), [("es", "es"), ("en", "en"), ("xx", "en")])
def test_the_catalogue_is_in_the_wanted_language_and_says_which_it_found(app: Flask, wanted: str, found: str) -> None:
    with app.test_request_context():
        choices = [choice for group in catalogue(wanted) for choice in group.choices]

    assert {choice.language for choice in choices} == {found}
    assert choices[0].title == CURRICULUM.unit("needs-and-satisfiers").texts[found].title
