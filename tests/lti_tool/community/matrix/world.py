"""A community with a piece of each sort in each state, whose words occur nowhere else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask

from tests.lti_tool.community.calendar.planning import plan
from tests.lti_tool.community.files.attaching import send
from tests.lti_tool.community.lending_a_hand import close, offer
from tests.lti_tool.community.matrix.people import INSIDERS, TWIN, let_in
from tests.lti_tool.community.talking import new_id, post_form, reply_form
from tests.lti_tool.community.translating.putting import translate
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

POST_STATES = ("up", "hidden", "deleted", "nameless", "locked")
HIDING, LOCKING, REPORTING = "reasonofhiding", "reasonoflocking", "wordsofreport"
LANGUAGES = {"up": "es", "hidden": "fr", "deleted": "pt"}
TRIED = "tried"


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a line of a table is about, in one state."""

    id: str
    post: str
    """The post that it is, or stands under."""
    word: str
    """What is written in it, and nowhere else."""
    elsewhere: str
    """Another post, which can be read."""
    reply: str
    """A reply under its post."""


@dataclass(kw_only=True)
class World:
    """All that there is, by its sort and its state."""

    app: Flask
    ticker: Ticker
    early: Mapping[str, Client]
    ids: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """The ids of each thing, and of the post that it is or stands under."""
    numbers: dict[str, str] = field(default_factory=dict)
    """Other ids that forms send: of a person, of what was done."""

    def target(self, sort: str, state: str) -> Target:
        """Give what a line is about."""
        id_, post = self.ids[sort, state]
        replies = [found for (of, _), (found, under) in self.ids.items() if of == "replies" and under == post]
        return Target(
            id=id_,
            post=post,
            word=word(sort, state),
            elsewhere=self.ids["needs", "up"][0],
            reply=replies[0] if replies else new_id(),
        )


def word(sort: str, state: str) -> str:
    """Give the word that stands in one thing alone."""
    return f"{state}{sort}word"


def make(app: Flask, ticker: Ticker) -> World:
    """Let people write everything, over the hours that their pace takes, and let a trainer look after it."""
    world = World(app=app, ticker=ticker, early={who: let_in(app, launch) for who, launch in INSIDERS.items()})
    for client in world.early.values():
        client.get("community")
    for state in POST_STATES:
        _write_post(world, state)
    _write_pieces(world, "up")
    for state in ("hidden", "deleted"):
        _write_pieces(world, "up", state)
    for state in ("nameless", "locked"):
        _write_pieces(world, state)
    _write_pieces(world, "hidden", "buried")
    ticker.move(hours=1)
    for state in ("up", "hidden", "nameless", "locked", "buried"):
        _close_need(world, state)
    _report(world)
    _look_after(world)
    _name_connector(world)
    return world


def make_twin(world: World) -> Client:
    """Let somebody write in another community under the ids of this one."""
    twin = let_in(world.app, TWIN)
    for sort in ("posts", "needs"):
        for _, (post, _) in _all_of(world, sort):
            assert twin.post("community/posts", **post_form(id=post, text="Of the twin.")).status_code == 303
    for _, (reply, post) in _all_of(world, "replies"):
        form = reply_form("Of the twin.", id=reply)
        assert twin.post(f"community/posts/{post}/replies", **form).status_code == 303
    for state, (translation, post) in _all_of(world, "translations"):
        form = {"id": translation, "language": LANGUAGES.get(state, "es"), "title": "Of the twin.", "text": "Twin."}
        assert twin.post(f"community/posts/{post}/translations", **form, version="0", of="x").status_code == 303
    for _, (outcome, post) in _all_of(world, "outcomes"):
        form = reply_form("Of the twin.", id=outcome)
        assert twin.post(f"community/posts/{post}/outcome", **form).status_code == 303
    return twin


def _all_of(world: World, sort: str) -> Sequence[tuple[str, tuple[str, str]]]:
    return [(state, ids) for (of, state), ids in world.ids.items() if of == sort]


