"""Writes a digest: as text and as a light page, in the reader's language, each piece in its own.

Source: RFC 8058 (stopping by one press), RFC 2919 (`List-Id`), RFC 3834 (`Auto-Submitted`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import force_locale, gettext, ngettext

from lti_tool.community.digest import wording
from lti_tool.community.digest.contents import Found
from lti_tool.community.digest.mails import Mail
from lti_tool.community.digest.rules import MOST_BENEATH, MOST_TITLES, MOST_WHOLE, Event, Sort
from lti_tool.community.offers.rules import Offer
from lti_tool.community.posts import Piece, Post
from lti_tool.community.wording import KIND, MEMBER, by_when
from lti_tool.community.writing.markdown import render
from lti_tool.i18n import day, direction, languages_of
from lti_tool.lti.launch.session import display_name

ASCII = SMTP.clone(cte_type="7bit")
"""What any mail server can pass on."""
UNFOLDED = ASCII.clone(max_line_length=400)
"""For the heads: a link that is longer than a line would be written as no mail program reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a mail's links lead."""

    community: str
    posts: Mapping[str, str]
    stop: str
    keep: str | None
    """Nothing where nobody is asked whether the digest should go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A post, or what stands beneath one, as a mail tells it."""

    title: str
    language: str
    kind: str
    name: str
    day: str
    """Whose it is, and of when; nothing where only that something happened is told."""
    text: str
    link: str | None
    beneath: Sequence["Told"] = ()
    more: int = 0
    """What is new beneath it beyond what is told whole."""
    by_when: str | None = None
    what: str = ""
    """What it is, where it is neither a post nor a reply."""
    available: str = ""
    """When whoever offers help can."""

    @property
    def direction(self) -> str:
        """Tell which way its words run."""
        return direction(self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of what a mail tells, under one heading."""

    heading: str
    note: str = ""
    pieces: Sequence[Told] = ()
    more: int = 0
    """Posts beyond those that are told."""


def links(go: str, stop: str, keep: str | None, posts: Sequence[str]) -> Links:
    """Give the addresses that a mail's links lead to."""
    adapter = current_app.url_map.bind("")
    public_url: str = current_app.config["PUBLIC_URL"]

    def address(endpoint: str, **values: str | int) -> str:
        return public_url + adapter.build(endpoint, values)

    numbered = {id_: address("mails.go", token=go, number=number) for number, id_ in enumerate(posts, start=1)}
    return Links(
        community=address("mails.go", token=go, number=0),
        posts=numbered,
        stop=address("mails.ask", token=stop),
        keep=address("mails.ask_to_keep", token=keep) if keep else None,
    )


def letter(mail: Mail, found: Found, links: Links, sender: str, now: datetime) -> bytes:
    """Write a mail to somebody who has an address.

    Raises:
        ValueError: the address isn't one that a mail can be sent to.
    """
    language = languages_of(current_app).match(mail.language)
    with force_locale(language):
        message = _heads(mail, links, sender, now)
        message["Subject"] = _subject(found)
        parts = list(_parts(mail, found, links))
        question = wording.question(mail.silence)
        shown = {"parts": parts, "links": links, "open_needs": found.open_needs, "prose": render, "question": question}
        message.set_content("\n".join(_lines(mail, parts, links, found.open_needs)))
        reason = wording.reason(mail.rhythm)
        page = render_template("community/digest/mail.html", language=language, reason=reason, **shown)
        message.add_alternative(page, subtype="html")
        message["Content-Language"] = language.replace("_", "-")
    return message.as_bytes(policy=UNFOLDED)


def _heads(mail: Mail, links: Links, sender: str, now: datetime) -> EmailMessage:
    """Write what mail programs read."""
    name, address = parseaddr(sender)
    host = urlsplit(links.community).hostname
    message = EmailMessage(policy=ASCII)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=checked(mail.address))
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(f"digest-{mail.id}", domain=address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"<{mail.slug}.{mail.site_id}.{host}>"
    message["List-Unsubscribe"] = f"<{links.stop}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def checked(address: str | None) -> str:
    """Give an address that a mail can be sent to.

    Raises:
        ValueError: this is none; in other letters than ASCII's it could be one that many servers know nothing of.
    """
    if not address or not address.isascii() or not address.isprintable() or " " in address:
        msg = "not an address"
        raise ValueError(msg)
    try:
        return Address(addr_spec=address).addr_spec
    except Exception as error:  # the parser's own raise whatever it stumbles over, AttributeError and IndexError too
        msg = "not an address"
        raise ValueError(msg) from error


def _subject(found: Found) -> str:
    counted = found.contents
    return wording.subject(len(counted.calls), len(counted.needs), len(counted.followed), len(counted.others))


# What it tells


def _parts(mail: Mail, found: Found, links: Links) -> Iterator[Part]:
    """Go through a mail's parts: what waits for help, what the reader follows, and the rest as titles."""
    chosen = found.contents
    if chosen.calls:
        calls = [_told(found.posts[id_], links) for id_ in chosen.calls]
        yield Part(heading=str(gettext("These needs wait for you")), note=str(wording.CALLED), pieces=calls)
    needs = [_told(found.posts[id_], links) for id_ in chosen.needs[:MOST_WHOLE]]
    followed = [_thread(mail, found, links, id_) for id_ in list(chosen.followed)[:MOST_WHOLE]]
    others = [_told(found.posts[id_], links, is_whole=False) for id_ in chosen.others[:MOST_TITLES]]
    for heading, pieces, ids in (
        (gettext("Needs that wait for help"), needs, chosen.needs),
        (gettext("In what you follow"), followed, chosen.followed),
        (gettext("Also new"), others, chosen.others),
    ):
        if pieces:
            yield Part(heading=str(heading), pieces=pieces, more=len(ids) - len(pieces))


def _thread(mail: Mail, found: Found, links: Links, post_id: str) -> Told:
    """Tell what is new beneath a post under its title, or a post that is new by its theme whole."""
    events = found.contents.followed[post_id]
    whole = [_contribution(mail, event, found.beneath[event]) for event in events[:MOST_BENEATH]]
    post = _told(found.posts[post_id], links, is_whole=not events)
    return replace(post, beneath=whole, more=len(events) - len(whole))


def _told(post: Post, links: Links, *, is_whole: bool = True) -> Told:
    return Told(
        title=post.title,
        language=post.language,
        kind=str(KIND[post.kind]),
        name=_name(post),
        day=day(post.created_at),
        text=post.text if is_whole else "",
        link=links.posts.get(post.id),
        by_when=by_when(post),
    )


def _contribution(mail: Mail, event: Event, piece: Piece) -> Told:
    """Tell a reply, an offer of help or an outcome; of one's own offer only that it was accepted."""
    offer, is_own = piece if isinstance(piece, Offer) else None, piece.author.person_id == mail.stay.person_id
    accepted_at = offer.accepted_at if offer and event[0] is Sort.ACCEPTED else None
    return Told(
        title="",
        language=piece.language,
        kind="",
        name="" if is_own else _name(piece),
        day="" if is_own else day(accepted_at or piece.created_at),
        text="" if is_own else piece.text,
        link=None,
        what=str(wording.MINE_ACCEPTED if is_own else wording.WHAT[event[0]]),
        available=offer.available if offer and not is_own else "",
    )


def _name(piece: Piece) -> str:
    """Name an author; in a mail nobody sees who wrote without their name, trainers neither."""
    if piece.is_nameless:
        return str(MEMBER)
    return display_name(piece.author.name, piece.author.number)


# As text


def _lines(mail: Mail, parts: Sequence[Part], links: Links, open_needs: int) -> Iterator[str]:
    if links.keep:
        yield from (wording.question(mail.silence), f"{wording.KEEP}:", links.keep, "")
    for part in parts:
        yield from (part.heading.upper(), "")
        if part.note:
            yield from (part.note, "")
        for piece in part.pieces:
            yield from _lines_of(piece)
        if part.more:
            yield from (more_posts(part.more), "")
    if open_needs:
        yield from (still_open(open_needs), "")
    yield from (str(gettext("Open the community:")), links.community, "", "-- ")
    yield from (wording.reason(mail.rhythm), str(gettext("To get no more of these mails:")), links.stop, "")


def _lines_of(piece: Told) -> Iterator[str]:
    if piece.title:
        yield f"{piece.kind}: {piece.title}"
    if piece.by_when:
        yield piece.by_when
    yield from _words(piece)
    for contribution in piece.beneath:
        yield from _words(contribution)
    if piece.more:
        yield more_beneath(piece.more)
    if piece.link:
        yield from (piece.link, "")


def _words(piece: Told) -> Iterator[str]:
    if piece.what:
        yield piece.what
    if piece.text:
        by = gettext("%(name)s, %(day)s", name=piece.name, day=piece.day)
        yield from (by, "", piece.text, "")
    elif piece.what:
        yield ""
    if piece.available:
        yield from (f"{gettext('When:')} {piece.available}", "")


def more_posts(count: int) -> str:
    """Say how many posts are not told."""
    return str(ngettext("And %(num)s more post.", "And %(num)s more posts.", count))


def more_beneath(count: int) -> str:
    """Say how much that stands beneath a post is not told."""
    return str(ngettext("And %(num)s more contribution.", "And %(num)s more contributions.", count))


def still_open(count: int) -> str:
    """Say how many needs wait in all."""
    return str(ngettext("In all %(num)s need waits for help.", "In all %(num)s needs wait for help.", count))
