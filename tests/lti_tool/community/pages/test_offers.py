"""Members offer help for a need, its owner accepts it, and everybody reads how far it is."""

import pytest

from tests.lti_tool.community.lending_a_hand import accept, offer, offer_form
from tests.lti_tool.community.talking import Enter, change, member, post, reply, thread, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def test_an_offer_is_made_accepted_and_taken_back(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea", course="course-2")
    post_id = post(ana)
    assert "Offer help" in words_of(thread(bea, post_id))
    assert "Offer help" not in words_of(thread(ana, post_id))

    offer_id = offer(bea, post_id, "Come and see ours.", available="on Thursdays", language="pt")

    page = thread(ana, post_id)
    assert "Need Has offers" in words_of(page)
    assert "1 offer of help Bea" in words_of(page)
    assert "Come and see ours. When: on Thursdays Accept this offer" in words_of(page)
    assert '<bdi lang="pt">on Thursdays</bdi>' in page.text
    assert "Need Has offers" in words_of(bea.get())
    assert "Your help was accepted" not in words_of(bea.get())

    assert accept(ana, offer_id) == 303

    assert "Need Help accepted" in words_of(ana.get())
    assert "Accepted Bea" in words_of(thread(member(enter, "Carla"), post_id))
    assert "Your help was accepted Who knows a time bank?" in words_of(bea.get())
    assert "Your help was accepted. Agree on how to go on" in words_of(thread(bea, post_id))
    assert "Your help was accepted" not in words_of(thread(ana, post_id)) + words_of(ana.get())

    assert ana.post(f"community/offers/{offer_id}/taken-back").status_code == 303
    assert "Need Has offers" in words_of(bea.get())
    assert "Your help was accepted" not in words_of(thread(bea, post_id)) + words_of(bea.get())


def test_the_accepted_stand_first_and_several_may_be(enter: Enter, ticker: Ticker) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    ids = []
    for number in range(3):
        ids.append(offer(bea, post_id, f"offer {number}"))
        ticker.move(minutes=1)
    for offer_id in ids[1:]:
        assert accept(ana, offer_id) == 303

    page = words_of(thread(ana, post_id))

    assert page.index("offer 1") < page.index("offer 2") < page.index("offer 0")
    assert page.count("Take the acceptance back") == 2
    assert page.count("Accept this offer") == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": " "}, "Write something."),
        ({"text": "x" * 10_001}, "This is too long: it has 10001 characters"),
        ({"available": "y" * 201}, "This is too long: it has 201 characters, and 200 is the most."),
        ({"language": "xx"}, "Choose one of the languages that are offered."),
    ],
)
def test_an_offer_that_is_refused_comes_back_with_everything_that_was_typed(
    enter: Enter, wrong: dict[str, str], sentence: str
) -> None:
    post_id = post(member(enter, "Ana"))
    form = offer_form(**{"text": "<My> offer", "available": "on <Thursdays>", "language": "pt", **wrong})

    answer = member(enter, "Bea").post(f"community/posts/{post_id}/offers", **form)

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert '<details class="more" open>' in answer.text
    assert f'name="id" value="{form["id"]}"' in answer.text
    assert "&lt;My&gt; offer</textarea>" in answer.text or "text" in wrong
    assert 'value="on &lt;Thursdays&gt;"' in answer.text or "available" in wrong


def test_an_offer_is_changed_by_whoever_made_it_and_that_is_told_if_it_was_accepted(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    offer_id = offer(bea, post_id)
    accept(ana, offer_id)
    assert 'value="on Thursdays"' in bea.get(f"community/offers/{offer_id}/edit").text
    assert ana.get(f"community/offers/{offer_id}/edit").status_code == 403
    assert ana.post(f"community/offers/{offer_id}/edit", **offer_form(version="1")).status_code == 403
    assert ana.post(f"community/offers/{offer_id}/edit", **offer_form("", version="1")).status_code == 403

    refused = bea.post(f"community/offers/{offer_id}/edit", **offer_form("", version="1"))
    assert refused.status_code == 422
    assert f"community/offers/{offer_id}/edit" in refused.text
    assert change(bea, f"offers/{offer_id}", "edit", **offer_form("Only by telephone.", version="1")) == 303

    assert "Only by telephone." in words_of(thread(ana, post_id))


def test_a_change_after_the_acceptance_is_marked(enter: Enter, ticker: Ticker) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    offer_id = offer(bea, post_id)
    accept(ana, offer_id)
    ticker.move(minutes=1)

    change(bea, f"offers/{offer_id}", "edit", **offer_form("Only by telephone.", version="1"))

    assert "Accepted Changed since it was accepted Bea" in words_of(thread(ana, post_id))


def test_of_two_windows_both_texts_are_shown(enter: Enter) -> None:
    bea = member(enter, "Bea")
    offer_id = offer(bea, post(member(enter, "Ana")))
    change(bea, f"offers/{offer_id}", "edit", **offer_form("theirs", available="then", version="1"))

    answer = bea.post(f"community/offers/{offer_id}/edit", **offer_form("mine", available="now", version="1"))

    assert answer.status_code == 409
    assert '<p dir="auto">theirs</p>' in answer.text
    assert '<bdi lang="en">then</bdi>' in answer.text
    assert "mine</textarea>" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert change(bea, f"offers/{offer_id}", "edit", **offer_form("mine", version="2")) == 303


def test_a_form_that_is_sent_again_counts_once_and_asks_where_the_text_differs(enter: Enter) -> None:
    ana, bea, form = member(enter, "Ana"), member(enter, "Bea"), offer_form("first")
    post_id = post(ana)

    first, second = (bea.post(f"community/posts/{post_id}/offers", **form) for _ in range(2))
    other = bea.post(f"community/posts/{post_id}/offers", **{**form, "text": "second"})

    assert first.headers["Location"] == second.headers["Location"]
    assert "1 offer of help" in words_of(thread(ana, post_id))
    assert other.status_code == 409
    assert "first" in words_of(other)
    assert "second</textarea>" in other.text


@pytest.mark.parametrize("how", ["answered", "deleted", "hidden", "another kind"])
def test_an_offer_for_a_need_that_went_meanwhile_keeps_its_text(enter: Enter, how: str) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana, title="Who weaves?")
    words = {"kind": "tool", "title": "A tool", "text": "Text", "language": "en", "version": "1"}
    {
        "answered": lambda: change(ana, f"posts/{post_id}", "answered", reply=reply(bea, post_id)),
        "deleted": lambda: change(ana, f"posts/{post_id}", "delete"),
        "hidden": lambda: change(teacher, f"posts/{post_id}", "hide", reason="A name"),
        "another kind": lambda: change(ana, f"posts/{post_id}", "edit", **words),
    }[how]()

    answer = bea.post(f"community/posts/{post_id}/offers", **offer_form("my long offer"))

    assert answer.status_code == 409
    assert "nobody can offer help now" in words_of(answer)
    assert "my long offer</textarea>" in answer.text
    assert "Send the offer" not in answer.text
    assert ("Who weaves?" in words_of(answer)) is (how == "answered")


