"""Digests leave by a real mail server, at most once, to whoever turned them on and to nobody else."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from lti_tool.community.digest.rules import MailState
from lti_tool.community.digest.tables import MailRow
from lti_tool.database import db
from lti_tool.lti.tables import RegistrationRow, State
from tests.lti_tool.community.digest.conftest import Post, use
from tests.lti_tool.community.talking import Enter, member, post
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.mail_server import HANG_UP, Mailbox, text_of

Reader = Callable[..., Client]
Write = Callable[..., str]
ANA = "ana@example.org"


def test_a_daily_digest_comes_once_the_next_morning(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write(title="Who knows a time bank?")
    post_office.pass_time(hours=18)
    assert mailbox.letters == []

    post_office.pass_time(hours=1)
    post_office.pass_time(days=2)

    [letter] = mailbox.letters
    assert (letter["To"], letter["From"]) == (ANA, "MedTOWN <community@example.org>")
    assert "Who knows a time bank?" in text_of(letter)
    assert post_office.states() == ["sent"]


def test_whoever_never_turned_it_on_gets_none(enter: Enter, write: Write, post_office: Post, mailbox: Mailbox) -> None:
    asked = member(enter, "Ana", email=ANA)
    asked.get()
    declined = member(enter, "Cleo", email="cleo@example.org")
    assert declined.post("community/digest", rhythm="never").status_code == 303
    write()

    post_office.pass_time(days=8)

    assert mailbox.letters == []


def test_where_there_is_nothing_new_there_is_no_mail(reader: Reader, post_office: Post, mailbox: Mailbox) -> None:
    post(reader())

    post_office.pass_time(days=2)

    assert mailbox.letters == []


def test_none_comes_after_stopping_even_if_it_is_made(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write()
    mailbox.refused[ANA] = "451 4.3.0 later"
    post_office.pass_time(days=1)
    mailbox.refused.clear()

    ana = member(enter, "Ana", email=ANA)
    assert ana.post("community/digest", rhythm="never").status_code == 303

    post_office.pass_time(days=2)
    assert mailbox.letters == []
    assert post_office.states() == ["stopped"]


def test_what_the_server_cannot_take_now_is_tried_again_with_pauses_and_comes_once(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write()
    mailbox.answers = ["451 4.3.0 busy", "452 4.3.1 full"]
    post_office.pass_time(days=1)
    post_office.work()
    assert mailbox.answers == ["452 4.3.1 full"]

    for _ in range(10):
        post_office.pass_time(minutes=5)

    assert len(mailbox.to(ANA)) == 1
    assert post_office.states() == ["sent"]


def test_a_server_that_is_down_for_an_hour_costs_an_hour(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox, server: tuple[Mailbox, str]
) -> None:
    reader()
    reader("Cleo")
    write()
    use(post_office.app, "smtp://127.0.0.1:9")
    for _ in range(12):
        post_office.pass_time(hours=20 if not post_office.states() else 0, minutes=5)
    assert post_office.states() == ["made", "made"]

    use(post_office.app, server[1])
    post_office.work()

    assert (len(mailbox.to(ANA)), len(mailbox.to("cleo@example.org"))) == (1, 1)


def test_a_server_that_is_down_is_left_alone_longer_and_longer(reader: Reader, write: Write, post_office: Post) -> None:
    reader()
    write()
    use(post_office.app, "smtp://127.0.0.1:9")
    post_office.pass_time(days=1)
    for _ in range(40):
        post_office.pass_time(seconds=10)

    assert post_office.app.extensions["mail_rest"].failures == 6


def test_what_could_not_be_sent_before_the_next_is_due_comes_in_that_one(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write(title="first")
    mailbox.refused[ANA] = "451 4.3.0 later"
    post_office.pass_time(days=1)
    write(title="second")
    mailbox.refused.clear()
    mailbox.refused[ANA] = "451 4.3.0 later"
    post_office.ticker.move(hours=18, minutes=59)
    mailbox.refused.clear()

    post_office.pass_time(hours=1)

    [letter] = mailbox.letters
    assert "first" in text_of(letter)
    assert "second" in text_of(letter)
    assert post_office.states() == ["late", "sent"]


def test_a_mail_whose_fate_is_unknown_is_not_repeated_and_its_posts_come_in_the_next(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write(title="first")
    mailbox.answers = [HANG_UP]
    post_office.pass_time(days=1)
    post_office.pass_time(hours=5)
    assert post_office.states() == ["unknown"]
    assert len(mailbox.letters) == 1

    write(title="second")
    post_office.pass_time(days=1)

    assert len(mailbox.letters) == 2
    assert "first" in text_of(mailbox.letters[1])
    assert "second" in text_of(mailbox.letters[1])


def test_a_mail_whose_worker_was_not_heard_of_again_is_not_repeated(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write()
    mailbox.refused[ANA] = "451 4.3.0 later"
    post_office.pass_time(days=1)
    mailbox.refused.clear()
    with post_office.app.app_context():
        lease = post_office.ticker.time
        db.session.execute(update(MailRow).values(state=MailState.CLAIMED, leased_until=lease))
        db.session.commit()

    post_office.pass_time(hours=2)

    assert post_office.states() == ["unknown"]
    assert mailbox.letters == []


def test_a_refused_address_stops_the_digest_and_its_reader_is_told_why(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write()
    mailbox.refused[ANA] = "550 5.1.1 nobody of that name"
    post_office.pass_time(days=1)
    write()
    mailbox.refused.clear()
    post_office.pass_time(days=2)
    assert mailbox.letters == []

    ana = member(enter, "Ana", email=ANA)
    assert "Your digest by mail has stopped." in words_of(ana.get())
    assert "the mail server refused your address (550 5.1.1)" in words_of(ana.get("community/digest"))
    assert 'value="never" checked' in ana.get("community/digest").text

    assert ana.post("community/digest", rhythm="daily").status_code == 303
    assert "refused" not in words_of(ana.get("community/digest"))
    write()
    post_office.pass_time(days=1)
    assert len(mailbox.letters) == 1


def test_a_refusal_of_who_sends_stops_nobodys_digest(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write()
    mailbox.refused[ANA] = "550 5.7.1 relaying denied"
    post_office.pass_time(days=1)
    mailbox.refused.clear()

    assert "has stopped" not in words_of(member(enter, "Ana", email=ANA).get())
    assert post_office.states() == ["refused"]
    post_office.pass_time(days=1)
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize(
    "address", ["no address", "ana@example.org\r\nBcc: all@example.org", "ána@example.org", "@", ""]
)
def test_what_is_no_address_holds_up_nobody(  # noqa: PLR0913, PLR0917 - its fixtures
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox, address: str
) -> None:
    reader("Cleo")
    reader()
    member(enter, "Ana", email=address)
    write()

    post_office.pass_time(days=1)

    assert [letter["To"] for letter in mailbox.letters] == ["cleo@example.org"]


@pytest.mark.parametrize("address", ["<ana@example.org>", "ana@[1.2", "ana@"])
def test_an_address_that_cannot_be_read_stops_the_digest_and_its_reader_is_told_why(
    enter: Enter, reader: Reader, write: Write, post_office: Post, address: str
) -> None:
    reader()
    member(enter, "Ana", email=address)
    write()

    post_office.pass_time(days=1)

    page = words_of(member(enter, "Ana", email=address).get("community/digest"))
    assert "no mail can be sent to the address that Moodle told us" in page


def test_a_weekly_digest_comes_on_its_day(reader: Reader, write: Write, post_office: Post, mailbox: Mailbox) -> None:
    tomorrow = (post_office.ticker.time.weekday() + 1) % 7
    reader(rhythm="weekly")
    cleo = reader("Cleo", rhythm="weekly")
    assert cleo.post("community/digest", rhythm="weekly", weekday=str(tomorrow)).status_code == 303
    write()

    for day in range(8):
        post_office.pass_time(days=1)
        if day == 0:
            assert len(mailbox.to("cleo@example.org")) == 1

    assert len(mailbox.to("cleo@example.org")) == 1
    assert len(mailbox.to(ANA)) == 1


def test_people_of_a_platform_that_is_let_in_no_more_get_none(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write()
    with post_office.app.app_context():
        db.session.execute(update(RegistrationRow).values(state=State.SUSPENDED))
        db.session.commit()

    post_office.pass_time(days=2)

    assert mailbox.letters == []


def test_many_go_through_few_connections(reader: Reader, write: Write, post_office: Post, mailbox: Mailbox) -> None:
    for number in range(25):
        reader(f"Reader{number}")
    write()

    post_office.pass_time(days=1)

    assert len(mailbox.letters) == 25
    assert mailbox.connections < 25
