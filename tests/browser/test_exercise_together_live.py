"""Several at one canvas, each in a browser of their own: they see what the others do, and nobody's words are lost."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from lti_tool.exercises.modes import Mode
from tests.browser.accessibility import accessible
from tests.browser.conftest import Show
from tests.browser.course_at_work import CourseAtWork
from tests.browser.exercise_page import (
    KEPT,
    MAP,
    SAVED,
    add_note,
    add_to,
    alive,
    answer,
    answered,
    cards,
    cell,
    conflict,
    done,
    drag,
    editor,
    first_field,
    hand_in,
    kept,
    notes,
    open_note,
    question,
    state,
    words,
)
from tests.browser.right_to_left import TURNED
from tests.browser.running_tool import RunningTool

PEOPLE = "[data-people]"
HANDED_IN = re.compile("Ana.? handed it in")


@pytest.fixture
def course(running: RunningTool, request: pytest.FixtureRequest) -> CourseAtWork:
    """Give a course that works in groups."""
    return CourseAtWork(running, request.node.name)


@pytest.fixture
def ana(course: CourseAtWork) -> Page:
    """Give the page of somebody in group 7."""
    return course.come("ana")


@pytest.fixture
def omar(course: CourseAtWork, ana: Page) -> Page:
    """Give the page of somebody else in group 7, who comes second."""
    return course.come("omar")


def note_of(page: Page, text: str | re.Pattern[str]) -> str:
    """Give the id of a note that is shown, as soon as it is."""
    note = page.locator("[data-note]").filter(has_text=text)
    expect(note).to_be_visible()
    return str(note.get_attribute("id"))


# Others' notes


def test_each_sees_what_the_other_adds_changes_moves_and_deletes(ana: Page, omar: Page) -> None:
    add_note(ana, "a well")
    expect(words(cell(omar))).to_have_text(["a well"])

    open_note(notes(cell(omar)).first)
    first_field(omar).fill("a well for all")
    done(omar)
    expect(words(cell(ana))).to_have_text(["a well for all"])

    drag(ana, notes(cell(ana)).first, cell(ana, column="Doing"))
    expect(words(cell(omar, column="Doing"))).to_have_text(["a well for all"])
    expect(notes(cell(omar))).to_have_count(0)

    open_note(notes(cell(omar, column="Doing")).first)
    editor(omar).get_by_role("button", name="Delete").click()
    expect(notes(cell(ana, column="Doing"))).to_have_count(0)


def test_notes_stand_in_the_same_order_for_everybody(ana: Page, omar: Page) -> None:
    for text in ("one", "two", "three"):
        add_note(ana, text)
    expect(words(cell(omar))).to_have_text(["one", "two", "three"])

    drag(omar, notes(cell(omar)).nth(2), notes(cell(omar)).nth(0))
    expect(words(cell(ana))).to_have_text(["three", "one", "two"])

    add_note(ana, "four")
    expect(words(cell(omar))).to_have_text(["three", "one", "two", "four"])
    expect(words(cell(ana))).to_have_text(["three", "one", "two", "four"])


def test_the_same_is_shown_after_the_page_is_loaded_again(ana: Page, omar: Page) -> None:
    add_note(ana, "a well")
    expect(words(cell(omar))).to_have_text(["a well"])

    omar.reload()

    expect(words(cell(omar))).to_have_text(["a well"])


def test_ones_own_saves_change_nothing_on_ones_page(ana: Page) -> None:
    add_note(ana, "a well")
    expect(state(ana)).to_have_text(SAVED)
    ana.evaluate(
        """() => {
          window.changes = 0;
          const watch = new MutationObserver((all) => (window.changes += all.length));
          watch.observe(document.querySelector("[data-part]"), { childList: true, subtree: true, characterData: true });
        }"""
    )

    with ana.expect_response(lambda answer: "/changes?" in answer.url and answer.status == 204):
        pass

    assert ana.evaluate("window.changes") == 0
    assert notes(cell(ana)).first.get_attribute("data-rank") != ""


def test_others_changes_are_said_in_sum(ana: Page, omar: Page) -> None:
    for text in ("one", "two"):
        add_note(omar, text, column="Doing")

    expect(ana.locator("[data-announce]")).to_have_text(re.compile(r"New notes: [12]\."))


def test_an_answer_that_comes_late_stands_beside_by_itself_and_what_was_folded_stays_so(course: CourseAtWork) -> None:
    course.arrange(alone_first=True)
    course.set_stage(together_at=datetime.now(UTC))
    ana = alive(course.come("ana"))
    answer(ana, "The bay")

    course.answer_alone("omar", "The hill")

    beside = question(ana).locator(".brought")
    expect(beside).to_contain_text("The hill")
    expect(first_field(ana)).to_have_value("The bay")
    expect(first_field(ana)).to_be_focused()
    beside.locator("summary").click()
    course.answer_alone("lina", "The harbour")
    expect(beside.locator("summary")).to_have_text("What 2 of you wrote alone")
    expect(beside).not_to_have_attribute("open", "")


def test_that_somebody_else_handed_in_shows_by_itself_and_is_said(ana: Page, omar: Page) -> None:
    add_note(ana, "a well")
    expect(state(ana)).to_have_text(SAVED)

    hand_in(ana)

    expect(omar.locator("#submission")).to_contain_text(HANDED_IN)
    expect(omar.locator("[data-announce]")).to_contain_text(HANDED_IN)


def test_a_page_for_reading_shows_by_itself_what_a_group_sent_up(course: CourseAtWork) -> None:
    ana = course.come("ana")
    reader = course.running.open(None, "exercise?in=course", sub="ana", name="Ana", course=course.name)
    answered(ana, "The hill")
    ana.get_by_role("link", name="Send notes to the course's canvas").click()
    ana.get_by_role("checkbox", name="The hill").check()
    ana.get_by_role("button", name="Send").click()

    expect(question(reader).locator(".brought")).to_contain_text("The hill")
    expect(reader.locator("[data-news]")).to_be_hidden()


def test_a_pin_on_the_map_follows_somebody_elses_card(course: CourseAtWork) -> None:
    course.arrange(exercise="power-interest-map")
    ana, omar = (course.come(sub, activity=MAP) for sub in ("ana", "omar"))
    open_note(add_to(cards(ana), "The mayor"))
    for scale in ("Power", "Interest"):
        editor(ana).get_by_role("group", name=scale).get_by_role("radio", name="5").check()
    done(ana)

    expect(omar.locator("[data-map] [data-at] .pin")).to_have_text(re.compile("The mayor"))

    open_note(notes(cards(omar)).first)
    editor(omar).get_by_role("button", name="Delete").click()
    expect(ana.locator("[data-map] [data-at] .pin")).to_have_count(0)


def test_what_others_change_leaves_the_focus_and_the_view_where_they_are(ana: Page, omar: Page) -> None:
    add_note(ana, "mine", row="Freedom", column="Interacting")
    expect(words(cell(omar, "Freedom", "Interacting"))).to_have_text(["mine"])
    mine = notes(cell(ana, "Freedom", "Interacting")).first
    mine.locator("[data-open]").focus()
    before = mine.bounding_box()

    for text in ("one", "two", "three"):
        add_note(omar, text)
    expect(words(cell(ana))).to_have_text(["one", "two", "three"])

    after = mine.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
    expect(mine.locator("[data-open]")).to_be_focused()


def test_a_note_that_has_the_focus_keeps_it_when_it_is_changed(ana: Page, omar: Page) -> None:
    add_note(ana, "a well")
    expect(words(cell(omar))).to_have_text(["a well"])
    notes(cell(ana)).first.locator("[data-open]").focus()

    open_note(notes(cell(omar)).first)
    first_field(omar).fill("a well for all")
    done(omar)

    expect(words(cell(ana))).to_have_text(["a well for all"])
    expect(notes(cell(ana)).first.locator("[data-open]")).to_be_focused()


# An open editor, conflicts, no line


def test_an_open_editor_is_left_alone_and_saving_shows_both_texts(ana: Page, omar: Page) -> None:
    add_note(ana, "first")
    expect(words(cell(omar))).to_have_text(["first"])
    open_note(notes(cell(ana)).first)

    open_note(notes(cell(omar)).first)
    first_field(omar).fill("theirs")
    done(omar)
    expect(state(omar)).to_have_text(SAVED)
    _wait_for_a_poll(ana)
    expect(first_field(ana)).to_have_value("first")
    expect(first_field(ana)).to_be_focused()
    first_field(ana).fill("mine")

    expect(conflict(ana)).to_contain_text("theirs")
    conflict(ana).get_by_role("button", name="Put both together").click()
    done(ana)
    expect(words(cell(omar))).to_have_text(["theirs\n\nmine"])


def test_an_editor_in_which_nothing_was_written_closes_on_what_is_saved_by_now(ana: Page, omar: Page) -> None:
    add_note(ana, "first")
    expect(words(cell(omar))).to_have_text(["first"])
    open_note(notes(cell(ana)).first)
    open_note(notes(cell(omar)).first)
    first_field(omar).fill("theirs")
    done(omar)
    expect(state(omar)).to_have_text(SAVED)
    _wait_for_a_poll(ana)

    done(ana)

    expect(words(cell(ana))).to_have_text(["theirs"])


def test_a_note_deleted_by_somebody_else_under_an_open_editor_leaves_the_text(ana: Page, omar: Page) -> None:
    add_note(ana, "first")
    expect(words(cell(omar))).to_have_text(["first"])
    open_note(notes(cell(ana)).first)

    open_note(notes(cell(omar)).first)
    editor(omar).get_by_role("button", name="Delete").click()
    expect(state(omar)).to_have_text(SAVED)
    _wait_for_a_poll(ana)
    expect(first_field(ana)).to_have_value("first")
    first_field(ana).fill("first, and more")

    expect(cell(ana).get_by_text("It was deleted there.")).to_be_visible()
    conflict(ana).get_by_role("button", name="Keep mine").click()
    expect(words(cell(omar))).to_have_text(["first, and more"])


def test_what_is_written_without_a_line_meets_what_happened_meanwhile(ana: Page, omar: Page) -> None:
    add_note(ana, "first")
    expect(words(cell(omar))).to_have_text(["first"])
    omar.context.set_offline(True)
    open_note(notes(cell(omar)).first)
    first_field(omar).fill("mine, on the bus")
    done(omar)
    add_note(omar, "new, on the bus", column="Doing")
    expect(state(omar)).to_have_text(KEPT)
    open_note(notes(cell(ana)).first)
    first_field(ana).fill("theirs")
    done(ana)
    expect(state(ana)).to_have_text(SAVED)

    omar.context.set_offline(False)

    expect(conflict(omar)).to_contain_text("theirs")
    expect(words(cell(ana, column="Doing"))).to_have_text(["new, on the bus"])
    conflict(omar).get_by_role("button", name="Keep mine").click()
    expect(words(cell(ana))).to_have_text(["mine, on the bus"])


def _wait_for_a_poll(page: Page) -> None:
    """Wait for an answer to a question that was asked from here on."""
    for _ in range(2):
        with page.expect_response(lambda answer: "/changes?" in answer.url):
            pass


# Who is here


def test_each_sees_who_is_here_and_who_goes(ana: Page, omar: Page) -> None:
    expect(ana.locator(PEOPLE)).to_have_text("Here now: Omar.")
    expect(omar.locator(PEOPLE)).to_have_text("Here now: Ana.")

    omar.close(run_before_unload=False)

    expect(ana.locator(PEOPLE)).to_be_hidden()


def test_a_note_that_somebody_has_open_is_marked_without_a_name(ana: Page, omar: Page) -> None:
    add_note(ana, "a well")
    expect(words(cell(omar))).to_have_text(["a well"])

    open_note(notes(cell(ana)).first)
    expect(notes(cell(omar)).first).to_contain_text("Somebody is writing here")

    done(ana)
    expect(notes(cell(omar)).first).not_to_contain_text("Somebody is writing here")


def test_names_are_shown_once_the_trainer_shows_them(course: CourseAtWork, ana: Page, omar: Page) -> None:
    add_note(ana, "a well")
    expect(words(cell(omar))).to_have_text(["a well"])
    open_note(notes(cell(ana)).first)
    expect(notes(cell(omar)).first).to_contain_text("Somebody is writing here")

    course.set_stage(shows_names=True)

    expect(notes(cell(omar)).first).to_contain_text("Ana is writing here")
    done(ana)
    expect(notes(cell(omar)).locator(".author")).to_have_text("Ana")
    course.set_stage(shows_names=False)
    expect(notes(cell(omar)).locator(".author")).to_have_count(0)


def test_a_trainer_who_steps_in_is_seen(course: CourseAtWork, ana: Page) -> None:
    trainer = course.step_in(course.put_into("ana", "7"))

    expect(ana.locator(PEOPLE)).to_have_text(re.compile("Your trainer Tara is here."))
    add_note(trainer, "Look at the north")
    expect(words(cell(ana))).to_have_text(["Look at the north"])


# What stops writing


def test_what_is_written_while_it_is_frozen_stays_and_is_sent_afterwards(
    course: CourseAtWork, ana: Page, omar: Page
) -> None:
    open_note(add_note(ana, "a well"))
    course.set_stage(frozen_at=datetime.now(UTC))
    first_field(ana).fill("a well for all")
    done(ana)

    expect(state(ana)).to_have_text(re.compile("You can't write here now"))
    expect(ana.get_by_role("textbox", name="Your text")).to_have_value(re.compile("a well for all"))
    expect(notes(cell(ana)).first).to_have_class(re.compile("is-unsaved"))
    expect(words(cell(ana))).to_have_text(["a well for all"])

    course.set_stage(frozen_at=None)
    expect(state(ana)).to_have_text(SAVED)
    expect(ana.get_by_role("textbox", name="Your text")).to_have_count(0)
    expect(words(cell(omar))).to_have_text(["a well for all"])


def test_where_each_works_alone_writing_goes_on_too_once_it_may(course: CourseAtWork) -> None:
    page = course.running.open(sub="ana", course=f"{course.name}, alone")
    alone = CourseAtWork(course.running, f"{course.name}, alone", mode=Mode.ALONE)
    open_note(add_note(page, "a well"))
    alone.set_stage(frozen_at=datetime.now(UTC))
    first_field(page).fill("a well for all")
    done(page)
    expect(state(page)).to_have_text(re.compile("You can't write here now"))

    alone.set_stage(frozen_at=None)

    expect(state(page)).to_have_text(SAVED)


def test_a_page_loaded_while_it_is_frozen_shows_what_was_never_saved_and_goes_on_afterwards(
    course: CourseAtWork, ana: Page
) -> None:
    open_note(add_note(ana, "a well"))
    course.set_stage(frozen_at=datetime.now(UTC))
    first_field(ana).fill("a well for all")
    done(ana)
    expect(state(ana)).to_have_text(re.compile("You can't write here now"))

    ana.reload()
    expect(ana.get_by_role("textbox", name="Your text")).to_have_value("a well for all")
    _wait_for_a_poll(ana)

    course.set_stage(frozen_at=None)
    expect(words(cell(ana))).to_have_text(["a well for all"])
    expect(state(ana)).to_have_text(SAVED)


def test_when_the_session_is_over_the_page_says_so_and_asks_no_more(ana: Page) -> None:
    add_note(ana, "a well")
    expect(state(ana)).to_have_text(SAVED)
    ana.context.clear_cookies()

    expect(ana.get_by_text("This page no longer shows what others write.").first).to_be_visible()

    asked: list[str] = []
    ana.on("request", lambda request: asked.append(request.url))
    add_note(ana, "written too late")
    expect(state(ana)).to_have_text("Open the activity again in Moodle; your text is kept.")
    assert asked == []


def test_whoever_changes_group_is_led_to_the_other_canvas(course: CourseAtWork, ana: Page, omar: Page) -> None:
    add_note(ana, "of the first group")
    expect(words(cell(omar))).to_have_text(["of the first group"])

    course.put_into("omar", "8")

    omar.wait_for_url(re.compile(r"/exercise$"))
    expect(notes(cell(omar))).to_have_count(0)
    add_note(omar, "of the second group")
    expect(state(omar)).to_have_text(SAVED)
    expect(words(cell(ana))).to_have_text(["of the first group"])


def test_whoever_changes_group_while_writing_keeps_the_text(course: CourseAtWork, ana: Page) -> None:
    open_note(add_note(ana, "first"))
    expect(state(ana)).to_have_text(SAVED)
    first_field(ana).fill("half a sentence")
    course.put_into("ana", "8")

    expect(ana.get_by_text("You are not in this group any more").first).to_be_visible()
    expect(first_field(ana)).to_be_visible()
    done(ana)
    expect(words(cell(ana))).to_have_text(["half a sentence"])
    expect(ana.get_by_role("link", name="Go to your canvas")).to_be_visible()


def test_when_all_come_together_the_page_leads_there(course: CourseAtWork) -> None:
    course.arrange(alone_first=True)
    ana, omar = course.come("ana"), course.come("omar")
    add_note(ana, "mine alone")
    expect(state(ana)).to_have_text(SAVED)
    open_note(add_note(omar, "his alone"))
    first_field(omar).fill("his alone, not yet finished")

    course.set_stage(together_at=datetime.now(UTC))

    expect(ana.locator("#exercise")).to_have_attribute("data-inside", re.compile("group/"))
    expect(omar.get_by_text("Your group works together now.").first).to_be_visible()
    expect(first_field(omar)).to_have_value("his alone, not yet finished")
    done(omar)
    expect(alive(omar).locator("#exercise")).to_have_attribute("data-inside", re.compile("group/"))


def test_what_was_kept_of_the_time_alone_goes_along(course: CourseAtWork) -> None:
    course.arrange(alone_first=True)
    context = course.running.browser_of_a_person()
    alone = course.come("ana", context=context)
    context.set_offline(True)
    add_note(alone, "written on the bus")
    expect(state(alone)).to_have_text(KEPT)
    alone.close()
    course.set_stage(together_at=datetime.now(UTC))
    context.set_offline(False)

    page = course.come("ana", context=context)

    expect(words(cell(page))).to_have_text(["written on the bus"])
    expect(words(cell(course.come("omar")))).to_have_text(["written on the bus"])
    assert kept(page) == []


def test_what_was_kept_in_a_group_that_somebody_left_stands_there_to_copy(course: CourseAtWork) -> None:
    context = course.running.browser_of_a_person()
    page = course.come("ana", context=context)
    context.set_offline(True)
    add_note(page, "for the first group")
    expect(state(page)).to_have_text(KEPT)
    page.close()
    context.set_offline(False)

    page = course.come("ana", "8", context=context)

    text = page.get_by_role("textbox", name="Your text")
    expect(text).to_have_value("for the first group")
    expect(notes(cell(page))).to_have_count(0)
    page.get_by_role("button", name="I don't need it any more").click()
    expect(text).to_have_count(0)
    assert kept(page) == []


@pytest.mark.parametrize("locale", ["en", TURNED])
def test_axe_finds_nothing_where_somebody_else_writes_and_writing_has_stopped(
    course: CourseAtWork, locale: str
) -> None:
    ana, omar = course.come("ana", locale=locale), course.come("omar", locale=locale)
    open_note(add_note(omar, "a well"))
    expect(notes(cell(ana)).first.locator(".writing")).to_be_visible()
    add_note(ana, "a school", column="Doing")
    expect(words(cell(omar, column="Doing"))).to_have_text(["a school"])
    course.set_stage(frozen_at=datetime.now(UTC), shows_names=True)
    add_note(ana, "written too late")
    expect(state(ana)).to_have_attribute("data-state", "shut")
    expect(ana.locator(".author").first).to_be_visible()

    assert accessible(ana)


# How often a page asks


def test_a_page_asks_seldom_after_quiet_minutes_and_often_again_once_somebody_writes(course: CourseAtWork) -> None:
    page = course.come("ana")
    page.clock.install()
    page.reload()
    alive(page)
    _wait_for_a_poll(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/changes?" in request.url else None)

    page.clock.fast_forward("06:00")
    _settle(page, asked, 1)
    page.clock.run_for(8_000)
    assert len(asked) == 1
    page.clock.run_for(4_000)
    _settle(page, asked, 2)

    add_note(page, "a well")
    page.clock.run_for(2_400)
    _settle(page, asked, 3)


def _settle(page: Page, asked: list[str], number: int) -> None:
    """Wait in the machine's own time until so many questions were asked and answered."""
    for _ in range(100):
        if len(asked) >= number:
            break
        page.evaluate("() => fetch('/healthz')")
    page.evaluate("() => fetch('/healthz')")
    assert len(asked) == number


def test_ninety_minutes_of_asking_cost_a_phone_less_than_three_megabytes(ana: Page) -> None:
    with ana.expect_response(lambda answer: "/changes?" in answer.url and answer.status == 204) as asked:
        pass

    sizes = asked.value.request.sizes()
    each = sizes["requestHeadersSize"] + sizes["responseHeadersSize"]
    assert 90 * 60 / 2 * each < 3_000_000, sizes


# Where nobody else can be


def test_a_page_on_which_each_works_alone_asks_nothing(launch: Show) -> None:
    page = alive(launch())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    add_note(page, "a well")
    expect(state(page)).to_have_text(SAVED)
    page.wait_for_timeout(3_000)

    assert [url for url in asked if "/changes" in url or "/presence" in url] == []
