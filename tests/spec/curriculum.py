"""A curriculum that goes on changing: in the file, and apart from that by hand in Moodle; then nothing is left to do.

The same specification for the miniature (`tests/moodle_sync`) and for a real Moodle (`tests/live`): each has a fixture
`kept` and runs the tests of this class in their order, one story.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pytest

from tests.spec.kept import Kept, Written

NOTHING = "Nothing to do: Moodle is as it should be.\n"
LEFT = 'changed in Moodle since it was last written, and left so; changed_in_moodle = "overwrite"'
FIRST = Written(
    modules={"needs": "Needs & rights", "power": "Power", "money": "Money"},
    title="The basics",
    summary="All & more.",
    hidden=(),
    settings={"starts": "2026-10-01", "ends": "2027-03-01", "lang": '"en"', "visible": "true", "groups": '"none"'},
    category="Care",
    description="What we care for.",
)
"""What the file says at first."""


@dataclass(frozen=True)
class Later:
    """What the file says then, what a plan tells of it, and the sections that there are afterwards."""

    written: Written
    plan: tuple[str, ...]
    sections: tuple[tuple[str, bool], ...]


RENAMED = replace(FIRST, modules={**FIRST.modules, "power": "Who decides"})
REORDERED = replace(RENAMED, modules={key: RENAMED.modules[key] for key in ("money", "needs", "power")})
INSERTED = replace(
    REORDERED, modules={"money": "Money", "care": "Care at home", "needs": "Needs & rights", "power": "Who decides"}
)
HIDDEN = replace(INSERTED, hidden=("care", "power"))
LATER: Mapping[str, Later] = {
    "renamed": Later(
        RENAMED,
        ('rename section "Power" to "Who decides"',),
        (("Needs & rights", True), ("Who decides", True), ("Money", True)),
    ),
    "reordered": Later(
        REORDERED,
        ('move section "Money" to the front',),
        (("Money", True), ("Needs & rights", True), ("Who decides", True)),
    ),
    "inserted": Later(
        INSERTED,
        ("add section 4", 'name section 4 "Care at home"', 'move section "Care at home" behind "Money"'),
        (("Money", True), ("Care at home", True), ("Needs & rights", True), ("Who decides", True)),
    ),
    "hidden": Later(
        HIDDEN,
        ('hide section "Care at home"', 'hide section "Who decides"'),
        (("Money", True), ("Care at home", False), ("Needs & rights", True), ("Who decides", False)),
    ),
}
SETTINGS = replace(
    HIDDEN,
    title="The basics & more",
    summary="Other things.",
    settings={
        "starts": "2026-11-01",
        "ends": "2027-04-01",
        "lang": '"en"',
        "visible": "false",
        "groups": '"separate"',
        "completion": "false",
    },
)
WEEKS = replace(
    SETTINGS,
    modules={**SETTINGS.modules, "needs": "What people need"},
    settings={**SETTINGS.settings, "format": '"weeks"'},
)
TOPICS = replace(WEEKS, settings={**WEEKS.settings, "format": '"topics"'})
MOVED = replace(TOPICS, category="Care & work", description="Both.", below=True)
ELSEWHERE = replace(MOVED, inside="work")
LAST = (("Money", True), ("Care at home", False), ("What people need", True), ("Who decides", False))
"""The sections, after all that the file changed."""


@dataclass(frozen=True)
class Hand:
    """What somebody does in Moodle, what a plan shows of it, and what a plan tells where the file wins."""

    do: Callable[[Kept], None]
    shown: tuple[str, ...]
    plan: tuple[str, ...]


BY_HAND: Mapping[str, Hand] = {
    "a renamed section": Hand(
        lambda kept: kept.rename("Money", "My own words"),
        ('the name of a section is "My own words" and not "Money"',),
        ('rename section "My own words" to "Money"',),
    ),
    "a moved section": Hand(
        lambda kept: kept.move("Who decides", "Money"),
        ("the order of its sections was",),
        ('move section "Who decides" behind "What people need"',),
    ),
    "hidden and shown sections": Hand(
        lambda kept: kept.hide_and_show("Money", "Care at home"),
        ('its section "Money" is hidden', 'its section "Care at home" is shown'),
        ('show section "Money"', 'hide section "Care at home"'),
    ),
    "settings of a course": Hand(
        lambda kept: kept.change_course(fullname="My course", visible="1", summary="<p>Mine.</p>", groupmode="2"),
        (
            'fullname is "My course" and not "The basics & more"',
            'summary is "<p>Mine.</p>" and not "<p>Other things.</p>"',
            'visible is "1" and not "0"',
            'groupmode is "2" and not "1"',
        ),
        ('fullname from "My course" to "The basics & more"',),
    ),
    "a moved course": Hand(lambda kept: kept.move_course("care"), ('category is "care',), ('category from "care',)),
    "a category": Hand(
        lambda kept: kept.change_category("care", name="Ours", parent="0", description="<p>Mine.</p>"),
        (
            'name is "Ours" and not "Care & work"',
            'parent is "" and not "work',
            'description is "<p>Mine.</p>" and not "<p>Both.</p>"',
        ),
        ('name from "Ours" to "Care & work"',),
    ),
}


class CurriculumSpecification:
    """One story: what the file changed is done once; what somebody changed in Moodle is shown and left, or undone."""

    def test_a_course_is_made_and_a_category_that_somebody_made_gets_its_idnumber(self, kept: Kept) -> None:
        kept.make_category()
        kept.write(FIRST)
        planned = kept.plan()

        kept.apply()

        assert f'category work-{kept.mark}: idnumber from "" to "work-{kept.mark}"' in planned
        assert kept.sections() == [(title, True) for title in FIRST.modules.values()]
        assert kept.plan() == NOTHING
        assert kept.apply() == NOTHING

    @pytest.mark.parametrize("case", LATER)
    def test_what_the_file_changed_of_modules_is_done_once(self, kept: Kept, case: str) -> None:
        later = LATER[case]
        numbers = kept.numbers()
        kept.write(later.written)
        planned = kept.plan()

        kept.apply()

        assert [line for line in planned.splitlines() if line.startswith("  ")] == [
            f"  course {kept.course}: {line}" for line in later.plan
        ]
        assert kept.sections() == [*later.sections]
        assert numbers <= kept.numbers()
        assert kept.apply() == NOTHING

    @pytest.mark.parametrize(
        ("written", "told"),
        [
            (SETTINGS, 'fullname from "The basics" to "The basics & more"'),
            (WEEKS, 'format from "topics" to "weeks"'),
            (TOPICS, 'format from "weeks" to "topics"'),
            (MOVED, 'name from "Care" to "Care & work", parent from "" to "work'),
            (ELSEWHERE, 'category from "care'),
        ],
        ids=["settings", "another format and a name", "the former format", "a category", "the course's category"],
    )
    def test_what_the_file_changed_of_courses_and_categories_is_done_once(
        self, kept: Kept, written: Written, told: str
    ) -> None:
        kept.write(written)
        planned = kept.plan()

        kept.apply()

        assert told in planned
        assert kept.plan() == NOTHING
        assert kept.apply() == NOTHING

    def test_a_section_of_ones_own_is_no_concern_of_the_file(self, kept: Kept) -> None:
        kept.add("Mine", behind="Money")

        planned = kept.plan()

        assert planned == NOTHING
        assert kept.sections() == [LAST[0], ("Mine", True), *LAST[1:]]

    @pytest.mark.parametrize("case", BY_HAND)
    def test_what_somebody_changed_in_moodle_is_shown_and_left_until_the_file_wins(self, kept: Kept, case: str) -> None:
        hand = BY_HAND[case]
        before = kept.sight()
        hand.do(kept)
        changed = kept.sight()

        planned = kept.plan()
        applied = kept.apply()

        assert changed != before
        assert planned.startswith("Nothing to do: ")
        assert applied.startswith("Nothing to do: ")
        assert all(f"{shown}" in planned for shown in hand.shown), planned
        assert planned.count(LEFT) == len(hand.shown), planned
        assert kept.sight() == changed
        kept.write(replace(ELSEWHERE, wins=True))
        winning = kept.plan()
        kept.apply()
        assert all(line in winning for line in hand.plan), winning
        assert kept.sight() == before
        assert kept.apply() == NOTHING
        kept.write(ELSEWHERE)
        assert kept.plan() == NOTHING
