"""The rules of voting: who may, how many, and what is shown of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.exercises import owners, voting
from lti_tool.exercises.access import Elsewhere, Situation
from lti_tool.exercises.modes import Arrangement, Dates, Mode, Shut, Stage
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.voting import Ballot, Standing, Tally, Terms, Verdict, Vote
from lti_tool.groups.rules import Group, Membership
from lti_tool.lti.roles import Role

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
GROUP = Group(id=7, number=1, name=None, platform_id="12")
OPEN = Ballot(id=1, number=1, terms=Terms(part=None, each=3, is_secret=False), is_open=True)
SECRET = replace(OPEN, terms=Terms(part=None, each=3, is_secret=True))


def closed(ballot: Ballot) -> Ballot:
    return replace(ballot, is_open=False)


def situation(role: Role = Role.TRAINEE, mode: Mode = Mode.GROUP, stage: Stage | None = None) -> Situation:
    return Situation(
        person_id=1,
        role=role,
        arrangement=Arrangement(mode=mode),
        stage=stage or Stage(),
        membership=Membership(platform_ids=["12"]),
    )


@pytest.mark.parametrize(
    ("who", "owner", "expected"),
    [
        (situation(), owners.group(7), None),
        (situation(mode=Mode.COURSE), owners.COURSE, None),
        (situation(stage=Stage(frozen_at=NOW)), owners.group(7), None),
        (situation(), owners.COURSE, Elsewhere.LEFT_BEHIND),
        (situation(stage=Stage(frozen_at=NOW)), owners.COURSE, Elsewhere.LEFT_BEHIND),
        (situation(), owners.person(1), Elsewhere.NOT_YOURS),
        (situation(mode=Mode.ALONE), owners.person(1), Elsewhere.NOT_YOURS),
        (situation(Role.TRAINER), owners.group(7), Elsewhere.NOT_YOURS),
        (situation(Role.TRAINER), owners.trial(1), Elsewhere.NOT_YOURS),
        (situation(Role.GUEST, Mode.COURSE), owners.COURSE, Elsewhere.NOT_YOURS),
    ],
)
def test_those_vote_whose_canvas_it_is_and_freezing_keeps_nobody_from_it(
    who: Situation, owner: Owner, expected: Elsewhere | None
) -> None:
    group = GROUP if owner == owners.group(7) else None

    assert voting.refusal(who, owner, group, NOW) == expected


def test_nobody_votes_in_an_exercise_that_is_closed() -> None:
    over = Arrangement(mode=Mode.GROUP, dates=Dates(closes_at=NOW - timedelta(days=1)))

    assert voting.refusal(replace(situation(), arrangement=over), owners.group(7), GROUP, NOW) is Shut.CLOSED


@pytest.mark.parametrize(
    ("given", "number", "expected", "left"),
    [
        ({}, 1, Verdict.COUNTED, 2),
        ({}, 3, Verdict.COUNTED, 0),
        ({}, 4, Verdict.TOO_MANY, 3),
        ({}, 0, Verdict.SAME, 3),
        ({"a": 1}, 1, Verdict.SAME, 2),
        ({"a": 1}, 3, Verdict.COUNTED, 0),
        ({"a": 2}, 1, Verdict.COUNTED, 2),
        ({"a": 2}, 0, Verdict.COUNTED, 3),
        ({"a": 1, "b": 2}, 2, Verdict.TOO_MANY, 0),
        ({"b": 3}, 1, Verdict.TOO_MANY, 0),
        ({"b": 2}, 2, Verdict.TOO_MANY, 1),
        ({"a": 3, "b": 2}, 2, Verdict.COUNTED, 0),
    ],
)
def test_nobody_gives_more_votes_than_everybody_has(
    given: dict[str, int], number: int, expected: Verdict, left: int
) -> None:
    decision = voting.decide(OPEN, "matrix", given, Vote(ballot=1, person_id=1, note_id="a", number=number))

    assert (decision.verdict, decision.left) == (expected, left)


@pytest.mark.parametrize(
    ("ballot", "part", "expected"),
    [
        (OPEN, "start", Verdict.COUNTED),
        (replace(OPEN, terms=replace(OPEN.terms, part="start")), "start", Verdict.COUNTED),
        (replace(OPEN, terms=replace(OPEN.terms, part="matrix")), "start", Verdict.NO_NOTE),
        (OPEN, None, Verdict.NO_NOTE),
        (closed(OPEN), "start", Verdict.CLOSED),
    ],
)
def test_a_vote_is_for_a_note_that_is_there_and_voted_on_while_the_ballot_is_open(
    ballot: Ballot, part: str | None, expected: Verdict
) -> None:
    decision = voting.decide(ballot, part, {}, Vote(ballot=1, person_id=1, note_id="a", number=1))

    assert decision.verdict is expected


@pytest.mark.parametrize(
    ("ballot", "voters", "is_shown"),
    [
        (OPEN, 1, True),
        (closed(OPEN), 1, True),
        (SECRET, 30, False),
        (closed(SECRET), 0, False),
        (closed(SECRET), 2, False),
        (closed(SECRET), 3, True),
    ],
)
def test_secret_votes_are_shown_only_when_closed_and_only_if_three_voted(
    ballot: Ballot, voters: int, *, is_shown: bool
) -> None:
    tally = Tally(voters=voters, by_note={"a": 2})

    assert voting.shown(ballot, tally) == ({"a": 2} if is_shown else None)


def test_an_open_page_is_told_its_own_votes_and_what_everybody_may_know() -> None:
    standing = Standing(ballot=SECRET, given={"a": 2}, totals=None, may_vote=True)

    assert voting.told(standing) == {
        "ballot": 1,
        "part": None,
        "each": 3,
        "secret": True,
        "open": True,
        "votes": True,
        "left": 1,
        "mine": {"a": 2},
        "totals": None,
    }
    assert voting.told(None) is None
