"""An exercise whose rubric the content changes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import Flask

from content.model import Exercise
from content.rubric import Criterion, CriterionText

CRITERION = "satisfiers"


def give_levels(app: Flask, levels: Iterable[str], criterion: str = CRITERION) -> None:
    """Let the needs matrix have one criterion with these levels, each of which says its name."""
    ids = tuple(levels)
    words = {level: f"Level of {level}." for level in ids}
    _give(
        app,
        rubric=(Criterion(id=criterion, levels=ids),),
        words={criterion: CriterionText(title=f"About {criterion}", levels=words)},
    )


def _give(app: Flask, rubric: tuple[Criterion, ...], words: Mapping[str, CriterionText]) -> None:
    curriculum = app.extensions["curriculum"]
    matrix: Exercise = curriculum.exercise("needs-matrix")
    texts = {language: text.model_copy(update={"rubric": words}) for language, text in matrix.texts.items()}
    changed = matrix.model_copy(update={"rubric": rubric, "texts": texts})
    exercises = {**curriculum.exercises, "needs-matrix": changed}
    app.extensions["curriculum"] = replace(curriculum, exercises=exercises)
