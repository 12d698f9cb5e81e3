"""From an exercise's canvas to a need or an experience: what goes in, and as whose post."""

from flask import Flask

from tests.lti_tool.community.carrying.bringing import bring, field, form, posts, take, work
from tests.lti_tool.community.talking import Enter, member, thread, trainer
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.reading import words_of


def test_only_what_is_ticked_goes_into_the_post(enter: Enter) -> None:
    member(enter)
    ana = enter(sub="Ana", name="Ana")
    taken, _ = work(ana, "A well", "My own address")

    page = take(ana, taken).text

    assert field(page, "text") == "**Subsistence · Being**\n\n- A well"
    assert field(page, "title") == "A well"
    assert "My own address" not in page


def test_nothing_is_ticked_before_somebody_ticks_it(enter: Enter) -> None:
    ana = enter(sub="Ana")
    work(ana, "A well")

    page = ana.get("exercise/carry").text

    assert "A well" in page
    assert 'name="note"' in page
    assert not [line for line in page.splitlines() if 'name="note"' in line and "checked" in line]


def test_whoever_ticks_nothing_is_told_so(enter: Enter) -> None:
    ana = enter(sub="Ana")
    work(ana, "A well")

    answer = take(ana)

    assert answer.status_code == 422
    assert "Tick what may be read in the community." in words_of(answer)


def test_the_post_is_filed_under_the_method_and_in_the_language_of_the_notes(enter: Enter) -> None:
    member(enter)
    ana = enter(sub="Ana", locale="es")
    (taken,) = work(ana, "Un pozo")

    page = take(ana, taken).text

    assert 'value="needs-matrix" checked' in page
    assert '<option value="en" lang="en" selected>' in page  # the notes' own language, whatever the reader's is


def test_the_post_is_shown_as_it_will_look_before_anything_is_published(app: Flask, enter: Enter) -> None:
    member(enter)
    ana = enter(sub="Ana", name="Ana")
    (taken,) = work(ana, "A well")

    first = take(ana, taken).text
    again = ana.post("exercise/carry", preview="1", **form(title="Other words", is_nameless="yes")).text

    assert "Nothing is published yet." in first
    assert 'class="by">Ana<' in first
    assert "<strong>Subsistence · Being</strong>" in first
    assert "Other words" in again
    assert 'class="by">A member<' in again
    assert posts(app) == []


def test_a_post_from_a_canvas_is_read_in_the_community_and_listed_at_the_canvas(enter: Enter) -> None:
    reader = member(enter, "Ben")
    ana = enter(sub="Ana", name="Ana")
    work(ana, "A well")

    post_id = bring(ana, title="A well for the street")

    assert "This grew out of an exercise: Needs" in words_of(thread(reader, post_id))
    assert "A well for the street" in words_of(ana.get("exercise"))


def test_work_is_an_experience_once_it_is_handed_in(app: Flask, enter: Enter) -> None:
    member(enter)
    ana = enter(sub="Ana")
    work(ana, "A well")
    assert ana.post("exercise/carry", **form(kind="experience")).status_code == 422

    hand_in(ana)
    bring(ana, kind="experience")

    assert [post.kind for post in posts(app)] == ["experience"]


def test_a_canvas_becomes_no_other_kind_of_post(enter: Enter) -> None:
    member(enter)
    ana = enter(sub="Ana")
    work(ana, "A well")

    answer = ana.post("exercise/carry", **form(kind="tool"))

    assert answer.status_code == 422
    assert "Choose what kind of post it is." in words_of(answer)


def test_pressing_twice_publishes_once(app: Flask, enter: Enter) -> None:
    member(enter)
    ana = enter(sub="Ana")
    work(ana, "A well")
    sent = form()

    first, second = ana.post("exercise/carry", **sent), ana.post("exercise/carry", **sent)

    assert [first.status_code, second.status_code] == [303, 303]
    assert len(posts(app)) == 1


def test_other_words_under_the_same_press_are_given_back(app: Flask, enter: Enter) -> None:
    member(enter)
    ana = enter(sub="Ana")
    work(ana, "A well")
    sent = form()
    ana.post("exercise/carry", **sent)

    answer = ana.post("exercise/carry", **{**sent, "text": "Words of another window"})

    assert answer.status_code == 409
    assert field(answer.text, "text") == "Words of another window"
    assert len(posts(app)) == 1


def test_newcomers_are_held_to_their_pace_and_keep_their_text(app: Flask, enter: Enter) -> None:
    member(enter)
    ana = enter(sub="Ana")
    work(ana, "A well")
    for _ in range(5):
        bring(ana)

    answer = ana.post("exercise/carry", **form(text="The sixth"))

    assert answer.status_code == 429
    assert field(answer.text, "text") == "The sixth"
    assert len(posts(app)) == 5


def test_the_page_reminds_of_safeguarding(enter: Enter) -> None:
    member(enter)
    ana = enter(sub="Ana")
    (taken,) = work(ana, "A well")

    for answer in (ana.get("exercise/carry"), take(ana, taken)):
        assert "Never describe a real case of violence here" in words_of(answer)


def test_a_nameless_post_tells_nobody_which_exercise_it_came_from_but_its_author_and_trainers(enter: Enter) -> None:
    ben, author, teacher = member(enter, "Ben"), member(enter), trainer(enter)
    ana = enter(sub="Ana", name="Ana")
    work(ana, "A well")

    post_id = bring(ana, is_nameless="yes")

    said = [words_of(thread(one, post_id)) for one in (ben, author, teacher)]
    assert ["This grew out of an exercise" in one for one in said] == [False, True, True]


def test_a_post_that_its_author_deleted_leaves_the_canvas(enter: Enter) -> None:
    author, ana = member(enter), enter(sub="Ana", name="Ana")
    work(ana, "A well")
    post_id = bring(ana, title="A well for the street")

    author.post(f"community/posts/{post_id}/delete")

    assert "A well for the street" not in words_of(ana.get("exercise"))


def test_the_link_at_the_canvas_leads_through_moodle_into_the_post(enter: Enter) -> None:
    member(enter, link="77")
    ana = enter(sub="Ana", name="Ana")
    work(ana, "A well")
    post_id = bring(ana)

    answer = ana.get(f"exercise/carried/{post_id}")

    assert answer.status_code == 303
    assert answer.location == "http://localhost:8100/mod/lti/view.php?l=77"
    assert member(enter, link="77").get().location.endswith(f"/community/posts/{post_id}")
