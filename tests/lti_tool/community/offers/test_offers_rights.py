"""Who gets at which offers, and who may do what with them, in both databases."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from lti_tool.clock import now
from lti_tool.community import moderation
from lti_tool.community import store as core
from lti_tool.community.offers import store
from lti_tool.community.offers.rules import Offer
from lti_tool.community.offers.store import Acceptance
from lti_tool.community.store import Visit
from lti_tool.errors import NotAllowed, NotFound
from tests.lti_tool.community.offers.offering import accept, draft, offer, offered, publish
from tests.lti_tool.community.posting import visit_of
from tests.lti_tool.community.talking import Enter, member


@pytest.mark.usefixtures("context")
def test_nobody_offers_help_to_themselves_or_under_anothers_id(ana: Visit, bea: Visit) -> None:
    post_id, given = publish(ana), draft()
    with pytest.raises(NotAllowed):
        store.add(ana, post_id, given, now())
    offer(bea, post_id, given)

    with pytest.raises(NotFound):
        store.add(replace(bea, reader=replace(bea.reader, person_id=3)), post_id, given, now())


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("elsewhere", [{"slug": "another"}, {"site_id": 2}])
def test_another_community_and_another_site_have_nothing_of_it(
    enter: Enter, ana: Visit, bea: Visit, elsewhere: dict[str, int]
) -> None:
    post_id = publish(ana)
    offer_id = offered(bea, post_id)
    accept(ana, offer_id)
    client = member(enter, "Zoe", issuer="http://localhost:8200" if "site_id" in elsewhere else "http://localhost:8100")
    there = visit_of(client, is_trainer=True, **elsewhere)  # type: ignore[arg-type]  # one or the other

    assert store.find(there.key, post_id) == []
    assert store.find_accepted(replace(bea, key=there.key)) == []
    attempts: list[Callable[[Visit], object]] = [
        lambda visit: store.add(visit, post_id, draft(), now()),
        lambda visit: store.edit(visit, draft(id=offer_id), now()),
        lambda visit: store.accept(visit, offer_id, 1, now()),
        lambda visit: store.take_back(visit, offer_id),
        lambda visit: core.find_own(Offer, visit, offer_id),
        lambda visit: core.delete(Offer, visit, offer_id, now()),
        lambda visit: moderation.hide(Offer, visit, offer_id, "x", now()),
    ]
    for visit in (there, *(replace(one, key=there.key) for one in (ana, bea))):
        for attempt in attempts:
            with pytest.raises(NotFound):
                attempt(visit)


@pytest.mark.usefixtures("context")
def test_everybody_does_what_is_theirs(ana: Visit, bea: Visit, teacher: Visit) -> None:
    post_id = publish(ana)
    offer_id = offered(bea, post_id)
    refused: list[Callable[[], object]] = [
        lambda: store.accept(bea, offer_id, 1, now()),
        lambda: store.take_back(bea, offer_id),
        lambda: store.edit(ana, draft(id=offer_id), now()),
        lambda: core.delete(Offer, ana, offer_id, now()),
        lambda: moderation.hide(Offer, teacher, offer_id, "It was written in another course", now()),
    ]

    for attempt in refused:
        with pytest.raises(NotAllowed):
            attempt()
    assert accept(teacher, offer_id) is Acceptance.DONE
