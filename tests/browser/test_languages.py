"""One story in each language: a unit, an exercise in a group, what a trainer says of it, and the community.

Nobody meets a word of English on the way. Who a control is for is told by its address or its name, never by its words.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from lti_tool.i18n import SOURCE_LANGUAGE, find_languages
from lti_tool.lti.roles import Role
from tests.browser.exercise_page import add_to, alive, editor, open_note
from tests.browser.reader import Reader
from tests.browser.running_tool import RunningTool
from tests.browser.tongue import Tongue
from tests.lti_tool.making import packaged_curriculum

LANGUAGES = sorted(find_languages(SOURCE_LANGUAGE).codes - {SOURCE_LANGUAGE})
EXERCISE = packaged_curriculum().exercise("needs-matrix")
UNIT = "unit/needs-and-satisfiers"
NAMES = {"trainee": "Μαρία Νικολάου", "friend": "سلمى الخطيب", "trainer": "Inês Brandão"}
TRAINER_READS = ("guide", "drafts", "submissions/export", "referral/danger", "referral/edit")
TRAINEE_READS = ("exercise/harvest", "exercise/paper", "exports", "referral")


@dataclass(frozen=True, slots=True)
class Course:
    """A course whose people all read and write in one language, each in a browser of their own."""

    running: RunningTool
    tongue: Tongue
    reader: Reader
    contexts: dict[str, BrowserContext]

    def open(self, who: str, activity: str = f"exercise/{EXERCISE.id}") -> Page:
        """Let somebody come to an activity from Moodle, and read it."""
        role = Role.TRAINER if who == "trainer" else Role.TRAINEE
        here: dict[str, Any] = {"course": f"in {self.tongue.code}", "locale": self.tongue.code, "activity": activity}
        page = self.running.open(self.contexts[who], sub=who, name=NAMES[who], role=role, **here)
        return self.read(page)

    def read(self, page: Page) -> Page:
        """Read a page that has come."""
        page.wait_for_load_state()
        return self.reader.read(page)

    def read_also(self, page: Page, *paths: str) -> None:
        """Read further pages of the same launch, and come back."""
        back = page.url
        for path in paths:
            page.goto(f"{start_of(page)}{path}")
            self.read(page)
        page.goto(back)

    def words(self, note: str) -> str:
        """Give what the exercise's example says in a note, for people to write."""
        assert EXERCISE.example
        return next(iter(EXERCISE.example.texts[self.tongue.code].notes[note].values()))


@pytest.fixture
def course(running: RunningTool, language: str) -> Course:
    """Give the course in the language that the test is told in."""
    tongue = Tongue(language)
    contexts = {who: running.browser_of_a_person(locale=language.replace("_", "-")) for who in NAMES}
    return Course(running, tongue, Reader(tongue), contexts)


def start_of(page: Page) -> str:
    """Give the address under which all pages of a launch lie."""
    found = re.match(r".*/l/[^/]+/", page.url)
    assert found
    return found[0]


def follow(page: Page, end: str) -> None:
    """Follow the first link whose address ends so."""
    page.locator(f"main a[href$='{end}']").first.click()
    page.wait_for_url(f"**{end}")


def cell(page: Page, name: str) -> Locator:
    """Find a cell of any part."""
    return page.locator(f"[data-cell='{name}']").first


def write_a_note(course: Course, page: Page, place: str, note: str) -> Locator:
    """Add a note that says what the example's does."""
    return add_to(cell(alive(page), place), course.words(note))


def press(button: Locator) -> None:
    """Press what leads to another page, or sends what was written."""
    with button.page.expect_navigation():
        button.click()


def learn(course: Course) -> None:
    """Read a unit, keep an answer, and look at it in another language and back."""
    page = course.open("trainee", UNIT)
    page.locator("form.own textarea").first.fill(course.words("community"))
    expect(page.locator("form.own [data-state]").first).to_have_text(course.tongue.says("Kept."))
    for chosen in (SOURCE_LANGUAGE, ""):
        page.locator("nav.speak summary").click()
        press(page.locator(f"nav.speak button[value='{chosen}']"))
        expect(page.locator("html[lang=en]")).to_have_count(1 if chosen else 0)
    course.read(page)


def begin_alone(course: Course) -> Page:
    """Read the exercise and its example, and write a note."""
    page = course.open("trainee")
    follow(page, "exercise/example")
    course.read(page)
    follow(page, "exercise")
    write_a_note(course, page, "subsistence/having", "post")
    expect(page.locator("[data-state]")).to_have_text(course.tongue.says("Everything is saved."))
    return course.read(page)