def _write_post(world: World, state: str) -> None:
    author, said = world.early["A"], word("posts", state)
    form = post_form(title=f"Title {said}", text=said, summary="", tags="consent", territory="lisbon", **{TRIED: said})
    form |= {"is_nameless": "yes"} if state == "nameless" else {}
    content = word("files", state)
    answer = send(author, "community/posts", form, (f"{content}.txt", content.encode()))
    assert answer.status_code == 303, words_of(answer)
    world.ids["posts", state] = (form["id"], form["id"])
    world.ids["files", state] = (_file_of(author, form["id"]), form["id"])
    about = {"post": form["id"], "title": word("meetings", state), "place": word("meetings", state)}
    when = (world.ticker() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    world.ids["meetings", state] = (plan(author, world.ticker, **about, starts_at=when), form["id"])


def _file_of(client: Client, post_id: str) -> str:
    page = client.get(f"community/posts/{post_id}").text
    return page.rsplit("/community/files/", 1)[1][:36]


def _write_pieces(world: World, under: str, state: str = "") -> None:
    """Let a reply, an offer and a translation be written under a post; a file is at the buried reply."""
    state, (post, _) = state or under, world.ids["posts", under]
    author, peer = world.early["A"], world.early["P"]
    form = reply_form(word("replies", state))
    content = word("files", state)
    files = [(f"{content}.txt", content.encode())] if state == "buried" else []
    assert send(author, f"community/posts/{post}/replies", form, *files).status_code == 303
    said = word("translations", state)
    language = LANGUAGES.get(state, "es")
    translated = translate(author, post, title=said, text=said, language=language)
    offered = offer(peer, post, word("offers", state), available=word("offers", state))
    world.ids |= {
        ("replies", state): (form["id"], post),
        ("offers", state): (offered, post),
        ("translations", state): (translated, post),
    }
    if files:
        world.ids["files", state] = (_file_of(author, post), post)


def _close_need(world: World, state: str) -> None:
    author = world.early["A"]
    nameless = {"is_nameless": "yes"} if state == "nameless" else {}
    form = post_form(title="A need that is closed", text="It is over.", **nameless)
    assert author.post("community/posts", **form).status_code == 303
    world.ids["needs", state] = (form["id"], form["id"])
    world.ids["outcomes", state] = (close(author, form["id"], word("outcomes", state)), form["id"])


def _report(world: World) -> None:
    peer = world.early["P"]
    path = f"community/posts/{world.ids['posts', 'up'][0]}/report"
    assert peer.post(path, why="other", words=REPORTING).status_code == 303


def _look_after(world: World) -> None:
    for path, form in _deeds(world):
        assert world.early["T"].post(f"community/{path}", **form).status_code == 303, path
    for sort in ("replies", "translations", "posts"):
        assert world.early["A"].post(f"community/{sort}/{world.ids[sort, 'deleted'][0]}/delete").status_code == 303
    assert world.early["P"].post(f"community/offers/{world.ids['offers', 'deleted'][0]}/delete").status_code == 303


def _name_connector(world: World) -> None:
    person = str(world.early["P"].person_id)
    named = world.early["T"].post("community/connectors/name", territory="spain", person=person)
    assert named.status_code == 303
    told = world.early["A"].get("community").text
    deed = told.split('name="deed" value="')[1].split('"')[0]
    world.numbers |= {"person": person, "territory": "seville", "looked_after": "spain", "deed": deed}


def _deeds(world: World) -> Iterator[tuple[str, Mapping[str, str]]]:
    for sort in ("posts", "replies", "offers", "translations", "outcomes"):
        yield f"{sort}/{world.ids[sort, 'hidden'][0]}/hide", {"reason": HIDING}
    yield f"posts/{world.ids['needs', 'buried'][0]}/hide", {"reason": HIDING}
    for sort in ("posts", "needs"):
        yield f"posts/{world.ids[sort, 'locked'][0]}/lock", {"reason": LOCKING}
