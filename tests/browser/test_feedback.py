"""A trainer and a trainee through two rounds: comments at the notes, given back, revised, answered, and done."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from lti_tool.lti.roles import Role
from tests.browser import exercise_page
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.exercise_page import add_note, cell, done, first_field, hand_in, notes, open_note
from tests.browser.keyboard import press_until
from tests.browser.running_tool import RunningTool

KEPT = re.compile("Kept, not released")


def read_work(launch: Show, **given: object) -> Page:
    """As trainer: open the list, and there the only work."""
    page = launch(**{"sub": "trainer", "name": "Trainer", "role": Role.TRAINER, **given})
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(whole(page)).to_be_visible()
    return page


def whole(page: Page) -> Locator:
    """Find where a trainer writes on the whole."""
    return page.get_by_label("On the whole")


def alive(page: Page) -> Page:
    """Wait until the page's script keeps what is typed."""
    expect(page.locator("#feedback.is-scripted")).to_be_attached()
    return page


def handed_in(launch: Show, text: str = "A well") -> Page:
    """As trainee: hand in one note."""
    page = launch()
    add_note(page, text)
    hand_in(page)
    expect(page.get_by_text("Handed in:")).to_be_visible()
    return page


def comment(page: Page, words: str) -> Locator:
    """Open the box for a comment on a note."""
    page.get_by_label(f"Comment: {words}").click()
    return page.get_by_label(f"Comment on: {words}")


def test_trainer_and_trainee_through_two_rounds(launch: Show) -> None:
    trainee, trainer = handed_in(launch), read_work(launch)

    comment(trainer, "A well").fill("Who decides about it?")
    expect(trainer.get_by_role("status").filter(has_text=KEPT)).to_be_visible()
    trainer.reload()
    expect(trainer.get_by_label("Comment on: A well")).to_have_value("Who decides about it?")
    trainee.reload()
    expect(trainee.get_by_text("Who decides about it?")).to_have_count(0)
    trainer.get_by_role("radio", name="Please revise").check()
    trainer.get_by_role("button", name="Release").click()
    expect(trainer.get_by_role("heading", name="What was said so far")).to_be_visible()

    trainee.reload()
    trainee.get_by_role("link", name="Read what your trainer wrote").click()
    note = notes(cell(trainee)).first
    expect(note.locator(".remark blockquote")).to_have_text("Who decides about it?")
    open_note(note)
    expect(note.locator(".remark blockquote")).to_have_text("Who decides about it?")
    first_field(trainee).fill("A well that the women run")
    done(trainee)
    expect(note.locator(".remark blockquote")).to_have_text("Who decides about it?")
    hand_in(trainee)
    expect(trainee.get_by_text("That was about what you handed in before.")).to_be_visible()
    trainee.locator(".answers summary").filter(has_text="Answer").click()
    trainee.get_by_role("textbox", name="Your answer").fill("The women do.")
    trainee.get_by_role("button", name="Send the answer").click()
    expect(trainee.locator(".answers .reply blockquote")).to_have_text("The women do.")

    trainer = read_work(launch)
    expect(trainer.locator(".note .reply blockquote")).to_have_text("The women do.")
    trainer.get_by_label("On the whole").fill("Well done.")
    trainer.locator("input[name=mark]").fill("90")
    trainer.get_by_role("button", name="Release").click()
    expect(trainer.get_by_text("Released: 90 of 100 points")).to_be_visible()
    trainee.reload()
    expect(trainee.get_by_text("Your trainer says that this is done.")).to_be_visible()
    expect(trainee.get_by_role("link", name="Read what your trainer wrote")).to_have_count(0)


def test_both_pages_are_for_everybody(launch: Show, locale: str) -> None:
    trainee, trainer = handed_in(launch), read_work(launch, locale=locale)
    trainer.locator(".commenting summary").first.click()
    trainer.locator(".commenting textarea").first.fill("Who decides about it?")
    trainer.locator("input[value=revise]").check()
    trainer.locator("input[name=level-effects]").last.check()
    assert accessible(trainer)
    trainer.locator("button.primary").click()
    expect(trainer.locator(".answer").first).to_be_visible()
    assert accessible(trainer)

    page = launch(locale=locale)
    expect(page.locator(".answers .replying")).to_have_count(1)
    page.locator(".answers .replying summary").click()
    assert accessible(page)
    trainee.close()


def test_two_trainers_at_one_draft_are_shown_both_texts(launch: Show) -> None:
    handed_in(launch)
    here, there = read_work(launch), read_work(launch, sub="colleague", name="Colleague")
    there.get_by_label("On the whole").fill("Said by the colleague.")
    expect(there.get_by_role("status").filter(has_text=KEPT)).to_be_visible()

    here.get_by_label("On the whole").fill("Said by me.")
    expect(here.get_by_role("alert")).to_contain_text("Another trainer changed this draft meanwhile.")
    here.get_by_role("button", name="Keep it for later").click()

    expect(here.get_by_role("alert")).to_contain_text("Said by the colleague.")
    expect(here.get_by_label("On the whole")).to_have_value("Said by me.")
    assert accessible(here)


def test_what_is_typed_before_the_script_is_there_is_kept(launch: Show, running: RunningTool) -> None:
    handed_in(launch)
    context, held = running.browser_of_a_person(), list[Route]()
    context.route("**/reviews/drafting*", lambda route: held.append(route))  # noqa: PLW0108 - it looks at the signature
    page = read_work(launch, context=context)

    whole(page).fill("Well done.")
    held[0].continue_()

    expect(page.get_by_role("status").filter(has_text=KEPT)).to_be_visible()


