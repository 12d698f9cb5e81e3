"""A digest tells what happened to what its reader follows: offers of help, accepted ones, and what came of a need."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import update

from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.database import db
from tests.lti_tool.community.digest.conftest import Post
from tests.lti_tool.community.digest.test_digest_contents import told
from tests.lti_tool.community.lending_a_hand import accept, close, offer
from tests.lti_tool.community.talking import Enter, change, member, post, reply, thread, trainer
from tests.lti_tool.entering import Client
from tests.mail_server import Mailbox, page_of

Reader = Callable[..., Client]
Write = Callable[..., str]


def test_an_offer_on_ones_own_need_is_told_whole_after_the_needs_that_wait(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    own = post(reader(), title="My need")
    write(title="Another need")
    offer(member(enter, "Bea"), own, "I can come.", available="on Mondays")

    text = told(post_office, mailbox)

    order = ["Need: Another need", "IN WHAT YOU FOLLOW", "Need: My need", "An offer of help\nBea, December"]
    order += ["I can come.", "When: on Mondays"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_who_offered_learns_that_it_was_accepted_and_what_came_of_it(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    ana, need = reader(), write(title="A need")
    made = offer(ana, need, "My own words.")
    thread(ana, need)
    post_office.ticker.move(seconds=1)
    assert accept(member(enter, "Bea"), made) == 303

    text = told(post_office, mailbox)
    assert "Need: A need\nYour help was accepted" in text
    assert "My own words." not in text

    close(member(enter, "Bea"), need, "It worked.")
    text = told(post_office, mailbox)
    assert "What came of it\nBea, December" in text
    assert "It worked." in text
    assert "Your help was accepted" not in text


def test_an_offer_that_was_accepted_meanwhile_is_told_once(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    need = write(title="A need")
    ana = reader()
    assert change(ana, f"posts/{need}", "following", on="1") == 303
    thread(ana, need)
    post_office.ticker.move(seconds=1)
    assert accept(member(enter, "Bea"), offer(member(enter, "Cleo"), need, "I can come.")) == 303

    text = told(post_office, mailbox)

    assert text.count("I can come.") == 1
    assert "Help accepted\nCleo, December" in text
    assert "An offer of help" not in text


def test_what_came_of_it_stands_before_offers_and_these_before_replies(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    need = write(title="A need")
    ana = reader()
    assert change(ana, f"posts/{need}", "following", on="1") == 303
    thread(ana, need)
    post_office.ticker.move(seconds=1)
    reply(member(enter, "Cleo"), need, "First.")
    post_office.ticker.move(seconds=1)
    reply(member(enter, "Cleo"), need, "Second.")
    offer(member(enter, "Cleo"), need, "I can come.")
    close(member(enter, "Bea"), need, "It worked.")

    text = told(post_office, mailbox)

    places = [text.index(words) for words in ("It worked.", "I can come.", "First.", "And 1 more contribution.")]
    assert places == sorted(places)


def test_what_was_read_hidden_or_concerns_others_is_not_told(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    ana = reader()
    read, hidden = post(ana, title="read"), post(ana, title="hidden")
    offer(member(enter, "Bea"), read, "I was read.")
    post_office.ticker.move(seconds=1)
    thread(ana, read)
    made = offer(member(enter, "Bea"), hidden, "I am hidden.")
    assert change(trainer(enter), f"offers/{made}", "hide", reason="No") == 303
    offer(member(enter, "Cleo"), write(title="Others’ need"), "For others.")

    text = told(post_office, mailbox)

    assert "Others’ need" in text
    for words in ("I was read.", "I am hidden.", "For others."):
        assert words not in text


def test_who_offers_or_closes_without_their_name_is_never_named(  # noqa: PLR0913, PLR0917 - its fixtures
    app: Flask, enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    ana, need = reader(), write(title="A need")
    own = post(ana, title="My need")
    reply(ana, need)
    thread(ana, need)
    post_office.ticker.move(seconds=1)
    offer(member(enter, "Bea"), own, "I can come.")
    close(member(enter, "Bea"), need, "It worked.")
    with app.app_context():
        for table in (OfferRow, OutcomeRow):
            db.session.execute(update(table).values(is_nameless=True))
        db.session.commit()

    text = told(post_office, mailbox)

    assert "An offer of help\nA member, December" in text
    assert "What came of it\nA member, December" in text
    assert "Bea" not in text + page_of(mailbox.letters[0])
