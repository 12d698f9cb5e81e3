"""What the packaged exercises count: nonsense doesn't look ready, and honest work can be."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from content.fields.field import Value
from content.load import load
from content.model import Exercise
from lti_tool.exercises.checks import state
from lti_tool.exercises.rules import Note

CURRICULUM = load()
BLA = " ".join(20 * ["bla"])
ANSWER = "We met twice, and those who live on the stairs said what has to change first there: {}, then the rest."


def note(part: str, cell: str = "cards", /, **values: Value) -> Note:
    """Give a saved note."""
    return Note(id=str(uuid4()), part=part, cell=cell, values=values, version=1, language="en")


def answers(exercise: Exercise, text: str = ANSWER) -> Iterator[Note]:
    """Answer every question, each in its own words where the text has a place for its name."""
    for part in exercise.parts:
        for cell in part.cells() if part.notes_per_cell == 1 else ():
            yield note(part.id, cell, **{part.fields[0].id: text.format(cell)})


def open_checks(slug: str, *notes: Note, text: str = ANSWER) -> tuple[str, ...]:
    """Say what the list misses, once the questions are answered as well."""
    exercise = CURRICULUM.exercise(slug)
    return state(exercise, [*answers(exercise, text), *notes]).open


@pytest.mark.parametrize("slug", CURRICULUM.exercises)
def test_the_same_word_everywhere_is_never_ready(slug: str) -> None:
    exercise = CURRICULUM.exercise(slug)
    filled = [
        note(part.id, cell, **{field.id: (field.offered() or (BLA,))[0] for field in part.fields})
        for part in exercise.parts
        for cell in part.cells()
        for _ in range(10)
    ]

    missing = set(state(exercise, filled).open)

    asked = {check.id for check in exercise.checks if check.rule == "questions_answered"}
    assert asked <= missing
    assert missing - asked


def test_the_needs_own_names_are_no_notes() -> None:
    exercise = CURRICULUM.exercise("needs-matrix")
    part, titles = exercise.part("matrix"), exercise.texts["en"].parts["matrix"].captions["rows"]
    named = [note("matrix", cell, satisfier=str(titles[part.place_of(cell)["rows"]])) for cell in part.cells()]

    assert {"notes", "rows", "columns"} <= set(open_checks("needs-matrix", *named))


NEEDS = (
    "subsistence",
    "protection",
    "affection",
    "understanding",
    "participation",
    "leisure",
    "creation",
    "identity",
    "freedom",
)


def judged(*states: str) -> list[Note]:
    """Judge so many needs, each with a reason of its own."""
    return [
        note("needs", f"{need}/whole", why=f"In {need} some can and some can't, as we saw", state=state)
        for need, state in zip(NEEDS, states, strict=False)
    ]


def matrix(*effects: str, others: Value = "") -> list[Note]:
    """Write a note for each need, in the columns by turns; a synergic one says which other needs it helps."""
    columns = ("being", "having", "doing", "interacting")
    return [
        note(
            "matrix",
            f"{need}/{columns[number % 4]}",
            satisfier=f"Something of {need} that we saw",
            effect=effect,
            **({"others": others} if others and effect == "synergic" else {}),
        )
        for number, (need, effect) in enumerate(zip(NEEDS, effects, strict=False))
    ]


def test_a_matrix_of_destroyers_is_none() -> None:
    assert open_checks("needs-matrix", *matrix(*9 * ["violator"]), *judged(*6 * ["wealth"])) == ("synergic", "others")


def test_honest_work_with_what_is_missing_and_in_the_way_is_ready() -> None:
    effects = ["synergic", *4 * ["hindrance"], "singular", "pseudo", "hindrance"]

    written = matrix(*effects, others=["affection", "leisure"])

    assert open_checks("needs-matrix", *written, *judged("wealth", *4 * ["poverty"], "mixed")) == ()


def test_a_synergic_note_says_which_other_needs_it_helps() -> None:
    effects = ["synergic", *7 * ["hindrance"]]

    assert open_checks("needs-matrix", *matrix(*effects), *judged(*6 * ["poverty"])) == ("others",)


def test_needs_that_nobody_judged_are_missed() -> None:
    effects = ["synergic", *7 * ["hindrance"]]

    assert open_checks("needs-matrix", *matrix(*effects, others=["leisure"])) == ("states",)


def test_six_times_the_council_is_no_map_of_power() -> None:
    council = [
        note("actors", actor="Council", stake="all", power=5, interest=5, affected="powerless", strategy="watch")
        for _ in range(6)
    ]

    assert set(open_checks("power-interest-map", *council)) == {
        "actors",
        "stakes",
        "positions",
        "stances",
        "strategies",
    }


def planned(*columns: str) -> list[Note]:
    """Give each of these a part in every Co, now and wanted."""
    return [
        note("parts-taken", f"{row}/{column}", part=f"{row} {column} {time}", time=time)
        for row in ("co-commission", "co-design", "co-deliver", "co-assess")
        for column in columns
        for time in ("now", "wanted")
    ]


def test_a_service_where_citizens_are_to_have_nothing_is_not_co_produced() -> None:
    without = [note("parts-taken", f"co-design/{column}", part="none", time="now") for column in ("users", "families")]

    assert open_checks("four-cos-2", *planned("staff", "sse-organisations", "authority"), *without) == (
        "voice",
        "kinds",
    )


def test_a_voice_of_relatives_is_none_of_those_who_use_the_service() -> None:
    relatives = note("parts-taken", "co-design/families", part="They plan the day", time="wanted", kind="voice")
    users = note("parts-taken", "co-deliver/users", part="They lay the tables", time="wanted", kind="action")
    others = planned("staff", "sse-organisations", "authority")

    assert open_checks("four-cos-2", *others, relatives, users) == ("voice",)


def test_a_wish_for_citizens_says_whether_it_is_voice_or_action_and_no_other_does() -> None:
    voice = note("parts-taken", "co-assess/users", part="They say what is good", time="wanted", kind="voice")
    open_one = note("parts-taken", "co-deliver/families", part="They come along", time="wanted")
    acting = note("parts-taken", "co-deliver/families", part="They come along", time="wanted", kind="action")
    others = planned("staff", "sse-organisations", "authority")

    assert open_checks("four-cos-2", *others, voice, open_one) == ("kinds",)
    assert open_checks("four-cos-2", *others, voice, acting) == ()


def test_cards_with_a_question_mark_are_no_map_of_the_economy() -> None:
    unknown = [
        note(
            "initiatives",
            **{"initiative": "?", "need": "?", "form": "not-known", "who-decides": "not-known", "consent": "not-asked"},
        )
        for _ in range(6)
    ]

    assert "initiatives" in open_checks("sse-mapping", *unknown)


def test_six_cooperatives_that_agreed_are_ready_without_an_informal_group() -> None:
    agreed = [
        note(
            "initiatives",
            **{
                "initiative": f"Cooperative {number}",
                "need": "Subsistence of those who live alone",
                "activity": "Cooks and brings meals",
                "form": "cooperative",
                "who-decides": "all-equally",
                "link": "Meals for a room in the afternoon",
                "consent": "agreed",
            },
        )
        for number in range(6)
    ]

    assert open_checks("sse-mapping", *agreed) == ()


VOICES = (
    note("voices", voice="A user: who opens on Mondays?", step="question", answer="The kitchen's team"),
    note("voices", voice="A carer: does it need a key?", step="question", answer="Yes, two"),
    note("voices", voice="A user: at last", step="reaction"),
    note("voices", voice="A carer: I would start smaller", step="reaction"),
    note("voices", voice="The council: we can lend chairs", step="reaction"),
)


def test_a_round_in_which_nobody_objects_can_be_ready() -> None:
    assert open_checks("consent-proposal", *VOICES) == ()


def test_an_objection_that_was_integrated_says_what_changes() -> None:
    objection = {"objection": "A carer: too late in the evening", "reason": "Nobody can bring them home"}
    without = note("objections", outcome="integrated", **objection)
    changed = note("objections", outcome="integrated", amendment="It ends at seven", **objection)

    assert open_checks("consent-proposal", *VOICES, without) == ("amendments",)
    assert open_checks("consent-proposal", *VOICES, changed) == ()


def test_ten_cards_with_an_x_are_no_theory() -> None:
    kinds = ("outcome", "precondition", "intervention", "assumption", "indicator")
    said: dict[str, Value] = {"statement": "x", "leads-to": "x", "why": "x", "certainty": 3}
    cards = [note("pathway", kind=kind, **said) for kind in kinds for _ in range(3)]

    assert set(open_checks("theory-of-change", *cards)) == {
        "preconditions",
        "interventions",
        "assumptions",
        "indicators",
        "links",
    }


@pytest.mark.parametrize(
    ("slug", "card", "question"),
    [
        (
            "needs-matrix",
            note("matrix", "freedom/being", satisfier="Guards", effect="violator", others=["protection"]),
            "helps-others-and-not-synergic",
        ),
        (
            "power-interest-map",
            note("actors", actor="Council", power=5, interest=1, affected="powerless"),
            "decides-without-a-say",
        ),
        (
            "power-interest-map",
            note("actors", actor="Tenants", affected="powerless", strategy="watch"),
            "only-informed",
        ),
        (
            "power-interest-map",
            note("actors", actor="Tenants", affected="powerless", strategy="negotiate"),
            "limits-for-the-powerless",
        ),
        (
            "power-interest-map",
            note("actors", actor="Tenants", stance="for", strategy="negotiate"),
            "limits-for-a-friend",
        ),
        (
            "power-interest-map",
            note("actors", actor="Owners", power=5, stance="against", strategy="watch"),
            "opponent-left-alone",
        ),
        (
            "four-cos-2",
            note("parts-taken", "co-design/authority", part="It plans", time="now", kind="voice"),
            "voice-of-those-who-hold-it",
        ),
        (
            "sse-mapping",
            note("initiatives", **{"initiative": "A circle", "who-decides": "not-known", "consent": "agreed"}),
            "agreed-by-whom",
        ),
        ("consent-proposal", note("objections", objection="Too late", outcome="open"), "still-open"),
        (
            "theory-of-change",
            note("pathway", statement="They come", kind="assumption", certainty=5),
            "certain-assumption",
        ),
    ],
)
def test_what_contradicts_itself_is_asked_about(slug: str, card: Note, question: str) -> None:
    assert state(CURRICULUM.exercise(slug), [card]).questions == (question,)
