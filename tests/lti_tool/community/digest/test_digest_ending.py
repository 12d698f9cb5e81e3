"""A digest ends by itself for whoever never comes back: asked first, told once, and kept by one press."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from lti_tool.community.digest.rules import Standing, standing
from tests.lti_tool.community.digest.conftest import Post
from tests.lti_tool.community.talking import Enter, member
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.mail_server import HANG_UP, Mailbox, page_of, paths_of, text_of

Reader = Callable[..., Client]
Write = Callable[..., str]
ANA = "ana@example.org"
QUESTION, LAST = "Do you still want this mail?", "this is the last digest"
HERE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("silent", "asked", "expected"),
    [
        (334, None, Standing.WANTED),
        (335, None, Standing.ASKED),
        (335, 335, Standing.ASKED),
        (364, 335, Standing.ASKED),
        (365, 335, Standing.LAST),
        (365, 336, Standing.ASKED),
        (900, None, Standing.ASKED),
        (900, 870, Standing.LAST),
        (900, -30, Standing.ASKED),
    ],
)
def test_the_last_comes_after_a_year_and_a_month_after_a_question(
    silent: int, asked: int | None, expected: Standing
) -> None:
    asked_at = None if asked is None else HERE + timedelta(days=asked)

    assert standing(HERE, asked_at, HERE + timedelta(days=silent)) is expected


@dataclass
class Mornings:
    """The mornings on which Ana's digest comes."""

    write: Write
    post_office: Post
    mailbox: Mailbox

    def told(self, **delta: float) -> str:
        """Let time pass, something be written, and the next digest come; give its text."""
        self.post_office.ticker.move(**delta)
        self.write()
        self.mailbox.letters.clear()
        self.post_office.pass_time(days=1)
        return text_of(self.mailbox.letters[0]) if self.mailbox.letters else ""

    def ask(self) -> str:
        """Let eleven months pass in which Ana doesn't come; give the mail that asks her."""
        return self.told(days=335)

    def path(self, kind: str) -> str:
        """Give a link of the mail that came."""
        return paths_of(self.mailbox.letters[0], kind)[0]


@pytest.fixture
def mornings(reader: Reader, write: Write, post_office: Post, mailbox: Mailbox) -> Mornings:
    """Turn Ana's digest on."""
    reader()
    return Mornings(write, post_office, mailbox)


def shown(enter: Enter) -> str:
    return words_of(member(enter, "Ana", email=ANA).get("community/digest"))


def test_after_eleven_months_it_asks_and_after_a_year_one_more_is_the_last(enter: Enter, mornings: Mornings) -> None:
    assert QUESTION not in mornings.told(days=300)

    assert QUESTION in mornings.told(days=35)
    assert "/keep/" in page_of(mornings.mailbox.letters[0])
    assert LAST in mornings.told(days=30)
    assert mornings.told(days=3) == ""

    assert "Your digest has ended by itself" in shown(enter)
    assert "It ends by itself after a year" in shown(enter)


def test_every_mail_says_in_its_foot_when_it_ends(mornings: Mornings) -> None:
    assert "ends by itself after a year" in mornings.told()


def test_whoever_comes_back_is_asked_no_more(enter: Enter, mornings: Mornings) -> None:
    mornings.ask()
    member(enter, "Ana", email=ANA).get()

    text = mornings.told(days=31)

    assert text
    assert QUESTION not in text
    assert LAST not in text


def test_a_press_keeps_it_for_a_year_without_a_login(app: Flask, mornings: Mornings) -> None:
    mornings.ask()
    path = mornings.path("keep")

    assert "The digest goes on" in words_of(app.test_client().post(path))

    assert QUESTION not in mornings.told(days=300)
    assert QUESTION in mornings.told(days=34)


def test_a_look_at_the_link_keeps_nothing(app: Flask, mornings: Mornings) -> None:
    mornings.ask()
    path = mornings.path("keep")

    assert '<form method="post"><button' in app.test_client().get(path).text

    assert LAST in mornings.told(days=31)


def test_one_press_in_the_last_mail_turns_it_on_again_as_it_was(app: Flask, mornings: Mornings) -> None:
    mornings.ask()
    assert LAST in mornings.told(days=31)
    path = mornings.path("keep")
    mornings.write(title="Between two digests")
    mornings.post_office.pass_time(days=5)

    for _ in range(2):
        assert app.test_client().post(path).status_code == 200

    text = mornings.told()
    assert "Who knows a time bank?" in text
    assert "Between two digests" not in text
    assert QUESTION not in text


def test_what_its_reader_turned_off_stays_off(app: Flask, enter: Enter, mornings: Mornings) -> None:
    mornings.ask()
    keep = mornings.path("keep")
    app.test_client().post(mornings.path("stop"))

    answer = app.test_client().post(keep)

    assert answer.status_code == 409
    assert "there you can turn it on again" in words_of(answer)
    assert mornings.told() == ""
    assert "Your digest has" not in shown(enter)


def test_without_an_address_it_says_what_to_do(app: Flask, enter: Enter, mornings: Mornings) -> None:
    mornings.ask()
    mornings.told(days=31)
    keep = mornings.path("keep")
    member(enter, "Ana", email=None)

    assert app.test_client().post(keep).status_code == 409


def test_each_of_the_links_does_one_thing(app: Flask, mornings: Mornings) -> None:
    mornings.ask()
    go, keep, stop = (mornings.path(kind).split("/")[2] for kind in ("go", "keep", "stop"))

    for token in (go, stop):
        assert app.test_client().post(f"/keep/{token}").status_code == 404
    assert app.test_client().post(f"/stop/{keep}").status_code == 404
    assert app.test_client().get(f"/go/{keep}/1").status_code == 404


def test_a_question_that_may_not_have_come_is_asked_again(mornings: Mornings) -> None:
    mornings.post_office.ticker.move(days=340)
    mornings.write()
    mornings.mailbox.answers.append(HANG_UP)
    mornings.post_office.pass_time(days=1)

    assert QUESTION in mornings.told(days=35)
    assert LAST in mornings.told(days=30)


def test_the_last_is_said_once_even_if_nobody_knows_whether_it_came(enter: Enter, mornings: Mornings) -> None:
    mornings.ask()
    mornings.mailbox.answers.append(HANG_UP)
    assert LAST in mornings.told(days=31)

    assert mornings.told(days=2) == ""
    assert "Your digest has ended by itself" in shown(enter)


def test_the_last_that_is_tried_again_says_so_unless_its_reader_came_meanwhile(
    enter: Enter, mornings: Mornings
) -> None:
    mornings.ask()
    mornings.mailbox.refused[ANA] = "451 4.3.0 later"
    assert mornings.told(days=31) == ""
    mornings.mailbox.refused.clear()
    member(enter, "Ana", email=ANA).get()

    mornings.post_office.pass_time(hours=1)

    [letter] = mornings.mailbox.letters
    assert LAST not in text_of(letter)
    assert "Your digest has ended" not in shown(enter)
