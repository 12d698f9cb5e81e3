"""A trainer arranges with whom and when an exercise is done in their course."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask

from lti_tool.exercises import stages
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Arrangement, Dates, Mode
from lti_tool.exercises.stages import find as find_stage
from lti_tool.groups.rules import Counting, Source
from tests.lti_tool.exercises.arranged import EXERCISE, arrange, arrangement, set_stage, told
from tests.lti_tool.exercises.writing import new_id, write
from tests.lti_tool.facilitation.arranging import send, settings, version_of
from tests.lti_tool.facilitation.trainers import Enter, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.reviews.releasing import choose
from tests.lti_tool.together import at_once, overtaking

FORMS = ["", "/names", "/members", "/random"]
ELSEWHERE = [{"course": "another"}, {"issuer": "http://localhost:8200"}, {"activity": "exercise/power-interest-map"}]


def test_the_list_says_how_the_exercise_is_done_and_leads_to_where_it_is_arranged(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    arrange(app, reader.course_id, mode=Mode.GROUP, alone_first=True)

    page = reader.get()

    assert "Done in groups: each person alone first, then each group at one canvas" in words_of(page)
    assert f'href="/l/{reader.launch_id}/arrangement">How this exercise is done</a>' in page.text


def test_what_is_chosen_holds_and_is_kept_in_utc(app: Flask, enter: Enter) -> None:
    reader = told(app, trainer(enter, timezone="Europe/Madrid"), "7", "8")
    told(app, enter(), "7", "8")
    choose(reader, Marking.BY_TRAINER)
    chosen = settings(
        mode="group",
        alone_first="on",
        source="made",
        ticked=["8"],
        opens_at="2026-10-01T09:00",
        due_at="2026-10-24T09:00",
        closes_at="2026-10-26T09:00",
        together_at="2026-10-01T10:00",
    )

    answer = send(reader, **chosen)

    assert answer.status_code == 303
    assert "Saved." in words_of(reader.browser.get(answer.location))
    assert arrangement(app, reader.course_id) == Arrangement(
        marking=Marking.BY_TRAINER,
        mode=Mode.GROUP,
        alone_first=True,
        counting=Counting(source=Source.MADE, ticked=frozenset({"8"})),
        dates=Dates(
            opens_at=datetime(2026, 10, 1, 7, tzinfo=UTC),
            due_at=datetime(2026, 10, 24, 7, tzinfo=UTC),
            closes_at=datetime(2026, 10, 26, 8, tzinfo=UTC),
            together_at=datetime(2026, 10, 1, 8, tzinfo=UTC),
        ),
    )


def test_moments_are_shown_on_the_clock_of_the_trainers_zone_which_is_named(app: Flask, enter: Enter) -> None:
    reader = trainer(enter, timezone="Asia/Amman")
    arrange(app, reader.course_id, dates=Dates(due_at=datetime(2026, 10, 1, 7, tzinfo=UTC)))

    page = reader.get("arrangement")

    assert 'name="due_at" value="2026-10-01T10:00"' in page.text
    assert "your zone: Asia/Amman" in words_of(page)


def test_without_a_zone_of_the_trainers_the_tools_own_is_named(enter: Enter) -> None:
    assert "your zone: UTC" in words_of(trainer(enter, timezone="99").get("arrangement"))


def test_what_stands_in_the_way_is_said_and_what_was_typed_stays(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    before = arrangement(app, reader.course_id)

    answer = send(
        reader,
        **settings(mode="course", opens_at="next <week>", due_at="2026-10-02T09:00", closes_at="2026-10-01T09:00"),
    )

    assert answer.status_code == 422
    assert "Write a day and a time that exist" in words_of(answer)
    assert "It would close before it is due." in words_of(answer)
    assert 'value="next &lt;week&gt;"' in answer.text
    assert 'name="due_at" value="2026-10-02T09:00"' in answer.text
    assert 'value="course" required checked' in answer.text
    assert arrangement(app, reader.course_id) == before


@pytest.mark.parametrize(
    "bad", [{"mode": "by_dice"}, {"mode": ""}, {"source": "mine"}, {"version": "x", "mode": ""}], ids=str
)
def test_what_no_page_of_ours_sends_is_refused(app: Flask, enter: Enter, bad: dict[str, str]) -> None:
    reader = trainer(enter)

    assert reader.post("arrangement", **{"version": "0", **settings(), **bad}).status_code == 422
    assert arrangement(app, reader.course_id) == Arrangement()


@pytest.mark.parametrize("form", FORMS)
def test_a_trainee_arranges_nothing(enter: Enter, form: str) -> None:
    trainee = enter()

    assert trainee.get("arrangement").status_code == 403
    given = {**settings(mode="course"), "version": "0", "by": "groups", "number": "2", "within": "60"}
    assert trainee.post(f"arrangement{form}", **given).status_code == 403


@pytest.mark.parametrize("other", ELSEWHERE)
def test_what_is_chosen_holds_in_this_course_and_for_this_exercise_alone(
    app: Flask, enter: Enter, other: dict[str, str]
) -> None:
    here = trainer(enter)

    assert send(trainer(enter, **other), **settings(mode="course")).status_code == 303

    assert arrangement(app, here.course_id) == Arrangement()


def test_groups_of_another_course_are_neither_shown_nor_counted(app: Flask, enter: Enter) -> None:
    told(app, enter(course="another", sub="2", name="Somebody elsewhere"), "9")
    reader = told(app, trainer(enter), "7")
    told(app, enter(), "7")
    trainer(enter, course="another").get("arrangement")

    page = reader.get("arrangement")
    send(reader, **settings(mode="group", ticked=["7", "9"]))

    assert 'name="ticked" value="9"' not in page.text
    assert "Somebody elsewhere" not in page.text
    assert arrangement(app, reader.course_id).counting.ticked == {"7"}


# Who is together


def test_who_is_to_write_alone_first_from_now_on_is_together_no_more(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    set_stage(app, reader.course_id, together_at=datetime(2026, 1, 1, tzinfo=UTC))

    send(reader, **settings(mode="course", alone_first="on"))

    with app.app_context():
        assert find_stage(reader.course_id, EXERCISE).together_at is None


def test_who_came_together_stays_so_whatever_else_changes(app: Flask, enter: Enter) -> None:
    reader, moment = trainer(enter), datetime(2026, 1, 1, tzinfo=UTC)
    arrange(app, reader.course_id, mode=Mode.GROUP, alone_first=True)
    set_stage(app, reader.course_id, together_at=moment)

    send(reader, **settings(mode="group", alone_first="on", due_at="2026-10-02T09:00"))

    with app.app_context():
        assert find_stage(reader.course_id, EXERCISE).together_at == moment


def test_before_a_change_the_page_says_who_has_written_and_that_it_stays(enter: Enter) -> None:
    write(enter(), new_id(), "a well")
    write(reader := trainer(enter), new_id(), "only tried")

    page = words_of(reader.get("arrangement"))

    assert "1 person has written alone." in page
    assert "what was written stays readable for those who wrote it" in page


# Two at once


def test_whoever_is_overtaken_sees_what_holds_and_what_they_chose(app: Flask, enter: Enter) -> None:
    mine, theirs = trainer(enter), trainer(enter, sub="another")
    seen = version_of(mine.get("arrangement"))
    send(theirs, **settings(mode="course", due_at="2026-12-01T09:00"))

    answer = mine.post("arrangement", version=seen, **settings(mode="group", due_at="2026-12-24T09:00"))

    assert answer.status_code == 409
    assert "Done together: the whole course at one canvas" in words_of(answer)
    assert "Due: 1 Dec 2026" in words_of(answer)
    assert 'name="due_at" value="2026-12-24T09:00"' in answer.text
    assert 'value="group" required checked' in answer.text
    assert arrangement(app, mine.course_id).mode is Mode.COURSE

    again = mine.post("arrangement", version=version_of(answer), **settings(mode="group"))

    assert again.status_code == 303
    assert arrangement(app, mine.course_id).mode is Mode.GROUP


def test_of_two_who_press_at_once_one_is_told(app: Flask, enter: Enter) -> None:
    both = [trainer(enter, sub=sub) for sub in ("one", "another")]
    seen = version_of(both[0].get("arrangement"))

    answers = at_once(app, *[partial(one.post, "arrangement", version=seen, **settings(mode="course")) for one in both])

    assert sorted(answer.status_code for answer in answers) == [303, 409]


def test_how_it_is_marked_and_how_it_is_done_overwrite_each_other_never(app: Flask, enter: Enter) -> None:
    reader, other = trainer(enter), trainer(enter, sub="another")
    seen = version_of(other.get("arrangement"))

    def arranged_by_the_other() -> Any:
        return other.post("arrangement", version=seen, **settings(mode="course"))

    with overtaking(app, arranged_by_the_other):
        choose(reader, Marking.BY_TRAINER)

    found = arrangement(app, reader.course_id)
    assert (found.mode, found.marking) == (Mode.COURSE, Marking.BY_TRAINER)


@pytest.mark.parametrize("given", [settings(mode="course"), settings(mode="course", due_at="2026-12-01T09:00")])
def test_open_pages_notice_every_change_and_nothing_that_was_refused(
    app: Flask, enter: Enter, given: dict[str, Any]
) -> None:
    reader = trainer(enter)

    send(reader, **settings(opens_at="never"))
    with app.app_context():
        before = stages.find(reader.course_id, EXERCISE).version
    send(reader, **given)

    with app.app_context():
        assert (before, stages.find(reader.course_id, EXERCISE).version) == (0, 1)
