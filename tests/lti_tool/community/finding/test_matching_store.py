"""Who has been there: what stands beside a need, in both databases, and whose name never does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from lti_tool.clock import now
from lti_tool.community import moderation, store
from lti_tool.community.finding.matching import beside
from lti_tool.community.finding.matching import store as matching
from lti_tool.community.finding.matching.beside import BeenThere
from lti_tool.community.finding.matching.rules import Sort
from lti_tool.community.offers import store as offers
from lti_tool.community.offers.rules import OfferDraft
from lti_tool.community.posts import Draft, Post, Reader
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import ReplyRow
from lti_tool.database import db
from tests.lti_tool.community.talking import Enter, member, new_id

ABOUT: dict[str, Any] = {"tags": ("public-spaces",), "territory": "seville"}
NEED = "We look for benches and shade"


@dataclass
class People:
    """Those who talk, by their names."""

    enter: Enter

    def __call__(self, name: str) -> Visit:
        """Let somebody in."""
        client = member(self.enter, name)
        reader = Reader(person_id=client.person_id, course_id=client.course_id, is_trainer=name == "Teacher")
        return Visit(key=CommunityKey(site_id=1, slug="practice"), reader=reader)


@pytest.fixture
def people(app: Flask, enter: Enter) -> Iterator[People]:
    with app.app_context():
        yield People(enter)


def publish(visit: Visit, title: str, kind: str = "experience", text: str = "Text", **about: Any) -> str:
    draft = Draft(id=new_id(), kind=kind, title=title, text=text, language="en", **about)
    store.add_post(visit, draft, now())
    db.session.commit()
    return draft.id


def need(visit: Visit, **more: Any) -> str:
    return publish(visit, NEED, "need", **{**ABOUT, **more})


def there(visit: Visit, post_id: str) -> BeenThere | None:
    db.session.rollback()
    return beside.of_need(visit, store.find_post(visit.key, post_id))


def titles(found: BeenThere | None) -> list[str]:
    return [told.post.title for told in found.posts] if found else []


def names(found: BeenThere | None) -> list[str | None]:
    return [known.piece.author.name for known in found.people] if found else []


def test_experiences_and_tools_that_fit_stand_beside_a_need_with_their_reasons(people: People) -> None:
    bea = people("Bea")
    publish(bea, "A square with shade", **ABOUT)
    publish(bea, "A tool for benches", "tool", tags=("public-spaces",))
    publish(bea, "Nothing alike", tags=("gender-violence",))
    publish(bea, "Only near", territory="lisbon")
    publish(bea, "Doubts about shade", "doubt", **ABOUT)

    found = there(people("Ana"), need(people("Ana")))

    assert found
    assert titles(found) == ["A square with shade", "A tool for benches"]
    assert [reason.sort for reason in found.posts[0].reasons] == [Sort.THEME, Sort.TERRITORY, Sort.WORDS]
    assert [list(reason.names) for reason in found.posts[1].reasons] == [["public-spaces"], ["benches"]]


def test_words_are_enough_where_there_are_many_also_in_another_form(people: People) -> None:
    publish(people("Bea"), "Coproducciones vecinales", text="Plazas con cooperativas")

    found = there(people("Ana"), publish(people("Ana"), "Coproducción de plaza vecinal", "need"))

    assert titles(found) == ["Coproducciones vecinales"]


def test_a_neighbouring_territory_and_a_method_are_named(people: People) -> None:
    publish(people("Bea"), "Elsewhere", tags=("consent",), territory="lisbon")

    found = there(people("Ana"), publish(people("Ana"), "Anything", "need", tags=("consent",), territory="seville"))

    assert found
    assert [reason.sort for reason in found.posts[0].reasons] == [Sort.METHOD, Sort.NEIGHBOUR]


def test_only_needs_that_everybody_can_read_have_it(people: People) -> None:
    publish(people("Bea"), "A square with shade", **ABOUT)
    ana = people("Ana")
    hidden = need(ana)
    moderation.hide(Post, people("Teacher"), hidden, "A name", now())
    db.session.commit()

    assert there(ana, hidden) is None
    assert there(ana, publish(ana, NEED, "doubt", **ABOUT)) is None


def test_what_nobody_reads_fits_nothing(people: People) -> None:
    bea = people("Bea")
    hidden, deleted = publish(bea, "Shade, hidden", **ABOUT), publish(bea, "Shade, deleted", **ABOUT)
    moderation.hide(Post, people("Teacher"), hidden, "A name", now())
    store.delete(Post, bea, deleted, now())
    db.session.commit()

    assert there(people("Ana"), need(people("Ana"))) is None


def test_other_communities_are_not_looked_at(people: People) -> None:
    bea = people("Bea")
    publish(replace(bea, key=replace(bea.key, slug="another")), "A square with shade", **ABOUT)

    assert there(people("Ana"), need(people("Ana"))) is None


def test_one_is_not_told_of_oneself(people: People) -> None:
    ana = people("Ana")
    publish(ana, "A square with shade", **ABOUT)

    assert there(ana, need(ana)) is None
    assert there(people("Bea"), need(ana)) is None


# People


def test_people_wrote_what_fits_or_helped_in_what_fits(people: People) -> None:
    ana, bea, carla, dora = (people(name) for name in ("Ana", "Bea", "Carla", "Dora"))
    publish(bea, "A square with shade", **ABOUT)
    other = publish(dora, "We need shade too", "need", **ABOUT)
    offer = OfferDraft(id=new_id(), text="I can", language="en", available="Mondays")
    offers.add(carla, other, offer, now())
    offers.accept(dora, offer.id, 1, now())
    db.session.commit()

    found = there(ana, need(ana))

    assert found
    assert sorted(filter(None, names(found))) == ["Bea", "Carla"]
    [carla_known] = [known for known in found.people if known.piece.author.name == "Carla"]
    assert [told.post.title for told in carla_known.helped] == ["We need shade too"]
    assert not carla_known.wrote


def test_whose_reply_answered_helped_too(people: People) -> None:
    ana, bea, carla, dora = (people(name) for name in ("Ana", "Bea", "Carla", "Dora"))
    doubt = publish(bea, "Unsure about shade", "doubt", **ABOUT)
    replies = [Draft(id=new_id(), text="So", language="en") for _ in range(2)]
    store.add_reply(carla, doubt, replies[0], now())
    store.add_reply(dora, doubt, replies[1], now())
    moderation.mark_answered(bea, doubt, replies[0].id, now())
    db.session.commit()

    assert names(there(ana, need(ana))) == ["Carla"]


def test_whoever_wrote_without_a_name_is_nobody_here(people: People) -> None:
    ana, bea, carla = (people(name) for name in ("Ana", "Bea", "Carla"))
    publish(bea, "A square with shade", is_nameless=True, **ABOUT)
    doubt = publish(bea, "Unsure about shade", "doubt", is_nameless=True, **ABOUT)
    reply = Draft(id=new_id(), text="So", language="en")
    store.add_reply(carla, doubt, reply, now())
    moderation.mark_answered(bea, doubt, reply.id, now())
    db.session.execute(update(ReplyRow).values(is_nameless=True))
    db.session.commit()

    for reader in (ana, bea, carla, people("Teacher")):
        found = there(reader, need(ana))
        assert titles(found) == ["A square with shade"]
        assert names(found) == []


def test_a_nameless_post_stands_beside_its_authors_own_need_too(people: People) -> None:
    ana, bea = people("Ana"), people("Bea")
    publish(ana, "A square with shade", is_nameless=True, **ABOUT)

    found = [there(bea, need(who)) for who in (ana, bea)]

    assert [titles(one) for one in found] == [["A square with shade"]] * 2
    assert [names(one) for one in found] == [[], []]


def test_a_nameless_need_gives_its_author_away_neither_by_showing_nor_by_leaving_out(people: People) -> None:
    ana, bea = people("Ana"), people("Bea")
    publish(ana, "A square with shade", **ABOUT)
    publish(bea, "Another square with shade", **ABOUT)

    found = there(bea, need(ana, is_nameless=True))

    assert sorted(titles(found)) == ["A square with shade", "Another square with shade"]
    assert sorted(filter(None, names(found))) == ["Ana", "Bea"]


def test_a_word_that_is_in_many_posts_tells_nothing(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    bea = people("Bea")
    for number in range(3):
        publish(bea, f"Benches and shade {number}", text="looking")
    asked = publish(people("Ana"), NEED, "need", text="looking")
    assert len(titles(there(people("Ana"), asked))) == 3

    monkeypatch.setattr(matching, "MOST", 3)

    assert there(people("Ana"), asked) is None
