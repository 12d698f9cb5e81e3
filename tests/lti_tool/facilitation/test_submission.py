"""A submission shows what was handed in, the checks that were met, and the way to others."""

import re
from dataclasses import replace

from flask import Flask

from tests.lti_tool.exercises.writing import hand_in, new_id, send, write
from tests.lti_tool.facilitation.trainers import Enter, submission_ids, trainer


def test_a_submission_shows_what_was_handed_in_and_not_what_came_later(app: Flask, enter: Enter) -> None:
    trainee = enter(name="Ana")
    hand_in(trainee, "The <well>")
    write(trainee, new_id(), "written later")

    page = trainer(enter).get(f"submissions/{submission_ids(app)[0]}").text

    assert '<bdi lang="en">The &lt;well&gt;</bdi>' in page
    assert 'data-value="synergic">Synergic</li>' in page
    assert "of 100 points" not in page
    assert "written later" not in page


def test_a_submission_shows_the_exercise_that_was_before_the_person(app: Flask, enter: Enter) -> None:
    hand_in(enter(), "A well")
    curriculum = app.extensions["curriculum"]
    changed = {"needs-matrix": curriculum.exercise("four-cos")}
    app.extensions["curriculum"] = replace(curriculum, exercises=changed)

    page = trainer(enter).get(f"submissions/{submission_ids(app)[0]}").text

    assert "Needs matrix" in page
    assert "A well" in page


def test_a_submission_shows_which_checks_were_met(app: Flask, enter: Enter) -> None:
    hand_in(enter())

    page = trainer(enter).get(f"submissions/{submission_ids(app)[0]}").text

    assert re.findall(r'<li class="is-met" data-check="([^"]+)"', page) == ["synergic"]


def test_from_a_submission_one_goes_to_the_next_person_and_to_earlier_ones(app: Flask, enter: Enter) -> None:
    ana, bea = enter(sub="1", name="Ana"), enter(sub="2", name="Bea")
    hand_in(ana)
    hand_in(ana)
    hand_in(bea)
    first, second, of_bea = submission_ids(app)
    reader = trainer(enter)

    newest, earlier = (reader.get(f"submissions/{number}").text for number in (second, first))

    assert re.search(rf'rel="next" href="/l/[^"]+/submissions/{of_bea}">Next: <bdi>Bea</bdi></a>', newest)
    assert 'rel="prev"' not in newest
    assert f'/submissions/{first}">' in newest
    assert "This is an earlier submission. The newest one counts." in earlier
    assert re.search(rf'rel="prev" href="/l/[^"]+/submissions/{second}">', reader.get(f"submissions/{of_bea}").text)


def test_cards_are_read_with_their_map(app: Flask, enter: Enter) -> None:
    trainee = enter(activity="exercise/power-interest-map")
    send(trainee, new_id(), "actors cards", actor="The council", power="5", interest="2", affected="powerless")
    trainee.post("exercise/submissions")

    page = trainer(enter, activity="exercise/power-interest-map").get(f"submissions/{submission_ids(app)[0]}").text

    assert re.search(r'<a class="pin is-marked"[^>]*><b>1</b> <bdi>The council</bdi></a>', page)
    assert re.search(r'<li data-field="power" data-value="5"[^>]*>[^<]*: 5</li>', page)


def test_a_submission_that_never_was_is_nowhere(enter: Enter) -> None:
    assert trainer(enter).get("submissions/99").status_code == 404
