"""What people write to each other in the community, played through its pages without script."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from lti_tool.demo import canvas
from lti_tool.demo.browse import Browse, Fields, Form
from lti_tool.demo.conversations import CONNECTORS, Grown, Offer, Thread, Twin, Words
from lti_tool.demo.walk import visit
from lti_tool.i18n import SOURCE_LANGUAGE

MEETS_IN = timedelta(days=9)
"""How long it is from the demo's start to what is planned in it."""


class Community:
    """A community, and its members as they sit in it; each signs in once."""

    def __init__(self, moodle: str, course: str, title: str) -> None:
        self._moodle = moodle
        self._course = course
        self._title = title
        self._member = cache(self._enter)

    def _enter(self, username: str) -> Browse:
        person = visit(self._moodle, username)
        canvas.open_activity_in(person, self._course, self._title)
        return person

    def at(self, username: str, page: str) -> Browse:
        """Let a member go to a page of the community."""
        person = self._member(username)
        [here] = re.findall(r"^.*/l/[^/]+/", person.page.url)
        person.go(f"{here}community{page}")
        return person


def talk(community: Community, threads: Sequence[Thread], now: datetime) -> None:
    """Let people write, answer, offer and accept help, plan, and say what came of it."""
    for thread in threads:
        post_id = publish(community, thread)
        for offer in thread.offers:
            _offer(community, thread, f"/posts/{post_id}", offer)
        replies = [_write(community.at(one.author, f"/posts/{post_id}"), "reply/", one) for one in thread.replies]
        if thread.is_answered:
            owner = community.at(thread.author, f"/posts/{post_id}")
            owner.submit(_leading_to(owner, f"/posts/{post_id}/answered"), ticked=[("reply", replies[0])])
        if thread.meeting:
            _plan(community, thread, post_id, now)
        if thread.outcome:
            told = Words(author=thread.author, language=thread.language, text=thread.outcome)
            _write(community.at(thread.author, f"/posts/{post_id}"), "outcome/", told)


def name_connectors(community: Community, trainer: str) -> None:
    """Let a trainer name who looks after a territory."""
    for territory, name in CONNECTORS.items():
        page = community.at(trainer, "/connectors")
        [number] = set(re.findall(rf'<option value="(\d+)"[^>]*>{re.escape(name)}<', page.page.text))
        page.submit(_leading_to(page, "/connectors/name"), ticked=[("territory", territory), ("person", number)])


def merge(community: Community, trainer: str, twin: Twin) -> None:
    """Let somebody ask what another one asked already, and a trainer make one post of both."""
    post_id = publish(community, twin)
    page = community.at(trainer, f"/posts/{post_id}/merge")
    [other] = re.findall(
        rf'name="post" value="([^"]+)">\s*<span><b><bdi [^>]*>{re.escape(twin.other)}<', page.page.text
    )
    page.submit(_leading_to(page, f"/posts/{post_id}/merge"), ticked=[("post", other), ("reason", twin.reason)])


def bring(community: Community, moodle: str, exercise: str, grown: Grown) -> None:
    """Let somebody who has been in the community write on their own canvas, and bring it there."""
    community.at(grown.author, "")
    person = canvas.write(moodle, exercise, [grown.note])
    person.go("exercise/carry")
    form = _leading_to(person, "/exercise/carry/text")
    person.submit(form, ticked=[field for field in form.offered if field[0] == "note"])
    typed = [("text", grown.text), ("language", grown.language)]
    _send(person, "carrying", {"title": grown.title}, typed)


def publish(community: Community, thread: Thread) -> str:
    """Let somebody write a post; give its id."""
    person = community.at(thread.author, f"/posts/new?kind={thread.kind}")
    typed = [("text", thread.text), ("language", thread.language), ("territory", thread.territory)]
    tags = [("tags", tag) for tag in thread.tags]
    bridge = [("summary_language", SOURCE_LANGUAGE)] if thread.summary else []
    nameless = [("is_nameless", "yes")] if thread.is_nameless else []
    lines = {"title": thread.title, "summary": thread.summary, **thread.details}
    return _send(person, "post", lines, [*typed, *tags, *bridge, *nameless])


def _offer(community: Community, thread: Thread, post: str, offer: Offer) -> None:
    lines = {"available": offer.available}
    typed = [("text", offer.text), ("language", offer.language)]
    offer_id = _send(community.at(offer.author, post), "offer/", lines, typed)
    if offer.is_accepted:
        owner = community.at(thread.author, post)
        owner.submit(_leading_to(owner, f"/offers/{offer_id}/accepted"))


def _plan(community: Community, thread: Thread, post_id: str, now: datetime) -> None:
    person = community.at(thread.author, f"/calendar/new?post={post_id}")
    begins = (now + MEETS_IN).replace(hour=18, minute=0).strftime("%Y-%m-%dT%H:%M")
    lines = {"title": thread.meeting, "starts_at": begins, "place": "https://example.org/meet"}
    _send(person, "meeting", lines, [("text", ""), ("language", thread.language)])


def _write(person: Browse, draft: str, words: Words) -> str:
    return _send(person, draft, {}, [("text", words.text), ("language", words.language)])


def _send(person: Browse, draft: str, lines: dict[str, str], typed: Fields) -> str:
    """Fill the form whose draft a browser keeps under such a name, and send it; give the id that it was made with."""
    form = next(one for one in person.forms() if str(one.attributes.get("data-draft")).startswith(draft))
    there = {name for name, _ in form.fields}
    person.submit(form, lines, ticked=[*typed, *(line for line in lines.items() if line[0] not in there)])
    return dict(form.fields)["id"]


def _leading_to(person: Browse, end: str) -> Form:
    """Find the form that is sent to an address with this end."""
    return next(one for one in person.forms() if str(one.attributes.get("action")).endswith(end))
