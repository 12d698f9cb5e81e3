"""Whatever changes in a template and in its copies: nothing is doubled, lost, or taken from whoever changed it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodle_sync.journal.journal import Journal
from moodle_sync.things.course import COURSES
from moodle_sync.things.section import MODULES, Module
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.examples import COURSE, FULL
from tests.moodle_sync.miniature import Miniature
from tests.moodle_sync.templates import TEMPLATE, add_activity, call, make_template, press, shown

COPY = "TOT"
FILE = FULL.having(COURSES, {"tot": replace(COURSE, template=TEMPLATE)}).having(
    MODULES, {"tot": (Module(id="needs", name="Needs"), Module(id="policies", name="Policies"))}
)
FIRST = ("Exercise 1", "Exercise 2", "Map")
MANY = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@dataclass(frozen=True)
class Step:
    """What somebody does to the nth activity of the template or of its copy."""

    course: str
    activity: int
    what: str


steps = st.builds(
    Step,
    course=st.sampled_from([TEMPLATE, COPY]),
    activity=st.integers(0, len(FIRST) - 1),
    what=st.sampled_from(["name", "cm_hide", "cm_show", "cm_move"]),
)
nights = st.lists(st.lists(steps, max_size=5), min_size=1, max_size=3)
"""What people do on the days between the sync's nights."""
Looks = list[tuple[str, bool]]
"""Name and visibility of each activity, in the order in which they were made."""


@contextmanager
def copied(miniature: Miniature, empty: bytes) -> Iterator[Administered]:
    """Give a site with a template and a copy of it, as they are at first."""
    miniature.site.restore(empty)
    with TemporaryDirectory() as folder, Journal.open(Path(folder) / "journal", "http://localhost:8100") as journal:
        site = Administered(miniature, journal)
        make_template(miniature, "Needs", "Policies")
        add_activity(miniature, "Needs", "Map")
        site.apply(FILE)
        yield site


def do(site: Administered, step: Step, looks: Mapping[str, Looks], name: str) -> None:
    """Do a step, and note what becomes of the activity."""
    there = looks[step.course]
    called, visible = there[step.activity]
    if step.what == "name":
        call(site, step.course, called, name)
        there[step.activity] = (name, visible)
    elif step.what == "cm_move":
        other = there[(step.activity + 1) % len(there)][0]
        press(site, step.course, step.what, called, before=other)
    else:
        press(site, step.course, step.what, called)
        there[step.activity] = (called, step.what == "cm_show")


def merged(last: Looks, template: Looks, copy: Looks) -> Looks:
    """Say what a night makes of the copy: what the template changed, and else what whoever teaches made of it."""
    return [
        (now[0] if now[0] != then[0] else own[0], now[1] if now[1] != then[1] else own[1])
        for then, now, own in zip(last, template, copy, strict=True)
    ]


@pytest.fixture
def empty(miniature: Miniature) -> bytes:
    """Give the state of a site without courses."""
    return miniature.site.snapshot()


@given(days=nights)
@MANY
def test_a_night_brings_what_the_template_changed_and_leaves_the_rest_to_whoever_teaches(
    miniature: Miniature, empty: bytes, days: Sequence[Sequence[Step]]
) -> None:
    names: Callable[[], str] = iter(f"Name {number}" for number in range(100)).__next__
    with copied(miniature, empty) as site:
        looks = {course: [(name, True) for name in FIRST] for course in (TEMPLATE, COPY)}
        last = list(looks[TEMPLATE])
        for day in days:
            for step in day:
                do(site, step, looks, names())
            outcome = site.apply(FILE)
            looks[COPY] = merged(last, looks[TEMPLATE], looks[COPY])
            last = list(looks[TEMPLATE])

            assert outcome.failed == []
            assert shown(site, COPY) == sorted(looks[COPY])
            assert shown(site, TEMPLATE) == sorted(looks[TEMPLATE])
            assert site.plan(FILE).actions == ()
