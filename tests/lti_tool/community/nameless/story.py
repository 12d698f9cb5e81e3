"""What one of two people writes without their name, wherever that can be done, and what others do with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import Flask

from lti_tool.lti.roles import Role
from tests.lti_tool.community.calendar.planning import plan, typed
from tests.lti_tool.community.files.attaching import send
from tests.lti_tool.community.lending_a_hand import close, offer
from tests.lti_tool.community.talking import post, post_form, reply, reply_form
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "xena": {"name": "Xena Namelos"},
    "yann": {"name": "Yann Namelos"},
    "peer": {"name": "Peer"},
    "visitor": {"name": "Visitor", "course": "course-2"},
    "far trainer": {"name": "Far", "course": "course-2", "role": Role.TRAINER},
    "trainer": {"name": "Trainer", "role": Role.TRAINER},
}
TWO = ("xena", "yann")
FILED = {"tags": "consent", "territory": "lisbon"}
NAMELESS = {"is_nameless": "yes"}


@dataclass(kw_only=True)
class Story:
    """Who is there, and the ids of what they wrote by what it is called: the same ones however often it is told."""

    app: Flask
    ticker: Ticker
    author: str
    """Which of the two writes."""
    clients: dict[str, Client] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """What is written, by its name, as its id."""
    sorts: dict[str, str] = field(default_factory=dict)

    def enter(self, who: str, **other: Any) -> Client:
        """Let somebody in."""
        launch = {"activity": "community/practice", "email": f"{who.replace(' ', '-')}@mail.example.org"}
        return enter_course(self.app, **{"sub": who, **launch, **PEOPLE[who], **other})

    def new(self, sort: str, name: str) -> str:
        """Give the id of something that is written now, and let a moment pass before it."""
        self.ticker.move(minutes=1)
        self.ids[name], self.sorts[name] = str(uuid5(NAMESPACE_URL, name)), sort
        return self.ids[name]


def tell(story: Story) -> None:
    """Let everybody come, and write."""
    story.clients = {who: story.enter(who) for who in PEOPLE}
    for who, client in story.clients.items():
        client.get("community")
        if who not in TWO:
            assert client.post("community/digest", rhythm="daily", weekday="0").status_code == 303
    write_posts(story)
    write_below(story)
    look_after(story)
    meet(story)
    come_back(story)


def write_posts(story: Story) -> None:
    """Write a post of each kind, one with a file; others write what they fit."""
    author, ids = story.clients[story.author], story.new
    form = post_form(id=ids("posts", "need"), title="A need", text="Who helps?", **FILED, **NAMELESS)
    assert send(author, "community/posts", form, ("plan.txt", b"A plan.")).status_code == 303
    for kind in ("experience", "tool", "doubt"):
        post(author, id=ids("posts", kind), kind=kind, title=f"A {kind}", text=f"Of a {kind}.", **FILED, **NAMELESS)
    post(story.clients["visitor"], id=ids("posts", "need of visitor"), title="A need of Vera", **FILED)
    post(story.clients["peer"], id=ids("posts", "tool of peer"), kind="tool", title="A tool of a peer", **FILED)
    for who in TWO:  # something of each is there under their names
        reply(story.clients[who], story.ids["tool of peer"], f"Of {who}.", id=ids("replies", f"reply of {who}"))


def write_below(story: Story) -> None:
    """Write replies, translations and an outcome, under own posts and others'; from another course too."""
    author, need = story.clients[story.author], story.ids["need"]
    others, ids = story.ids["need of visitor"], story.new
    elsewhere = story.enter(story.author, course="course-2", role=Role.TRAINEE)
    reply(story.clients["peer"], need, "I know one.", id=ids("replies", "reply of peer"))
    reply(author, need, "Thank you.", id=ids("replies", "own reply"))
    reply(elsewhere, need, "Thank you again.", id=ids("replies", "own reply from elsewhere"))
    answer = reply(author, others, "It helps.", id=ids("replies", "answer"), **NAMELESS)
    assert story.clients["visitor"].post(f"community/posts/{others}/answered", reply=answer).status_code == 303
    for name, under in {"own translation": need, "translation": others}.items():
        form = {"id": ids("translations", name), "title": "Una necesidad", "text": "Texto", "language": "es", "of": "x"}
        answered = author.post(f"community/posts/{under}/translations", version="0", **form, **NAMELESS)
        assert answered.status_code == 303, words_of(answered)
    offered = offer(story.clients["peer"], need, id=ids("offers", "offer of peer"))
    assert author.post(f"community/offers/{offered}/accepted", version="1").status_code == 303
    changed = post_form(version="1", title="A need", text="Who helps us?", **FILED, **NAMELESS)
    assert author.post(f"community/posts/{need}/edit", **changed).status_code == 303
    said = reply_form("It helps a lot.", version="1", **NAMELESS)
    assert author.post(f"community/replies/{answer}/edit", **said).status_code == 303


def look_after(story: Story) -> None:
    """Report, hide, move, lock and pin."""
    peer, trainer, ids = story.clients["peer"], story.clients["trainer"], story.ids
    assert peer.post(f"community/posts/{ids['tool']}/report", why="other", words="Why?").status_code == 303
    deeds = {
        f"posts/{ids['doubt']}/hide": {"reason": "Why not."},
        f"posts/{ids['tool']}/lock": {"reason": "Enough."},
        f"posts/{ids['experience']}/pin": {},
        f"replies/{ids['own reply']}/move": {"reason": "It fits there.", "post": ids["experience"]},
    }
    for path, form in deeds.items():
        assert trainer.post(f"community/{path}", **form).status_code == 303, path


def meet(story: Story) -> None:
    """Plan a meeting about the need, and put notes of it into its thread."""
    author, need, id_ = story.clients[story.author], story.ids["need"], story.new("meetings", "meeting")
    plan(author, story.ticker, id=id_, post=need, starts_at=typed(story.ticker, minutes=10))
    story.ticker.move(minutes=30)
    notes = reply_form("What it found.", id=story.new("replies", "notes"))
    assert author.post(f"community/calendar/{id_}/notes", **notes).status_code == 303


def come_back(story: Story) -> None:
    """Say what came of the need, and that it held."""
    author = story.clients[story.author]
    outcome = close(author, story.ids["need"], id=story.new("outcomes", "outcome"))
    held = {"held": "yes", "text": "It still holds.", "language": "en", "version": "1"}
    assert author.post(f"community/outcomes/{outcome}/held", **held).status_code == 303
