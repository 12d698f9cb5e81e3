"""What the packaged exercises count: nonsense doesn't look ready, and honest work can be."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from content.fields.field import Value
from content.model import Exercise
from lti_tool.exercises.checks import state
from lti_tool.exercises.rules import Note
from tests.lti_tool.making import packaged_curriculum

CURRICULUM = packaged_curriculum()
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
            initiative="?",
            need="?",
            activity="?",
            place="?",
            form="not-known",
            votes="not-known",
            surplus="not-known",
            consent="not-asked",
        )
        for _ in range(6)
    ]

    assert set(open_checks("sse-mapping", *unknown)) == {"initiatives", "abouts", "practices", "links", "consents"}


def cooperative(number: int, /, **also: Value) -> Note:
    """Give the card of a cooperative that agreed to be on the map."""
    return note(
        "initiatives",
        **{
            "initiative": f"Cooperative {number}",
            "need": "Subsistence of those who live alone",
            "activity": "Cooks and brings meals",
            "place": "In the market hall",
            "form": "cooperative",
            "votes": "members",
            "voters": "Those who cook and those who eat",
            "surplus": "stays",
            "work": "Paid by the hour, and washing up in turns",
            "link": "Meals for a room in the afternoon",
            "consent": "agreed",
            "asked-by": "A trainee, on a visit",
            "asked-on": "2026-03-12",
            **also,
        },
    )


def test_six_cooperatives_that_agreed_are_ready_without_an_informal_group() -> None:
    assert open_checks("sse-mapping", *map(cooperative, range(6))) == ()


@pytest.mark.parametrize(("field", "check"), [("voters", "members"), ("asked-on", "asked"), ("consent", "consents")])
def test_who_may_vote_and_who_asked_belong_to_a_card(field: str, check: str) -> None:
    *others, last = map(cooperative, range(6))
    silent = note("initiatives", **{name: value for name, value in last.values.items() if name != field})

    assert open_checks("sse-mapping", *others, silent) == (check,)


VOICES = (
    note("voices", voice="A user: who opens on Mondays?", step="question", source="asked", answer="The kitchen's team"),
    note("voices", voice="A carer: does it need a key?", step="question", source="in-circle", answer="Yes, two"),
    note("voices", voice="A user: at last", step="reaction", source="asked"),
    note("voices", voice="A carer: I would start smaller", step="reaction", source="in-circle"),
    note("voices", voice="The council: we can lend chairs", step="reaction", source="in-circle"),
)
ROUND = tuple(note("round", person=person, said="no-objection") for person in ("A user", "A carer", "The council"))


def objection(**also: Value) -> Note:
    """Give the card of an objection."""
    said = "A carer: too late in the evening"
    return note("objections", objection=said, reason="Nobody can bring them home", was="objection", **also)


def test_a_round_in_which_nobody_objects_can_be_ready() -> None:
    assert open_checks("consent-proposal", *VOICES, *ROUND) == ()


def test_a_round_is_not_whole_while_somebody_needs_time() -> None:
    waiting = note("round", person="A neighbour", said="more-time")

    assert open_checks("consent-proposal", *VOICES, *ROUND, waiting) == ("round",)


def test_voices_that_are_only_imagined_are_no_circle() -> None:
    imagined = [note("voices", **{**voice.values, "source": "imagined"}) for voice in VOICES]

    assert open_checks("consent-proposal", *imagined, *ROUND) == ("real-voices",)


@pytest.mark.parametrize("done", ["changed", "shortened", "measured"])
def test_an_objection_that_was_integrated_says_what_the_proposal_says_now(done: str) -> None:
    without = objection(done=[done])
    written = objection(done=[done], amendment="It ends at seven, and we count who comes")

    assert open_checks("consent-proposal", *VOICES, *ROUND, without) == ("amendments",)
    assert open_checks("consent-proposal", *VOICES, *ROUND, written) == ()


LANES = ("hope", "outcome", "precondition", "intervention")


def pathway(lane: str, statement: str, /) -> Note:
    """Give a card that says all that is asked of a link."""
    link: dict[str, Value] = {"leads-to": "n", "why": f"Told: {statement}", "certainty": 3}
    return note("pathway", lane, statement=statement, **link)


def believed(assumption: str) -> Note:
    """Give an assumption that could be wrong."""
    doubt: dict[str, Value] = {"certainty": 2, "if-wrong": "Nobody comes"}
    return note("assumptions", assumption=assumption, **doubt)


def seen(sign: str, shows: str) -> Note:
    """Give an indicator that somebody could count by."""
    counted = {"who": "Neighbours", "how-many": "From two to ten", "by-when": "2026-07-31"}
    return note("indicators", **{"sign": sign, "of": "They sit there", "shows": shows, **counted})


def test_cards_with_an_x_are_no_theory() -> None:
    cards = [pathway(lane, "x") for lane in LANES for _ in range(3)]
    others = [card for _ in range(3) for card in (believed("x"), seen("x", "progress"))]

    assert set(open_checks("theory-of-change-2", *cards, *others)) == {
        "preconditions",
        "interventions",
        "links",
        "reasons",
        "assumptions",
        "indicators",
        "harm",
    }


def test_a_modest_theory_is_ready_and_certainty_is_asked_only_where_something_is_believed() -> None:
    cards = [pathway(lane, f"{lane} {number}") for lane in LANES[2:] for number in range(3)]
    top = [note("pathway", lane, statement=f"{lane}: they sit together") for lane in LANES[:2]]
    others = [believed("Shops open the tap"), believed("They want to"), seen("Ten sit", "progress")]
    harm = seen("The young stay away", "harm")

    assert open_checks("theory-of-change-2", *cards, *top, *others, harm) == ()
    assert open_checks("theory-of-change-2", *cards, *top[1:], *others, harm) == ("line",)


STEPS = ("hears", "asks", "waits", "gives-back")


def stood(row: str, step: str, **also: Value) -> Note:
    """Give a note that stands in a row of the blueprint, under a step."""
    return note("blueprint", row, what=f"{row} while somebody {step}", under=step, **also)


def step(name: str) -> Note:
    """Give a step that can be named."""
    return Note(id=name, part="blueprint", cell="steps", values={"what": f"Somebody {name}"}, version=1, language="en")


def drawn() -> list[Note]:
    """Draw a modest blueprint: users and an organisation do a part, and in two places it goes wrong."""
    return [
        *map(step, STEPS),
        stood("evidence", "waits", trouble="waits"),
        stood("onstage", "hears", who=["users"], time="wanted"),
        stood("onstage", "asks", who=["staff"], trouble="fails"),
        stood("backstage", "waits", who=["authority"]),
        stood("backstage", "gives-back", who=["sse-organisations", "staff"]),
        *(stood("support", name) for name in STEPS[:3]),
    ]


def test_a_blueprint_in_which_others_do_a_part_and_something_carries_each_step_is_ready() -> None:
    assert open_checks("service-blueprint", *drawn()) == ()


def test_a_step_with_nothing_behind_it_is_missed() -> None:
    seen = stood("evidence", "complains")  # what is seen carries nothing

    assert open_checks("service-blueprint", *drawn(), step("complains"), seen) == ("behind",)


def test_four_steps_that_users_walk_alone_are_not_co_delivered() -> None:
    alone = [replace(one, values={**one.values, "who": ["staff"]}) for one in drawn()]

    assert open_checks("service-blueprint", *alone) == ("shared",)


def held(name: str, following: str, /, **also: Value) -> Note:
    """Give the card of somebody who holds units and passes them on."""
    values: dict[str, Value] = {
        "holder": f"Those who {name}",
        "earns": "They carry",
        "spends": "They learn",
        "flow": "goes-on",
        "asked": "agreed",
        **({"next": following} if following else {}),
        **also,
    }
    return Note(id=name, part="loop", cell="people", values=values, version=1, language="en")


def sign(shows: str) -> Note:
    """Give a sign that somebody could count by."""
    counted = {"who": "Members", "how-many": "From none to ten", "by-when": "2027-06-30"}
    return note("indicators", sign=f"What shows {shows}", shows=shows, **counted)


SIGNS = (sign("aim"), sign("harm"))


def test_an_exchange_in_which_units_come_round_is_ready() -> None:
    ring = held("cook", "read"), held("read", "mend"), held("mend", "cook"), held("print", "read")

    assert open_checks("currency-and-exchange", *ring, *SIGNS) == ()


@pytest.mark.parametrize(
    "last",
    [
        pytest.param("", id="it ends"),
        pytest.param("gone", id="its next is gone"),
        pytest.param("bake", id="it keeps them"),
        pytest.param("mend", id="two pass them to and fro"),
    ],
)
def test_a_row_that_ends_with_the_baker_is_no_loop(last: str) -> None:
    row = held("cook", "read"), held("read", "mend"), held("mend", "bake"), held("bake", last)

    assert open_checks("currency-and-exchange", *row, *SIGNS) == ("loop",)


def test_a_currency_of_which_nobody_was_asked_is_not_ready() -> None:
    ring = [
        held(*pair, asked="not-asked", flow="not-known") for pair in (("a", "b"), ("b", "c"), ("c", "d"), ("d", "a"))
    ]

    assert open_checks("currency-and-exchange", *ring, *SIGNS) == ("really-asked",)


def looked_back(number: int, /, **also: Value) -> Note:
    """Give a card of an after-action review that says what happened and why."""
    cause: dict[str, Value] = {"compared": "otherwise", "why": "Only one of us had the key", "lies": "agreement"}
    return note("happened", happened=f"{number} of thirty waited outside", **{**cause, **also})


def agreed(kind: str, **also: Value) -> Note:
    """Give a card of what a review keeps or changes."""
    promise: dict[str, Value] = {"owner": "Who opens", "by-when": "2026-05-09", **also}
    return note("agreements", what=f"{kind} the way of opening", kind=kind, **promise)


def test_a_short_review_is_done_with_one_thing_kept_and_one_changed() -> None:
    cards = [*map(looked_back, range(3)), agreed("keep"), agreed("change")]

    assert open_checks("after-action-review", *cards) == ()


def test_a_review_without_causes_and_owners_was_only_talk() -> None:
    talk = [note("happened", happened=f"It went well {number}", compared="better") for number in range(3)]
    promises = [agreed("keep", **{"by-when": ""}), agreed("change", owner="?")]

    assert open_checks("after-action-review", *talk, *promises) == ("causes", "owners")


def turned_to(kind: str, **also: Value) -> Note:
    """Give the card of a place to which people can turn."""
    told: dict[str, Value] = {"reach": "000 000 001", "note": "Day and night", "languages": "Greek"}
    checked: dict[str, Value] = {"checked": "called", "checked-on": "2026-03-03"}
    return note("places", name=f"For {kind}", kind=kind, **{**told, **checked, **also})


LOOKED_UP = turned_to("emergency", checked="published")


@pytest.mark.parametrize("kind", ["helpline", "women"])
def test_situations_thought_through_and_three_checked_places_are_done(kind: str) -> None:
    assert open_checks("safeguarding-and-referral", LOOKED_UP, turned_to(kind), turned_to("children")) == ()


def test_places_that_nobody_checked_are_no_card_to_give_away() -> None:
    unchecked = {"checked": "not-yet", "checked-on": ""}
    places = [note("places", **{**turned_to(kind).values, **unchecked}) for kind in ("emergency", "women", "women")]

    assert open_checks("safeguarding-and-referral", *places) == ("children", "checked")


def test_one_answer_to_all_situations_is_none() -> None:
    places = [LOOKED_UP, turned_to("helpline"), turned_to("children")]
    same = "I listen and then I call somebody who knows better what to do here"
    situations = ("told", "door", "child", "survey")

    assert open_checks("safeguarding-and-referral", *places, text=same) == (*situations, "prepared")


def entry(day: int, phase: str, **also: Value) -> Note:
    """Give an entry of the journal that says all that is asked of its phase."""
    asked = {"observe": "rests-on", "reflect": "changes"}
    more: dict[str, Value] = {asked[phase]: "Seen by two of us"} if phase in asked else {}
    told = {"entry": f"{day} sat outside", "day": f"2026-03-{day:02}", "phase": phase}
    return note("journal", "entries", **{**told, **more, **also})


ROUNDS = ("plan", "act", "observe", "observe", "reflect", "plan", "act", "observe")


def test_two_rounds_of_a_journal_are_done() -> None:
    assert open_checks("action-research-journal", *map(entry, range(1, 9), ROUNDS)) == ()


def test_what_was_done_day_by_day_is_a_log_and_no_research() -> None:
    days = map(entry, range(1, 20), 19 * ["act"])

    assert open_checks("action-research-journal", *days) == ("observed", "changed", "again")


@pytest.mark.parametrize(
    ("phase", "silent", "check"), [("observe", "rests-on", "observed"), ("reflect", "changes", "changed")]
)
def test_entries_say_what_they_rest_on_and_what_they_change(phase: str, silent: str, check: str) -> None:
    entries = [entry(day, one, **({silent: "?"} if one == phase else {})) for day, one in enumerate(ROUNDS, start=1)]

    assert open_checks("action-research-journal", *entries) == (check,)


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
            note("initiatives", initiative="A circle", votes="not-known", consent="agreed"),
            "agreed-by-whom",
        ),
        ("sse-mapping", cooperative(1, votes="few"), "few-in-a-cooperative"),
        ("sse-mapping", cooperative(1, surplus="owners"), "surplus-to-owners"),
        ("consent-proposal", objection(done=["measured", "open"]), "still-open"),
        ("consent-proposal", objection(done=["unchanged"]), "objection-and-unchanged"),
        ("consent-proposal", note("round", person="A user", said="objection"), "still-objecting"),
        (
            "consent-proposal",
            note("objections", objection="A user: rather blue", was="preference", done=["changed"]),
            "changed-for-a-taste",
        ),
        ("consent-proposal", note("voices", voice="Imagined: a nurse", source="imagined"), "imagined"),
        (
            "service-blueprint",
            stood("onstage", "asks", who=["users"], time="wanted", trouble="waits"),
            "wanted-and-in-trouble",
        ),
        (
            "service-blueprint",
            note("blueprint", "steps", what="Receives the form", who=["users", "staff"]),
            "others-in-the-first-row",
        ),
        ("service-blueprint", stood("support", "asks", who=["families"]), "carried-by-families"),
        ("currency-and-exchange", held("bake", "", asked="not-asked"), "goes-on-and-not-asked"),
        ("currency-and-exchange", held("bake", "", flow="piles-up"), "piles-up"),
        ("currency-and-exchange", held("bake", "", flow="changed-back"), "changed-back"),
        ("currency-and-exchange", held("bake", "", flow="not-known"), "agreed-and-not-known"),
        ("theory-of-change-2", note("assumptions", assumption="They come", certainty=5), "certain-assumption"),
        ("theory-of-change-2", note("pathway", "intervention", statement="We sing", certainty=1), "built-on-a-guess"),
        ("after-action-review", looked_back(1, lies="not-known"), "cause-not-known"),
        ("safeguarding-and-referral", turned_to("helpline", checked="published"), "nobody-asked"),
        ("safeguarding-and-referral", turned_to("emergency"), "emergency-called"),
    ],
)
def test_what_contradicts_itself_is_asked_about(slug: str, card: Note, question: str) -> None:
    assert state(CURRICULUM.exercise(slug), [card]).questions == (question,)
