"""From Moodle's gradebook a review shows one person's newest submission."""

import pytest

from tests.lti_tool.exercises.writing import hand_in, new_id, write
from tests.lti_tool.facilitation.trainers import Enter, trainer


def test_a_review_shows_a_persons_newest_submission(enter: Enter) -> None:
    ana = enter(sub="1", name="Ana")
    hand_in(ana, "first")
    hand_in(ana, "second")
    hand_in(enter(sub="2", name="Bea"), "of another")

    page = trainer(enter, for_sub="1").get("review").text

    assert ("second" in page, "of another" in page, "Ana" in page) == (True, False, True)
    assert "This is an earlier submission." not in page


def test_a_review_of_who_handed_in_nothing_says_so_and_leads_to_all_work(enter: Enter) -> None:
    write(enter(sub="1", name="Ana"), new_id(), "a draft")
    reader = trainer(enter, for_sub="1")

    page = reader.get("review").text

    assert "This person has not handed in anything here yet." in page
    assert "a draft" not in page
    assert f'href="/l/{reader.launch_id}/"' in page


@pytest.mark.parametrize(
    "other", [{"course": "another"}, {"issuer": "http://localhost:8200"}, {"activity": "exercise/power-interest-map"}]
)
def test_a_review_reaches_nobody_of_elsewhere(enter: Enter, other: dict[str, str]) -> None:
    hand_in(enter(sub="1", name="Ana"))

    page = trainer(enter, for_sub="1", **other).get("review").text

    assert "This person has not handed in anything here yet." in page
    assert "Ana" not in page


def test_a_trainee_sees_their_own_whoever_is_to_be_reviewed(enter: Enter) -> None:
    hand_in(enter(sub="1", name="Ana"), "written by Ana")

    page = enter(sub="2", name="Bea", for_sub="1").get("review").text

    assert "written by Ana" not in page
    assert "Hand in" in page


def test_a_review_of_what_has_no_submissions_opens_it(enter: Enter) -> None:
    page = trainer(enter, activity="unit/needs-and-satisfiers", for_sub="1").get("review")

    assert page.status_code == 200
