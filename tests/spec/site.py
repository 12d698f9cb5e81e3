"""What a specification asks of a Moodle, whether it is the miniature or a real one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page


def whole_module(picker: FrameLocator | Page, title: str) -> Locator:
    """Find the picker's box for all of a module; one that has a single activity has just that activity's."""
    whole = picker.get_by_role("group", name=title).get_by_label("The whole module")
    return whole.or_(picker.get_by_role("checkbox", name=title, exact=True))


class Site(Protocol):
    """A Moodle with a course, a trainer and trainees, driven in a browser as people drive it.

    People are named `admin`, `trainer`, `non-editing trainer`, `trainee`, `second trainee` and `third trainee`.
    """

    url: str
    """Its address, without a slash at the end."""

    def has_language(self, code: str) -> bool:
        """Tell whether people can read the site in a language."""

    def choose_language(self, person: str, code: str) -> None:
        """As a person: let Moodle speak a language that it has."""

    def register(self, invitation_url: str) -> None:
        """As administrator: paste the URL in Manage tools, agree, close, and activate the tool."""

    def update(self, invitation_url: str) -> None:
        """As administrator: paste the URL again, and update the tool that is there."""

    def withhold_names(self) -> None:
        """As administrator: never share the launcher's name with the tool."""

    def delete_tool(self) -> None:
        """As administrator: delete the tool in Manage tools."""

    def place_module(self, title: str) -> list[str]:
        """As trainer: place a whole module with one deep link; give the titles of the activities in the course."""

    def open_picker(self) -> FrameLocator:
        """As trainer: press what opens the tool's picker on the course's page; give the tool's frame."""

    def finish_placing(self) -> list[str]:
        """As trainer: do what Moodle asks once the choice is there; give the titles of the activities in the course."""

    def sit_down(self, person: str, context: BrowserContext) -> None:
        """Give a person another browser from now on: they log in there in a new tab, after whoever was logged in."""

    def open_activity(self, person: str, title: str) -> FrameLocator:
        """As a person: open an activity on the course's page, the newest of its title; give the tool's frame."""

    def follow_link(self, person: str, address: str) -> Page:
        """As a person: follow a link from a mail in their own browser; give the page where it leads."""

    def follow_link_and_log_in(self, person: str, address: str, context: BrowserContext) -> Page:
        """As a person: follow a link from a mail in a browser where nobody is logged in, and log in as Moodle asks.

        It is their own browser from now on. Give the page where the link leads then.
        """

    def review_work(self, person: str, of: str, title: str) -> FrameLocator:
        """As a person: follow the gradebook's link to somebody's work; give the tool's frame."""

    def read_grade(self, person: str, title: str) -> str:
        """Read what the person's own grade report says of an activity, comment and all."""

    def lock_column(self, title: str) -> None:
        """As trainer: lock an activity's column in the gradebook, or unlock it."""

    def grade_by_hand(self, person: str, title: str, grade: str) -> None:
        """As trainer: enter a grade in the gradebook."""

    def copy_course(self) -> None:
        """As administrator: copy the course, enrol the trainer and the trainee in the copy, and go on there."""

    def copy_with_sync(self, people: Sequence[str], folder: Path) -> tuple[str, str]:
        """As administrator: let `moodle-sync` make six runs as copies of the course, and enrol people in them.

        Give what it told, and what it told when it was asked once more.
        """

    def go_to_run(self, run: int) -> None:
        """Go on in one of the runs that the sync made, the first of which is 1."""

    def restore_course(self) -> None:
        """As administrator: restore the course from another site's backup, enrol the same two, and go on there.

        The other site knew the tool by another number and another address.
        """

    def go_back(self) -> None:
        """Go on in the first course again."""

    def module_of(self, title: str) -> str:
        """Give the number (cmid) that addresses call an activity by, the newest of its title."""

    def line_item_of(self, title: str) -> str:
        """Give the address of an activity's line item, as launches tell it."""

    def write_custom_parameters(self, title: str, lines: Sequence[str]) -> None:
        """As trainer: write custom parameters into an activity's settings, instead of those that are there."""

    def make_column_anew(self, title: str) -> None:
        """As trainer: take an activity's column out of the gradebook, and put a new one there."""

    def number_of(self, person: str) -> str:
        """Give the number that Moodle's addresses call a person by."""

    def name_of(self, person: str) -> str:
        """Give the person's name as Moodle tells it to the tool."""

    def suspend(self, person: str) -> None:
        """As administrator: suspend the person's enrolment in the course."""

    def is_let_in(self, person: str) -> bool:
        """As a person: go to the course's page; tell whether it shows its activities."""

    def sync_with_community(self, people: Sequence[str], folder: Path) -> None:
        """As administrator: let `moodle-sync` enrol people in the course, with a course for the community beside it.

        Whom it enrolled before and these don't name, it suspends.
        """

    def go_to_community(self) -> None:
        """Go on in the community's course."""

    def make_group(self, name: str, people: Sequence[str]) -> None:
        """As a program: make a group in the course, and put people into it."""

    def tell_groups(self, folder: Path) -> Path:
        """As administrator: let `moodle-sync` write what the course's groups are called; give the file."""

    def wait_for_grade(self, person: str, title: str, grade: str) -> None:
        """Wait until Moodle's gradebook shows a grade, such as `45.00`, for the newest activity of its title."""
