"""Whom the tool believes: what a browser and a teacher can write into a launch moves no grade and no token.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of its classes in their order, one story for each class.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect

from content.load import load
from tests.listening import listening
from tests.spec.canvas import COMMUNITY_QUESTION, answer, expect_handed_in, hand_in, question, write_note
from tests.spec.grades import MATRIX
from tests.spec.main_job import COMMUNITY, MODULE
from tests.spec.roster import open_list
from tests.spec.site import Site
from tests.spec.tool import Tool

UNIT = load().unit("needs-and-satisfiers").texts["en"].title
MAP = load().exercise("power-interest-map").texts["en"].title
UNGRADED = "activity=exercise/needs-matrix"
"""What makes a unit, which has no column in the gradebook, an exercise."""


class Listener:
    """A host that has nothing to do with the platform, and writes down who comes."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        self.heard.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        start_response("404 Not Found", [])
        return []


@contextmanager
def carrying(page: Page, tool: Tool, change: Callable[[dict[str, object]], None]) -> Iterator[None]:
    """Let a person's browser change what Moodle gives it to carry to the tool and back."""

    def pass_on(route: Route) -> None:
        fields = dict(parse_qsl(route.request.post_data or "", keep_blank_values=True))
        hint = json.loads(fields["lti_message_hint"])
        change(hint)
        route.continue_(post_data=urlencode({**fields, "lti_message_hint": json.dumps(hint)}))

    page.context.route(f"{tool.public_url}/lti/login", pass_on)
    yield
    page.context.unroute(f"{tool.public_url}/lti/login", pass_on)


def write_and_hand_in(page: FrameLocator) -> None:
    """Write something, and hand in all that is there."""
    answer(page, COMMUNITY_QUESTION, COMMUNITY)
    write_note(page, "Subsistence", "Having", "The cooperative that cooks school meals", "Synergic")
    hand_in(page)
    expect_handed_in(page)


def open_carrying(site: Site, tool: Tool, person: str, cmid: str | None) -> FrameLocator:
    """Open the needs matrix, as a person whose browser names another activity, or none."""

    def change(hint: dict[str, object]) -> None:
        hint.pop("cmid")
        hint.update({"cmid": cmid} if cmid else {})

    with carrying(site.open_activity(person, UNIT).owner.page, tool, change):
        page = site.open_activity(person, MATRIX)
        expect(question(page)).to_be_visible()
    return page


def expect_no_grade(site: Site, person: str, title: str) -> None:
    """Look that nothing came into a column."""
    assert not re.search(r"\b100[.,]00", site.read_grade(person, title))


class Browsers:
    """A trainee's browser names another activity than the one that is opened."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool, and place a module with two exercises."""
        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)

    def test_a_grade_of_who_names_another_exercise_comes_into_the_column_of_the_one_opened(
        self, site: Site, tool: Tool
    ) -> None:
        page = open_carrying(site, tool, "third trainee", site.module_of(MAP))

        write_and_hand_in(page)

        site.wait_for_grade("third trainee", MATRIX, "100.00")
        expect_no_grade(site, "third trainee", MAP)

    def test_who_names_another_exercise_moves_nobody_elses_grade(self, site: Site, tool: Tool) -> None:
        page = site.open_activity("trainee", MATRIX)
        expect(question(page)).to_be_visible()
        open_carrying(site, tool, "third trainee", site.module_of(MAP))

        write_and_hand_in(page)

        site.wait_for_grade("trainee", MATRIX, "100.00")
        expect_no_grade(site, "trainee", MAP)

    def test_a_trainee_who_asks_for_somebody_elses_work_gets_the_own_exercise(self, site: Site) -> None:
        page = site.open_activity("trainee", UNIT).owner.page
        whose = f"action=gradeReport&user={site.number_of('third trainee')}"

        page.goto(f"{site.url}/mod/lti/launch.php?id={site.module_of(MATRIX)}&{whose}")

        expect(page.get_by_role("button", name="Hand in").first).to_be_visible()

    def test_who_names_nothing_is_graded_all_the_same(self, site: Site, tool: Tool) -> None:
        site.copy_course()
        page = open_carrying(site, tool, "trainee", None)

        write_and_hand_in(page)

        site.wait_for_grade("trainee", MATRIX, "100.00")

    def test_who_names_an_exercise_of_another_course_is_graded_in_this_one(self, site: Site, tool: Tool) -> None:
        elsewhere = site.module_of(MAP)
        site.copy_course()
        page = open_carrying(site, tool, "trainee", elsewhere)

        write_and_hand_in(page)

        site.wait_for_grade("trainee", MATRIX, "100.00")
        expect_no_grade(site, "trainee", MAP)


