"""Questions that a unit asks its readers, which they answer for themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from content.load import load

UNIT, TEXTS = "units/reading/unit.yaml", ("units/reading/en.md", "units/reading/es.md")
BLOCK = "```question mine\nWhat is it?\n```\n"

Swap = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]


@pytest.fixture
def ask(swap: Swap) -> Callable[..., None]:
    """Name questions in the structure, and put a block into each text."""

    def ask(*questions: str, block: str = BLOCK) -> None:
        swap(UNIT, "minutes: 5", f"minutes: 5\nquestions: [{', '.join(questions)}]")
        for text in TEXTS:
            swap(text, "The body with", f"{block}\nThe body with")

    return ask


def test_a_unit_names_the_questions_that_its_texts_ask(tree: Path, ask: Callable[..., None]) -> None:
    ask("mine")

    assert load(tree).unit("reading").questions == ("mine",)


@pytest.mark.parametrize(
    ("questions", "block", "problem"),
    [
        (("mine", "yours"), BLOCK, "body.questions.yours: is missing: the structure has it, so add its text"),
        ((), BLOCK, "body.questions.mine: isn't in the structure: remove it or correct its name"),
        (("mine",), "```question mine\n\n```\n", "body: line 3 of the text: the question `mine` is empty: write it"),
        (
            ("mine",),
            f"{BLOCK}\n{BLOCK}",
            "body: line 7 of the text: the question `mine` stands here again: keep one",
        ),
    ],
)
def test_what_does_not_fit_is_reported_with_its_place(
    ask: Callable[..., None], problems: Problems, questions: tuple[str, ...], block: str, problem: str
) -> None:
    ask(*questions, block=block)

    assert problems() == [f"{text}: {problem}" for text in TEXTS]


def test_a_question_named_twice_is_reported(ask: Callable[..., None], problems: Problems) -> None:
    ask("mine", "mine")

    assert problems() == [f"{UNIT}: questions[1]: `mine` is already in this list: keep one or rename it"]