def test_a_withdrawn_offer_is_gone_and_is_accepted_by_nobody(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    offer_id = offer(bea, post_id, "words to forget")
    accept(ana, offer_id)
    assert "Withdraw the offer" in words_of(thread(bea, post_id))
    assert "Withdraw the offer" not in words_of(thread(ana, post_id))
    assert change(ana, f"offers/{offer_id}", "delete") == 403

    assert change(bea, f"offers/{offer_id}", "delete") == 303

    assert "words to forget" not in words_of(thread(ana, post_id))
    assert "Need Still open" in words_of(ana.get())
    answer = ana.post(f"community/offers/{offer_id}/accepted", version="1")
    assert answer.status_code == 409
    assert "Nothing was accepted: the offer was withdrawn or hidden meanwhile." in words_of(answer)
    anew = bea.post(f"community/offers/{offer_id}/edit", **offer_form("my text", version="1"))
    assert anew.status_code == 409
    assert "my text</textarea>" in anew.text
    assert bea.get(f"community/offers/{offer_id}/edit").status_code == 404


def test_an_offer_that_was_changed_is_not_accepted_unread(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    offer_id = offer(bea, post_id)
    change(bea, f"offers/{offer_id}", "edit", **offer_form("Only for money.", version="1"))

    answer = ana.post(f"community/offers/{offer_id}/accepted", version="1")

    assert answer.status_code == 409
    assert "the offer was changed meanwhile" in words_of(answer)
    assert "Only for money." in words_of(answer)
    assert accept(ana, offer_id, version=2) == 303


def test_a_trainer_hides_an_offer_with_a_reason_and_it_no_longer_counts(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana)
    offer_id = offer(bea, post_id, "Ask María")
    accept(ana, offer_id)
    assert change(teacher, f"offers/{offer_id}", "hide", reason="") == 422
    assert change(trainer(enter, course="course-2"), f"offers/{offer_id}", "hide", reason="x") == 403

    assert change(teacher, f"offers/{offer_id}", "hide", reason="It names somebody.") == 303

    assert "Need Still open" in words_of(ana.get())
    assert "The reason: It names somebody." in words_of(thread(bea, post_id))
    assert "0 offers of help Hidden by a trainer" in words_of(thread(ana, post_id))
    assert "Ask María" not in words_of(thread(ana, post_id))
    assert "Your help was accepted" not in words_of(bea.get())

    assert change(teacher, f"offers/{offer_id}", "show") == 303
    assert "Need Help accepted" in words_of(ana.get())


def test_only_the_owner_and_the_trainers_of_the_needs_course_accept(enter: Enter) -> None:
    ana, bea, carla = member(enter, "Ana"), member(enter, "Bea"), member(enter, "Carla")
    post_id = post(ana)
    offer_id = offer(bea, post_id)

    for client in (bea, carla, trainer(enter, course="course-2")):
        assert "Accept this offer" not in words_of(thread(client, post_id))
        assert accept(client, offer_id) == 403
        assert client.post(f"community/offers/{offer_id}/taken-back").status_code == 403
    assert ana.post(f"community/posts/{post_id}/offers", **offer_form()).status_code == 403
    assert accept(trainer(enter), offer_id) == 303


@pytest.mark.parametrize("elsewhere", [{"activity": "community/another"}, {"issuer": "http://localhost:8200"}])
def test_an_address_of_another_community_or_site_is_nowhere(enter: Enter, elsewhere: dict[str, str]) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    offer_id = offer(bea, post_id)
    there = trainer(enter, **elsewhere)

    assert there.post(f"community/posts/{post_id}/offers", **offer_form()).status_code == 404
    assert there.get(f"community/offers/{offer_id}/edit").status_code == 404
    for action in ("edit", "accepted", "taken-back", "delete", "hide", "show"):
        assert change(there, f"offers/{offer_id}", action, **offer_form(reason="x", version="1")) == 404


def test_what_people_offer_is_never_html(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "<b>Bea</b>")
    post_id = post(ana)
    accept(ana, offer(bea, post_id, "<script>x</script>", available='"><i>now</i>'))

    for page in (thread(ana, post_id).text, thread(bea, post_id).text):
        assert "<script>x" not in page
        assert "<b>Bea" not in page
        assert "<i>now" not in page