class Teachers:
    """A trainer writes into an activity where its grades, or the course's people, are to be had."""

    @pytest.fixture(scope="class")
    @classmethod
    def listener(cls) -> Listener:
        """Give a listener that nobody should come to."""
        return Listener()

    @pytest.fixture(scope="class")
    @classmethod
    def foreign(cls, listener: Listener) -> Iterator[str]:
        """Give the listener's address: another host's than the platform's and the tool's."""
        with listening(listener) as address:
            yield address

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool, and place a module with a unit, which has no column."""
        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)

    def test_a_foreign_line_item_hears_nothing(self, site: Site, foreign: str, listener: Listener) -> None:
        site.write_custom_parameters(UNIT, [UNGRADED, f"lineitem_url={foreign}/lineitem"])

        self._hand_in_both(site)

        assert listener.heard == []

    def test_a_line_item_of_another_course_stays_as_it_was(self, site: Site) -> None:
        elsewhere = site.line_item_of(MAP)
        site.copy_course()
        site.write_custom_parameters(UNIT, [UNGRADED, f"lineitem_url={elsewhere}"])

        self._hand_in_both(site)

        site.go_back()
        expect_no_grade(site, "trainee", MAP)

    def test_a_line_item_of_another_activity_stays_as_it_was(self, site: Site) -> None:
        site.copy_course()
        site.write_custom_parameters(UNIT, [UNGRADED, f"lineitem_url={site.line_item_of(MAP)}"])

        self._hand_in_both(site)

        expect_no_grade(site, "trainee", MAP)

    def test_a_foreign_roster_hears_nothing(self, site: Site, foreign: str, listener: Listener) -> None:
        listener.heard.clear()
        site.write_custom_parameters(MATRIX, [UNGRADED, f"context_memberships_v2_url={foreign}/roster"])
        site.restore_course()  # where Moodle says nothing of the roster

        open_list(site)
        write_and_hand_in(site.open_activity("trainee", MATRIX))
        site.wait_for_grade("trainee", MATRIX, "100.00")
        open_list(site)

        assert listener.heard == []

    def _hand_in_both(self, site: Site) -> None:
        """Hand in where the trainer wrote, then where a grade must come: the worker has done both by then."""
        write_and_hand_in(site.open_activity("trainee", UNIT))
        page = site.open_activity("trainee", MATRIX)
        hand_in(page)
        expect_handed_in(page)  # whoever leaves earlier takes the form along
        site.wait_for_grade("trainee", MATRIX, "100.00")


class Columns:
    """Columns that a launch says nothing of, or nothing that the list of line items bears out."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool, and place a module."""
        site.register(tool.command("invite", "--approve"))
        site.place_module(MODULE)

    def test_a_course_restored_from_another_site_is_graded(self, site: Site) -> None:
        site.restore_course()

        write_and_hand_in(site.open_activity("trainee", MATRIX))

        site.wait_for_grade("trainee", MATRIX, "100.00")
        site.go_back()

    def test_a_column_made_anew_gets_the_grade(self, site: Site) -> None:
        site.make_column_anew(MATRIX)

        write_and_hand_in(site.open_activity("trainee", MATRIX))

        site.wait_for_grade("trainee", MATRIX, "100.00")

    def test_a_copied_course_is_graded(self, site: Site) -> None:
        site.copy_course()

        write_and_hand_in(site.open_activity("trainee", MATRIX))

        site.wait_for_grade("trainee", MATRIX, "100.00")
