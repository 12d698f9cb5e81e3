"""The page on which trainers arrange an exercise, and what trainees read of it, are for everybody."""

from playwright.sync_api import Page, expect

from lti_tool.lti.roles import Role
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.keyboard import press_until


def arrangement(launch: Show, locale: str = "en") -> Page:
    """As trainer: open the list, and there the page where the exercise is arranged."""
    page = launch(sub="trainer", role=Role.TRAINER, group_ids=(), locale=locale, timezone="Europe/Madrid")
    page.locator("a[href$=arrangement]").click()
    expect(page.locator("input[name=opens_at]")).to_be_visible()
    return page


def save(page: Page) -> None:
    """Send the form of settings."""
    page.locator("form[action$=arrangement] button").click()


def make_groups_here(page: Page) -> None:
    """Let the exercise be done in groups that are made here."""
    page.locator("input[name=mode][value=group]").check()
    page.locator("input[name=source][value=made]").check()
    save(page)
    expect(page.locator("input[name=version]").first).to_have_value("1")


def test_platform_groups_are_arranged_on_a_page_for_everybody(launch: Show, locale: str) -> None:
    launch(sub="1", name="Ana", group_ids=("7",))
    launch(sub="2", name="سامي", group_ids=("7", "8"))
    launch(sub="3", name="Carlos", group_ids=())
    page = arrangement(launch, locale)
    page.locator("input[name=mode][value=group]").check()

    save(page)

    expect(page.locator("[data-trouble=several] li")).to_have_text("سامي")
    expect(page.locator("[data-trouble=none] li")).to_have_text("Carlos")
    assert accessible(page)


def test_what_stands_in_the_way_is_said_at_its_field_for_everybody(launch: Show, locale: str) -> None:
    page = arrangement(launch, locale)
    page.locator("input[name=opens_at]").fill("2026-10-02T09:00")
    page.locator("input[name=due_at]").fill("2026-10-01T09:00")

    save(page)

    expect(page.locator("input[name=due_at]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name=due_at]")).to_have_value("2026-10-01T09:00")
    expect(page.get_by_role("alert")).to_be_visible()
    assert accessible(page)


def test_groups_are_made_at_random_and_by_hand_on_a_page_for_everybody(launch: Show, locale: str) -> None:
    for number, name in enumerate(["Ana", "سامي", "Νίκος", "Carlos"]):
        launch(sub=str(number), name=name)
    page = arrangement(launch, locale)
    make_groups_here(page)
    assert accessible(page)

    page.locator("input[name=number]").fill("2")
    page.locator("form[action$=random] button").click()
    expect(page.locator("fieldset.group")).to_have_count(2)
    page.locator("select[name^=person]").first.select_option("")
    page.locator("form[action$=members] button").click()

    expect(page.locator("[data-trouble=none] li")).to_have_count(1)
    assert accessible(page)


def test_the_keyboard_alone_arranges_the_exercise(launch: Show) -> None:
    page = arrangement(launch)
    press_until(page, page.locator("input[name=mode][value=alone]"))
    page.keyboard.press("ArrowDown")
    press_until(page, page.get_by_role("checkbox", name="Each writes alone first, then together"))
    page.keyboard.press("Space")
    press_until(page, page.locator("form[action$=arrangement] button"))
    page.keyboard.press("Enter")
    expect(page.locator("input[name=mode][value=group]")).to_be_checked()

    press_until(page, page.get_by_role("link", name="All work in this course"))
    page.keyboard.press("Enter")

    expect(page.get_by_text("Done in groups: each person alone first")).to_be_visible()


def test_who_has_no_group_reads_what_to_do_for_everybody(launch: Show, locale: str) -> None:
    make_groups_here(arrangement(launch))

    page = launch(locale=locale)

    expect(page.get_by_role("status").first).to_be_visible()
    expect(page.locator("[data-hand-in]")).to_have_count(0)
    assert accessible(page)


def test_dates_stand_below_the_title_for_everybody(launch: Show, locale: str) -> None:
    page = arrangement(launch)
    page.locator("input[name=due_at]").fill("2020-10-01T09:00")
    page.locator("input[name=closes_at]").fill("2090-10-01T09:00")
    save(page)
    expect(page.locator("input[name=due_at]")).to_have_value("2020-10-01T09:00")

    trainee = launch(locale=locale)

    expect(trainee.locator(".dates li")).to_have_count(2)
    expect(trainee.locator("[data-hand-in]")).to_be_visible()
    assert accessible(trainee)
