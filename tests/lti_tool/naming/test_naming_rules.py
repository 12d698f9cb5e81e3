"""Which names somebody may choose: letters of one script, and nobody else's."""

import pytest

from lti_tool.naming import rules
from lti_tool.naming.rules import Problem


@pytest.mark.parametrize(
    "name",
    [
        "Noor",
        "Ana María",
        "Lluís d'Arc",
        "O’Brien",
        "Jean-Luc",
        "J. P.",
        "Μαρία Χ.",
        "نور الهدى",
        "مُحَمَّد",
        "Nguyễn",
        "李 明",
        "あきコ",
    ],
)
def test_names_of_every_script_are_taken(name: str) -> None:
    assert rules.problem(rules.cleaned(name)) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", Problem.SHORT),
        ("  ", Problem.SHORT),
        ("A", Problem.SHORT),
        ("-.-", Problem.SHORT),
        ("a" * 41, Problem.LONG),
        ("Participant 7", Problem.LETTERS),
        ("N\u200bor", Problem.LETTERS),
        ("Nor\u0000a", Problem.LETTERS),
        ("\u202eronA", Problem.LETTERS),
        ("\u2068Noor\u2069", Problem.LETTERS),
        ("نور\u200fA", Problem.LETTERS),
        ("Ana (trainer)", Problem.LETTERS),
        ("<b>Ana</b>", Problem.LETTERS),
        ("Ana ✓", Problem.LETTERS),
        ("\u3164\u3164", Problem.LETTERS),  # letters that show nothing
        ("김\u115f민", Problem.LETTERS),
        ("Z\u0310\u0311\u0312\u0313a", Problem.LETTERS),
        ("\u0301Ana", Problem.LETTERS),
        ("Аna", Problem.SCRIPTS),  # the first letter is Cyrillic
        ("Trainer Ana", Problem.ROLE),
        ("FORMADORA", Problem.ROLE),
        ("Ｔｒａｉｎｅｒ", Problem.ROLE),
        ("Εκπαιδεύτρια", Problem.ROLE),
        ("المدرّب سامي", Problem.ROLE),
        ("Équipe Modérateur", Problem.ROLE),
    ],
)
def test_what_could_be_somebody_else_or_nobody_is_refused(name: str, problem: Problem) -> None:
    assert rules.problem(rules.cleaned(name)) is problem


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ana García", "ana garcia"),
        ("García Ana", "Ana García"),
        ("Ana-García", "Ana García"),
        ("ANA  GARCÍA", "Ana García"),
        ("Μαρια", "Μαρία"),
        ("احمد", "أحمد"),
        ("فاطمه", "فاطمة"),
    ],
)
def test_a_name_that_is_nearly_somebody_else_s_is_taken(name: str, other: str) -> None:
    assert rules.is_taken(rules.cleaned(name), ["Berta", other])


def test_another_name_is_free() -> None:
    assert not rules.is_taken("Ana", ["Ana María", "Anna", "Berta"])
