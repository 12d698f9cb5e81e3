"""Levels that are chosen of a rubric, and their words."""

from pathlib import Path

import pytest
from flask import Flask

from content.load import load
from content.model import Exercise
from lti_tool.exercises import levels
from lti_tool.exercises.levels import Chosen
from tests.lti_tool.exercises.beside import give_curriculum


@pytest.fixture
def exercise(sqlite_app: Flask, tmp_path: Path) -> Exercise:
    give_curriculum(sqlite_app, tmp_path)
    return load(tmp_path).exercise("canvas")


@pytest.mark.parametrize(
    ("chosen", "gone"),
    [
        ({}, set()),
        ({"clear": "begun", "fair": "whole"}, set()),
        ({"clear": "halfway", "fair": "whole"}, {"clear"}),
        ({"clear": "begun", "kind": "whole"}, {"kind"}),
    ],
)
def test_a_level_or_a_criterion_that_is_no_longer_there_is_gone(
    exercise: Exercise, chosen: dict[str, str], gone: set[str]
) -> None:
    assert levels.gone(exercise.rubric, chosen) == gone


def test_levels_are_worded_in_the_order_of_the_rubric_without_those_that_are_gone(exercise: Exercise) -> None:
    told = levels.worded(exercise, {"kind": "whole", "fair": "begun", "clear": "whole"}, "en-gb")

    assert [(one.title, one.words, one.language) for one in told] == [
        ("Is it clear?", "All of it is.", "en"),
        ("Is it fair?", "To some.", "en"),
    ]


def test_nothing_is_said_of_a_criterion_of_which_no_level_is_chosen(exercise: Exercise) -> None:
    told = levels.worded(exercise, {"fair": "whole"}, "es")

    assert told == [Chosen(criterion="fair", level="whole", title="Is it fair?", words="To all.", language="es")]
