"""What stays true of two threads that became one, in both databases."""

from flask import Flask

from lti_tool.clock import now
from lti_tool.community import store
from lti_tool.community.digest import links
from lti_tool.community.digest.rules import LinkUse
from lti_tool.community.finding import store as finding
from lti_tool.community.finding.rules import words_of as looked_for
from lti_tool.community.offers.rules import Offer
from lti_tool.community.posts import State
from lti_tool.community.visits.rules import Stay
from lti_tool.database import db
from tests.lti_tool.community.calendar.planning import calendar, plan
from tests.lti_tool.community.files.attaching import PLAIN, post_with
from tests.lti_tool.community.lending_a_hand import accept, offer
from tests.lti_tool.community.merging.combining import merge
from tests.lti_tool.community.posting import visit_of
from tests.lti_tool.community.talking import (
    Enter,
    change,
    member,
    new_id,
    post,
    post_form,
    reply,
    reply_form,
    thread,
    trainer,
)
from tests.lti_tool.community.translating.putting import translate, translation_form
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def found(client: Client, query: str) -> list[str]:
    return [each.title for each in finding.search(visit_of(client).key, looked_for(query)).posts]


def test_all_words_are_found_in_the_one_that_is_left(app: Flask, enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana, title="A time bank"), post(bea, title="Exchanging lessons", what_for="For dormitories")
    translation = translate(ana, two, title="Trueque", text="Coproducción de clases.")
    reply(ana, two, "Ask the librarian.")
    merge(teacher, two, one)

    with app.app_context():
        for query in ("lessons", "dormitories", "coproduccion", "librarian", "trueque"):
            assert found(ana, query) == ["A time bank"]
    assert change(ana, f"translations/{translation}", "edit", **edited(ana, two, "Otra palabra.")) == 303
    assert change(teacher, f"posts/{two}", "hide", reason="x") == 303
    with app.app_context():
        assert [found(ana, query) for query in ("lessons", "palabra", "librarian")] == [[], [], ["A time bank"]]


def edited(client: Client, post_id: str, text: str) -> dict[str, str]:
    return {**translation_form(client, post_id), "text": text, "version": "1"}


def test_its_translations_files_and_history_go_along(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana), post_with(bea, ("plan.csv", PLAIN))
    change(bea, f"posts/{two}", "edit", **post_form(title="Hours", text="We lack hours.", version="1"))
    translate(ana, two)
    merge(teacher, two, one)

    page = thread(ana, one)
    assert "¿Quién conoce un banco del tiempo?" in page.text
    assert "plan.csv" in page.text
    file_id = page.text.partition("/files/")[2].partition('"')[0].partition("/")[0]
    assert ana.get(f"community/files/{file_id}").status_code == 200
    assert "A time bank" in words_of(ana.get(f"community/replies/{two}/history"))
    translate(member(enter, "Cleo"), two, language="pt", title="Horas")
    assert "Horas" in thread(ana, one).text

    change(bea, f"replies/{two}", "delete")
    page = thread(ana, one)
    for gone in ("Horas", "plan.csv", "banco del tiempo"):
        assert gone not in page.text


def test_offers_stay_accepted(app: Flask, enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana), post(ana)
    offer_id = offer(bea, two)
    accept(ana, offer_id)
    merge(teacher, two, one)

    with app.app_context():
        assert store.find_post(visit_of(ana).key, one).state is State.ACCEPTED
    assert "I can show you ours." in words_of(thread(ana, one))
    assert change(bea, f"offers/{offer_id}", "edit", **{**reply_form("On Mondays."), "version": "1"}) == 303
    assert "On Mondays." in words_of(thread(ana, one))
    with app.app_context():
        assert isinstance(store.find_own(Offer, visit_of(bea), offer_id), Offer)


