"""Trainers and trainees at the same moment: one comes first, and the other is told or changes nothing."""

from functools import partial
from http import HTTPStatus

from flask import Flask
from werkzeug.test import TestResponse

from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import hand_in as hand_in_first
from tests.lti_tool.exercises.writing import new_id, send
from tests.lti_tool.facilitation.trainers import Enter, submission_ids, trainer
from tests.lti_tool.reviews.releasing import releases, sent
from tests.lti_tool.together import at_once


def release(reader: Client, submission_id: int, mark: str) -> TestResponse:
    """Release on a page that was shown before anybody released."""
    return reader.post(f"submissions/{submission_id}/release", mark=mark, sentence=mark, release="0", hand_in="1")


def hand_in(trainee: Client) -> TestResponse:
    """Hand in one more note."""
    send(trainee, new_id(), satisfier="Another well")
    return trainee.post("exercise/submissions")


def test_of_two_trainers_who_release_at_once_one_is_told_of_the_other(app: Flask, enter: Enter) -> None:
    hand_in_first(enter())
    [work] = submission_ids(app)
    one, other = trainer(enter), trainer(enter)

    answers = at_once(app, partial(release, one, work, "60"), partial(release, other, work, "80"))

    assert sorted(answer.status_code for answer in answers) == [HTTPStatus.SEE_OTHER, HTTPStatus.CONFLICT]
    [(_, released, _)] = releases(app)
    assert [given for given, _, _ in sent(app)] == [100, released]


def test_who_hands_in_while_a_mark_is_released_takes_it_from_nobody(app: Flask, enter: Enter) -> None:
    trainee, reader = enter(), trainer(enter)
    hand_in_first(trainee)
    [work] = submission_ids(app)

    answer, _ = at_once(app, partial(release, reader, work, "60"), partial(hand_in, trainee))

    was_first = answer.status_code == HTTPStatus.SEE_OTHER
    assert [given for given, _, _ in sent(app)] == ([100, 60] if was_first else [100, 100])