def arrange(course: Course) -> Page:
    """Let the trainer put all who came into one group."""
    page = course.open("trainer")
    follow(page, "arrangement")
    for name, value in (("mode", "group"), ("source", "made")):
        page.locator(f"#settings input[name={name}][value={value}]").check()
    press(page.locator("#settings button.primary"))
    page.locator("#random select[name=by]").select_option("groups")
    page.locator("#random input[name=number]").fill("1")
    press(page.locator("#random button"))
    expect(page.locator("fieldset.group")).to_have_count(1)
    return course.read(page)


def write_together(course: Course, one: Page, other: Page) -> None:
    """Write at one canvas, and ask for the trainer."""
    for page in (one, other):
        page.goto(start_of(page))
    open_note(write_a_note(course, one, "leisure/interacting", "shade"))
    editor(one).locator("input[name=effect][value=hindrance]").check()
    editor(one).locator("[data-do=done]").click()
    write_a_note(course, other, "participation/doing", "path")
    expect(cell(one, "participation/doing")).to_contain_text(course.words("path"))
    one.locator("form[data-call=on] button").click()
    expect(one.locator("form[data-call=off]")).to_be_visible()
    course.read(one)


def hand_in(course: Course, page: Page) -> None:
    """Hand in."""
    press(alive(page).locator("form[data-hand-in] button.primary"))
    expect(page.locator("#submission strong")).to_be_visible()
    course.read(page)


def answer(course: Course, page: Page, outcome: str, **fields: str) -> None:
    """Let the trainer read the only work, and say something of it."""
    page.goto(start_of(page))
    course.read(page)
    press(page.locator("th[scope=row] a").first)
    page.locator(".commenting summary").first.click()
    page.locator(".commenting textarea").first.fill(course.words("subsistence"))
    page.locator("input[name=level-effects]").last.check()
    page.locator(f"input[name=outcome][value={outcome}]").check()
    for name, text in fields.items():
        page.locator(f"#feedback [name={name}]").fill(text)
    course.read(page)
    press(page.locator("#feedback button.primary"))
    expect(page.locator("#so-far")).to_be_visible()
    course.read(page)


def revise(course: Course, page: Page) -> None:
    """Read what the trainer asks for, answer it, change a note and hand in again."""
    page.reload()
    page.locator("a[href='#answers']").click()
    page.locator(".answers .replying summary").first.click()
    page.locator(".answers .replying textarea").first.fill(course.words("community"))
    press(page.locator(".answers .replying button").first)
    expect(page.locator(".answers .reply")).to_have_count(1)
    write_a_note(course, page, "protection/having", "fence")
    hand_in(course, page)


def talk(course: Course) -> None:
    """Ask in the community for what one needs, be answered, and be offered a tool."""
    activity = f"community/in-{course.tongue.code}"
    asking, answering = course.open("trainee", activity), course.open("friend", activity)
    publish(course, asking, "need", "shade")
    publish(course, answering, "tool", "steps")
    answering.goto(start_of(answering))
    press(answering.locator(".post.is-open a"))
    answering.locator(".writing textarea[name=text]").fill(course.words("blanks"))
    press(answering.locator(".writing button.primary"))
    asking.reload()
    press(asking.locator("button[name=reply]"))
    expect(asking.locator(".reply.is-helpful")).to_be_visible()
    course.read(asking)
    press(asking.locator("nav.pages a").first)
    course.read(asking)


def publish(course: Course, page: Page, kind: str, note: str) -> None:
    """Write a post, and read it."""
    press(page.locator(".main-action"))
    page.locator(f"input[name=kind][value={kind}]").check()
    page.locator("input[name=title]").fill(course.words(note)[:60])
    page.locator("textarea[name=text]").fill(course.words("synergy"))
    course.read(page)
    press(page.locator(".writing button.primary"))
    course.read(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_course_meets_no_english_on_its_way(course: Course) -> None:
    learn(course)
    trainee, friend = begin_alone(course), course.open("friend")
    trainer = arrange(course)
    write_together(course, trainee, friend)
    course.read_also(trainer, "live", *TRAINER_READS)
    hand_in(course, trainee)
    answer(course, trainer, "revise", sentence=course.words("yard"))
    revise(course, trainee)
    answer(course, trainer, "done", sentence=course.words("club"), mark="90")
    trainee.reload()
    course.read_also(course.read(trainee), *TRAINEE_READS)
    course.read_also(trainer, "board")
    talk(course)