def test_what_could_not_be_kept_is_tried_again(launch: Show) -> None:
    handed_in(launch)
    page = alive(read_work(launch))
    page.context.set_offline(True)
    page.get_by_label("On the whole").fill("Well done.")
    expect(page.get_by_role("status")).to_contain_text("Not kept yet")

    page.context.set_offline(False)

    expect(page.get_by_role("status").filter(has_text=KEPT)).to_be_visible()


DRAFTS = "**/submissions/*/draft"
BACK = "Text that had not reached the server was still in this browser."


def test_a_draft_that_never_reached_the_server_is_brought_back_and_kept(launch: Show) -> None:
    handed_in(launch)
    page = alive(read_work(launch))
    context, address = page.context, page.url
    context.set_offline(True)
    comment(page, "A well").fill("Who decides about it?")
    page.get_by_role("radio", name="Please revise").check()
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_role("status")).to_have_text("Not kept yet: it is in this browser until the server has it.")
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(address)

    expect(again.get_by_label("Comment on: A well")).to_have_value("Who decides about it?")
    expect(again.get_by_role("radio", name="Please revise")).to_be_checked()
    expect(again.get_by_text(BACK)).to_be_visible()
    expect(again.get_by_role("status").filter(has_text=KEPT)).to_be_visible()
    assert again.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(
    ("status", "told"),
    [(503, "Not saved yet, and this browser keeps nothing: leave the page open."), (401, "copy your text first")],
)
def test_where_the_browser_keeps_nothing_the_page_says_so(launch: Show, status: int, told: str) -> None:
    handed_in(launch)
    page = alive(read_work(launch))
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('denied'); }; }")
    page.context.route(DRAFTS, lambda route: route.fulfill(status=status, json={}))

    whole(page).fill("Well done.")

    expect(page.get_by_role("status")).to_contain_text(told)


def test_a_draft_of_an_ended_session_is_brought_back(launch: Show) -> None:
    handed_in(launch)
    page = alive(read_work(launch))
    page.context.route(DRAFTS, lambda route: route.fulfill(status=401, json={}))
    whole(page).fill("Well done.")
    expect(page.get_by_role("status")).to_have_text("Open the activity again in Moodle; your text is kept.")
    page.context.unroute(DRAFTS)

    again = read_work(launch, context=page.context)

    expect(whole(again)).to_have_value("Well done.")
    expect(again.get_by_role("status").filter(has_text=KEPT)).to_be_visible()


def test_what_a_trainer_leaves_for_another_s_text_is_not_brought_back(launch: Show) -> None:
    handed_in(launch)
    here, there = read_work(launch), read_work(launch, sub="colleague", name="Colleague")
    whole(there).fill("Said by the colleague.")
    expect(there.get_by_role("status").filter(has_text=KEPT)).to_be_visible()
    whole(here).fill("Said by me.")
    here.get_by_role("button", name="Release").click()
    expect(here.get_by_role("alert")).to_contain_text("Said by the colleague.")

    here.get_by_role("link", name="Take what is kept, and leave yours").click()

    expect(whole(here)).to_have_value("Said by the colleague.")
    assert here.evaluate("localStorage.length") == 0


def test_without_script_and_by_keyboard_a_comment_is_kept_and_released(launch: Show, running: RunningTool) -> None:
    trainee = handed_in(launch)
    page = read_work(launch, context=running.browser_of_a_person(java_script_enabled=False))
    press_until(page, page.locator(".commenting summary").first)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Who decides about it?")
    press_until(page, page.get_by_role("button", name="Keep it for later"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(KEPT)).to_be_visible()
    press_until(page, page.get_by_role("button", name="Release"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="What was said so far")).to_be_visible()
    trainee.reload()
    expect(trainee.locator(".remark blockquote")).to_have_text("Who decides about it?")


@pytest.mark.parametrize("size", [{"width": 390, "height": 844}])
def test_on_a_phone_a_comment_leads_to_its_note(launch: Show, size: dict[str, int]) -> None:
    handed_in(launch)
    trainer = read_work(launch)
    comment(trainer, "A well").fill("Who decides about it?")
    trainer.get_by_role("button", name="Release").click()
    expect(trainer.get_by_role("heading", name="What was said so far")).to_be_visible()
    page = launch()
    page.set_viewport_size(size)  # type: ignore[arg-type]
    exercise_page.alive(page)

    page.locator(".comments a").click()

    expect(page.locator(".remark")).to_be_in_viewport()


def test_levels_are_chosen_by_keyboard_and_read_as_words(launch: Show) -> None:
    trainee, trainer = handed_in(launch), read_work(launch)
    effects = trainer.get_by_role("group", name="What each thing does")

    press_until(trainer, effects.get_by_role("radio", name="Not chosen"))
    trainer.keyboard.press("ArrowDown")
    trainer.keyboard.press("ArrowDown")
    expect(trainer.get_by_role("status").filter(has_text=KEPT)).to_be_visible()
    trainer.reload()
    expect(effects.get_by_role("radio", name="Most kinds fit what the note describes.")).to_be_checked()
    press_until(trainer, trainer.get_by_role("button", name="Release"))
    trainer.keyboard.press("Enter")
    expect(trainer.get_by_role("heading", name="What was said so far")).to_be_visible()

    trainee.reload()
    expect(trainee.locator(".answers dl")).to_contain_text("Most kinds fit what the note describes.")
    assert accessible(trainee)