def test_the_answer_counts_where_one_person_asked_both(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    for author, is_answered in ((ana, True), (bea, False)):
        one, two = post(ana, kind="doubt"), post(author, kind="doubt")
        change(author, f"posts/{two}", "answered", reply=reply(bea, two))

        merge(teacher, two, one)

        assert ("The answer that helped" in words_of(thread(ana, one))) is is_answered
        change(ana, f"posts/{one}", "delete")


def test_the_answer_of_the_other_stays(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana, kind="doubt"), post(ana, kind="doubt")
    for each, text in ((one, "The first."), (two, "The second.")):
        change(ana, f"posts/{each}", "answered", reply=reply(bea, each, text))

    merge(teacher, two, one)

    page = words_of(thread(ana, one))
    assert page.count("The answer that helped") == 1
    assert page.index("The answer that helped") < page.index("The first.")


def test_who_followed_it_follows_the_one_that_is_left(enter: Enter) -> None:
    ana, bea, cleo, dora = (member(enter, name) for name in ("Ana", "Bea", "Cleo", "Dora"))
    one, two = post(ana, title="A time bank"), post(bea)
    cleo.post(f"community/posts/{two}/following", on="1")
    reply(dora, two)
    dora.post(f"community/posts/{two}/following", on="0")
    ana.post(f"community/posts/{two}/following", on="0")

    merge(trainer(enter), two, one)

    assert [follows(each) for each in (ana, bea, cleo, dora)] == [True, True, True, False]
    assert cleo.post(f"community/posts/{two}/following", on="0").status_code == 303
    assert not follows(cleo)


def follows(client: Client) -> bool:
    return "A time bank" in words_of(client.get("community/following"))


def test_what_one_has_not_read_stays_unread(enter: Enter, ticker: Ticker) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    for each in (ana, bea):
        each.get()
    ticker.move(hours=1)
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana), post(ana)
    bea.get()
    ticker.move(minutes=1)
    reply(ana, two, "Not read yet.")
    thread(bea, one)

    merge(teacher, two, one)

    assert "New 2 new replies" in words_of(bea.get())
    thread(bea, one)
    assert "new repl" not in words_of(bea.get())


def test_a_mail_s_link_leads_there(app: Flask, enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana), post(ana)
    with app.app_context():
        stay = Stay(community_id=1, person_id=bea.person_id, since=None)
        link = links.find(links.add(stay, LinkUse.GO, now(), posts=[two]), now(), LinkUse.GO)
        assert link
        links.set_out(link, two, now())
        db.session.commit()
    merge(teacher, two, one)

    answer = bea.browser.get(f"/l/{bea.launch_id}/", follow_redirects=True)

    assert answer.request.path.endswith(f"/posts/{one}")


def test_a_meeting_about_it_is_about_the_one_that_is_left(enter: Enter, ticker: Ticker) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(bea), post(ana, is_nameless="yes")
    plan(ana, ticker, post=two)
    merge(teacher, two, one)
    plan(teacher, ticker, post=two, title="Another peer assist")

    page = words_of(thread(bea, one))

    assert "Peer assist" in page
    assert "Another peer assist" in page
    for each in (page, calendar(bea), calendar(member(enter, "Far", course="course-2"))):
        assert "Ana" not in each
    assert "Planned by: Ana" in words_of(thread(teacher, one))


def test_a_nameless_post_names_nobody_to_anybody_new(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(bea), post(ana, is_nameless="yes", title="Exchanging hours")
    reply(ana, two, "I add this.")
    merge(teacher, two, one)
    form = reply_form("I was still writing this.")
    ana.post(f"community/posts/{two}/replies", **form)

    page = words_of(thread(bea, one))
    assert "Exchanging hours A member" in page
    assert "I was still writing this." in page
    assert "Ana" not in page
    assert "Exchanging hours Ana" in words_of(thread(teacher, one))


def test_under_its_author_s_nameless_post_it_names_nobody(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, hers, replied, translated = post(ana, is_nameless="yes"), post(ana), post(bea), post(bea)
    reply(ana, replied, "I add this.")
    translate(ana, translated)

    for named in (hers, replied, translated):
        answer = teacher.post(f"community/posts/{named}/merge", post=one, reason="x")
        assert answer.status_code == 422
        assert "everybody would learn whose it is" in words_of(answer)
    assert merge(teacher, one, hers) == 303
    assert "A member" in words_of(thread(bea, hers))


def test_a_post_that_becomes_nameless_later_hides_what_was_merged_into_it(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana), post(ana, title="Exchanging hours")
    translate(ana, two)
    merge(teacher, two, one)
    change(ana, f"posts/{one}", "edit", **post_form(version="1", is_nameless="yes", id=new_id()))

    assert "Ana" not in words_of(thread(bea, one))
