"""What each kind of field makes of what is sent, and what it refuses."""

import math
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter

from content.fields.catalogue import NoteField
from content.fields.field import Field, FieldText, MisfitKind, Value

NOTE = str(UUID(int=5))
TEXT = {"kind": "text", "max_length": 20}
CHOICE = {"kind": "choice", "options": ("good", "bad")}
CHOICES = {"kind": "choices", "options": ("good", "bad", "ugly")}
SCALE = {"kind": "scale", "minimum": 0, "maximum": 3}
DATE = {"kind": "date"}
NUMBER = {"kind": "number", "minimum": -5, "maximum": 2000}
EXACT = {"kind": "number", "decimals": 2}
YES_NO = {"kind": "yes_no"}
POINTER = {"kind": "pointer"}


def field(about: dict[str, Any]) -> Field:
    """Make a field as a file would."""
    made: Field = TypeAdapter(NoteField).validate_python({"id": "it", **about})
    return made


@pytest.mark.parametrize(
    ("about", "sent", "kept"),
    [
        (TEXT, "  words \n", "words"),
        (CHOICE, " good", "good"),
        (CHOICES, ["ugly", "good", "ugly"], ["good", "ugly"]),
        (CHOICES, "bad", ["bad"]),
        (CHOICES, "", []),
        (CHOICES, [], []),
        (SCALE, "3", 3),
        (SCALE, 0, 0),
        (DATE, " 2026-02-28 ", "2026-02-28"),
        (NUMBER, "12", 12),
        (NUMBER, "-5", -5),
        (NUMBER, "١٢", 12),
        (NUMBER, 12.0, 12),
        (NUMBER, "", ""),
        (EXACT, "3,5", 3.5),
        (EXACT, "3.50", 3.5),
        (EXACT, "٣٫٥", 3.5),
        (YES_NO, "yes", "yes"),
        (POINTER, f" {NOTE}", NOTE),
    ],
)
def test_what_is_sent_is_tidied_into_what_the_field_holds(about: dict[str, Any], sent: Value, kept: Value) -> None:
    tidied = field(about).tidy(sent)

    assert (tidied, type(tidied)) == (kept, type(kept))
    assert kept in ("", []) or field(about).misfit(tidied) is None


@pytest.mark.parametrize(
    ("about", "sent", "kind"),
    [
        (TEXT, "x" * 21, MisfitKind.TOO_LONG),
        (TEXT, 7, MisfitKind.NOT_OFFERED),
        (TEXT, ["x"], MisfitKind.NOT_OFFERED),
        (CHOICE, "ugly", MisfitKind.NOT_OFFERED),
        (CHOICE, ["good"], MisfitKind.NOT_OFFERED),
        (CHOICES, ["good", "fine"], MisfitKind.NOT_OFFERED),
        (CHOICES, 1, MisfitKind.NOT_OFFERED),
        (SCALE, 4, MisfitKind.NOT_OFFERED),
        (SCALE, 1.5, MisfitKind.NOT_OFFERED),
        (SCALE, ["1"], MisfitKind.NOT_OFFERED),
        (DATE, "2026-02-30", MisfitKind.NO_DATE),
        (DATE, "20260228", MisfitKind.NO_DATE),
        (DATE, "tomorrow", MisfitKind.NO_DATE),
        (DATE, 2026, MisfitKind.NO_DATE),
        (NUMBER, "many", MisfitKind.NO_NUMBER),
        (NUMBER, "1.200", MisfitKind.NO_NUMBER),
        (NUMBER, "3.5", MisfitKind.NO_NUMBER),
        (NUMBER, "9" * 5000, MisfitKind.NO_NUMBER),
        (NUMBER, math.nan, MisfitKind.NO_NUMBER),
        (NUMBER, [1], MisfitKind.NO_NUMBER),
        (NUMBER, math.inf, MisfitKind.OUT_OF_RANGE),
        (NUMBER, "-6", MisfitKind.OUT_OF_RANGE),
        (NUMBER, "2001", MisfitKind.OUT_OF_RANGE),
        (EXACT, "0.125", MisfitKind.NO_NUMBER),
        (YES_NO, "perhaps", MisfitKind.NOT_OFFERED),
        (YES_NO, ["yes"], MisfitKind.NOT_OFFERED),
        (POINTER, "5", MisfitKind.NOT_OFFERED),
        (POINTER, NOTE.replace("-", ""), MisfitKind.NOT_OFFERED),
    ],
)
def test_what_a_field_cannot_hold_is_refused_with_its_reason(
    about: dict[str, Any], sent: Value, kind: MisfitKind
) -> None:
    a_field = field(about)

    misfit = a_field.misfit(a_field.tidy(sent))

    assert misfit
    assert misfit.kind is kind


@pytest.mark.parametrize(
    ("about", "value", "chosen"),
    [
        (TEXT, "good", ()),
        (CHOICE, "good", ("good",)),
        (CHOICES, ["good", "ugly"], ("good", "ugly")),
        (SCALE, 0, ("0",)),
        (YES_NO, "no", ("no",)),
        (DATE, "2026-02-28", ()),
    ],
)
def test_checks_and_maps_ask_a_value_which_options_it_chooses(
    about: dict[str, Any], value: Value, chosen: tuple[str, ...]
) -> None:
    assert field(about).chosen(value) == chosen


@pytest.mark.parametrize("about", [{**NUMBER, "maximum": -5}, {**SCALE, "minimum": 3}])
def test_limits_between_which_there_is_nothing_are_a_mistake(about: dict[str, Any]) -> None:
    assert [key for key, _ in field(about).findings()] == ["maximum"]


def test_options_that_stand_twice_are_a_mistake() -> None:
    twice = field({**CHOICES, "options": ("good", "bad", "good")})

    assert [key for key, _ in twice.findings()] == ["options[2]"]


def test_yes_and_no_are_the_pages_own_words() -> None:
    text = FieldText(label="Is it paid?", options={"yes": "Yes"})

    assert list(field(YES_NO).wording(FieldText(label="Is it paid?"))) == []
    assert [key for key, _ in field(YES_NO).wording(text)] == ["options.yes"]


def test_a_note_shows_an_options_mark_or_its_label_up_to_the_colon() -> None:
    text = FieldText(label="Effect", options={"good": "Good: it helps", "bad": "Bad"}, marks={"bad": "Harm"})

    assert [text.mark(option) for option in ("good", "bad", "gone")] == ["Good", "Harm", "gone"]
