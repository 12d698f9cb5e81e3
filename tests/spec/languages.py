"""Languages: people come from a Moodle that speaks theirs, by codes of its own, and choose another one in the tool.

The same specification for the miniature (`tests/browser`) and for a real Moodle (`tests/live`): each has a fixture
`site` and runs the tests of this class in their order, one story.
"""

import pytest
from playwright.sync_api import FrameLocator, expect

from content.load import load
from content.text import direction
from lti_tool.i18n import find_languages
from tests.conftest import leave_out
from tests.spec.main_job import COURSE, MODULE
from tests.spec.site import Site, whole_module
from tests.spec.tool import Tool

TEXTS = load().exercise("needs-matrix").texts
IN_THE_COURSE = TEXTS["es"].title
READ_IN = {"pt_br": "pt", "fr_ca": "fr", "ar": "ar", "el": "el", "es_mx": "es", "de_du": "en"}
"""What whoever reads Moodle in a language gets here."""
SPOKEN = find_languages("en").codes


def open_from(site: Site, code: str) -> FrameLocator:
    """Open the exercise as a trainee whose Moodle speaks this language."""
    if not site.has_language(code):
        leave_out(f"Moodle's language pack {code}", "Site administration > General > Language > Language packs")
    site.choose_language("trainee", code)
    return site.open_activity("trainee", IN_THE_COURSE)


def expect_language(page: FrameLocator, code: str) -> None:
    """Wait until a page is in a language, and written from its side."""
    expect(page.locator("html")).to_have_attribute("lang", code)
    expect(page.locator("html")).to_have_attribute("dir", direction(code))


def press_switch(page: FrameLocator, value: str) -> None:
    """Choose in the switch of languages, whatever language the page is in."""
    page.locator(".speak summary").click()
    page.locator(f".speak button[name=language][value='{value}']").click()


class Languages:
    """One story."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def registered(cls, site: Site, tool: Tool) -> None:
        """Register the tool as the administrator would."""
        site.register(tool.command("invite", "--approve"))

    def test_a_trainer_chooses_the_language_of_the_titles(self, site: Site) -> None:
        picker = site.open_picker()
        whole_module(picker, MODULE).check()
        picker.get_by_label("Language of the titles in your course").select_option("es")
        picker.get_by_role("button", name="Place in the course").click()

        assert len(placed := site.finish_placing()) == len(COURSE.modules[0].activities)
        assert IN_THE_COURSE in placed

    @pytest.mark.parametrize("code", READ_IN)
    def test_each_finds_the_language_nearest_to_moodles(self, site: Site, code: str) -> None:
        page = open_from(site, code)

        language = READ_IN[code] if READ_IN[code] in SPOKEN else "en"
        expect_language(page, language)
        title = TEXTS[READ_IN[code]] if READ_IN[code] in TEXTS else TEXTS["en"]
        expect(page.get_by_role("heading", level=1)).to_have_text(title.title)

    def test_whose_language_is_missing_reads_so_in_it(self, site: Site) -> None:
        page = open_from(site, "de_du")

        expect(page.get_by_text("MedTOWN spricht noch kein Deutsch.")).to_have_attribute("lang", "de")

    def test_what_somebody_chose_here_is_remembered_until_they_take_it_back(self, site: Site) -> None:
        press_switch(page := open_from(site, "el"), "fr")
        expect_language(page, "fr")

        page = site.open_activity("trainee", IN_THE_COURSE)
        expect_language(page, "fr")
        press_switch(page, "")

        expect_language(page, "el")
        expect_language(site.open_activity("trainee", IN_THE_COURSE), "el")
