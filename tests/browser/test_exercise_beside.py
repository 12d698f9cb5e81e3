"""What is read and printed beside an exercise: its worked example, the facilitator's page, a sheet to glue."""

import re

import pytest
from playwright.sync_api import Page, expect

from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show

A4 = (297, 210)
"""Millimetres of a page that lies across."""


@pytest.fixture
def trainer(launch: Show, locale: str) -> Page:
    return launch(sub="trainer", role=Role.TRAINER, locale=locale, path="guide?start=14:30")


def test_everybody_can_use_what_stands_beside_an_exercise(trainer: Page) -> None:
    address = trainer.url.split("/guide")[0]
    assert accessible(trainer)

    for path in ("exercise/example", "exercise/paper?size=poster"):
        trainer.goto(f"{address}/{path}")
        assert accessible(trainer)


def test_a_sheet_to_glue_has_one_page_of_paper_for_each_of_its_own(launch: Show) -> None:
    page = launch(path="exercise/paper?size=poster")
    tiles = page.locator(".tile").count()

    printed = page.pdf(prefer_css_page_size=True)

    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    sizes = {tuple(round(float(side) / 72 * 25.4) for side in box) for box in boxes}
    assert sizes == {A4}
    assert len(re.findall(rb"/Type /Page\b", printed)) == tiles > 9


def test_what_to_look_at_is_folded_on_the_screen_and_printed(launch: Show) -> None:
    page = launch(sub="trainer", role=Role.TRAINER, path="guide")
    criterion = page.get_by_text("Satisfiers, and not needs")
    expect(criterion).to_be_hidden()

    page.emulate_media(media="print")

    expect(criterion).to_be_visible()
