"""Who reads and who writes which workspace: by role, group, course and site, before and after each step.

Whatever way somebody asks, by page, note, paper, list or poll, they read what the page says they may, and nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import owners as naming
from lti_tool.exercises.modes import Dates, Mode
from lti_tool.exercises.photos import store as photos
from lti_tool.exercises.photos.pictures import Picture
from lti_tool.exercises.photos.store import Told
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.groups.rules import Counting
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.balloting import Canvas
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.ticking import Ticker

Enter = Callable[..., Client]

PEOPLE = ("ana", "ben", "cleo", "dora", "guest", "trainer", "colleague", "elsewhere", "foreign")
"""Ana and Ben are in group 12, Cleo in 13, Dora in none; two trainers and a guest; a trainee of another course and
one of another site, both in a group of the same number."""
OWNERS = ("ana", "ben", "g12", "g13", "course", "trial")
"""Whose workspaces hold a secret, each its own; the trial is the trainer's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everybody, and the addresses of all workspaces."""

    course: Course
    people: Mapping[str, Client]
    owners: Mapping[str, str]
    secrets: Mapping[str, str]
    """The notes that hold the secrets, by their ids."""

    def reads(self, person: str, owner: str) -> bool:
        """Tell whether somebody finds a workspace's secret, and insist that every way says the same."""
        client, where = self.people[person], self.owners[owner]
        page = client.get(f"exercise?in={where}")
        paper = client.get(f"exercise/paper?in={where}")
        ready = client.get(f"exercise/ready?in={where}")
        votes = client.get(f"exercise/votes?in={where}")
        harvest = client.get(f"exercise/harvest?in={where}")
        photos = client.get(f"exercise/photos?in={where}")
        photo = client.get(f"exercise/photos/{DIGEST}/whole?in={where}")
        found = [f"secret of {owner}" in answer.text for answer in (page, paper, harvest, photos)]
        found.append(photo.data == f"photo of {owner}".encode())
        if where != "course":  # which everybody has, each their own course's
            found.extend(answer.status_code == 200 for answer in (ready, votes))
        assert len(set(found)) == 1, (person, owner, found)
        return found[0]

    def writes(self, person: str, owner: str) -> bool:
        """Tell whether somebody can save a note, and insist that moving, deleting and gathering say the same."""
        client, where = self.people[person], self.owners[owner]
        note_id = new_id()
        put = client.put(f"exercise/notes/{note_id}?in={where}", BODY)
        place = {"cell": "subsistence/having", "before": None, "place": 0}
        moved = client.put(f"exercise/notes/{note_id}/place?in={where}", place)
        deleted = client.delete(f"exercise/notes/{note_id}?in={where}&version=1")
        alike = client.get(f"exercise/notes/{self.secrets[owner]}/alike?in={where}")
        form = {"part": "matrix", "cell": "subsistence/being", "heading": "", "version": "0", "language": "en"}
        stacked = client.post(f"exercise/stacks/{new_id()}?in={where}", apart="1", **form)
        photo = client.post(f"exercise/photos/{DIGEST}?in={where}", caption=f"secret of {owner}")
        removed = client.post(f"exercise/photos/{'0' * 64}/remove?in={where}")
        answers = [put, moved, deleted, alike, stacked, photo, removed]
        if where.startswith("group/"):
            answers.append(client.get(f"exercise/send-up?in={where}"))
            answers.append(client.post(f"exercise/send-up?in={where}"))
        written = [answer.status_code in (200, 303) for answer in answers]
        assert len(set(written)) == 1, (person, owner, written)
        assert all(answer.status_code in (200, 303, 404, 423) for answer in answers)
        return written[0]

    def votes(self, person: str, owner: str) -> bool:
        """Tell whether somebody can vote on a workspace's secret, and insist that the form says the same."""
        client, where = self.people[person], self.owners[owner]
        address = f"exercise/votes/{self.secrets[owner]}?in={where}"
        put = client.put(address, {"ballot": 1, "number": 1})
        sent = client.post(address, ballot="1", number="0")
        voted = [put.status_code == 200, sent.status_code == 303]
        assert len(set(voted)) == 1, (person, owner, voted)
        assert put.status_code in (200, 404, 423)
        return voted[0]

    def readers(self, owner: str) -> set[str]:
        return {person for person in PEOPLE if self.reads(person, owner)}

    def writers(self, owner: str) -> set[str]:
        return {person for person in PEOPLE if self.writes(person, owner)}

    def voters(self, owner: str) -> set[str]:
        return {person for person in PEOPLE if self.votes(person, owner)}


DIGEST = "a" * 64
"""Of the photo at each canvas: the same, so that only the canvas tells one from another."""
BODY = {
    "part": "matrix",
    "cell": "subsistence/being",
    "values": {"satisfier": "written"},
    "version": 0,
    "language": "en",
}


@pytest.fixture
def world(app: Flask, enter: Enter) -> World:
    people = {name: enter(sub=name, name=name) for name in ("ana", "ben", "cleo", "dora")}
    people["guest"] = enter(sub="guest", role=Role.GUEST)
    people["trainer"] = enter(sub="trainer", role=Role.TRAINER)
    people["colleague"] = enter(sub="colleague", role=Role.TRAINER)
    people["elsewhere"] = enter(sub="elsewhere", course="another course")
    people["foreign"] = enter(sub="ana", issuer="http://localhost:8200")
    course = Course(app=app, course_id=people["ana"].course_id)
    for name, group in (("ana", "12"), ("ben", "12"), ("cleo", "13"), ("elsewhere", "12"), ("foreign", "12")):
        course.put_in(people[name], group)
    course.put_in(people["dora"])
    owners = {
        "ana": f"person/{people['ana'].person_id}",
        "ben": f"person/{people['ben'].person_id}",
        "g12": f"group/{course.group('12')}",
        "g13": f"group/{course.group('13')}",
        "course": "course",
        "trial": f"trial/{people['trainer'].person_id}",
    }
    world = World(course=course, people=people, owners=owners, secrets={owner: new_id() for owner in owners})
    fill(world)
    return world


def fill(world: World) -> None:
    """Write a secret into each workspace, by whoever may in the mode that it belongs to."""
    authors = {"ana": "ana", "ben": "ben", "g12": "ana", "g13": "cleo", "course": "ana", "trial": "trainer"}
    modes = {"g12": Mode.GROUP, "g13": Mode.GROUP, "course": Mode.COURSE}
    for owner, author in authors.items():
        world.course.arrange(mode=modes.get(owner, Mode.ALONE))
        body = {**BODY, "values": {"satisfier": f"secret of {owner}"}}
        address = f"exercise/notes/{world.secrets[owner]}?in={world.owners[owner]}"
        assert world.people[author].put(address, body).status_code == 200, owner
        join_photo(world, owner, world.people[author])


def join_photo(world: World, owner: str, author: Client) -> None:
    """Join a photo to a workspace that tells whose it is."""
    told = Told(caption=f"secret of {owner}", language="en", by=author.person_id)
    whose = naming.read(world.owners[owner]) or naming.COURSE
    key = WorkspaceKey(course_id=author.course_id, exercise="needs-matrix", owner=whose)
    with world.course.app.app_context():
        picture = Picture(whole=f"photo of {owner}".encode(), small=b"", width=1, height=1, digest=DIGEST)
        photos.join(key, picture, told, now())
        db.session.commit()


TRAINERS = {"trainer", "colleague"}
COURSE = {"ana", "ben", "cleo", "dora", *TRAINERS}
READERS = {
    "ana": {"ana"},
    "ben": {"ben"},
    "g12": {"ana", "ben", *TRAINERS},
    "g13": {"cleo", *TRAINERS},
    "course": COURSE,
    "trial": {"trainer"},
}
"""The same in every mode and at every step: changing a mode keeps what was written readable, and for nobody else."""

ALONE = {"ana": {"ana"}, "ben": {"ben"}}
STEPPED_IN = {"g12": TRAINERS, "g13": TRAINERS, "course": TRAINERS}
IN_GROUPS = {"g12": {"ana", "ben", *TRAINERS}, "g13": {"cleo", *TRAINERS}}
MODES: Mapping[str, tuple[dict[str, Any], dict[str, set[str]]]] = {
    "alone": ({"mode": Mode.ALONE}, {**STEPPED_IN, **ALONE}),
    "in groups": ({"mode": Mode.GROUP}, {**STEPPED_IN, **IN_GROUPS}),
    "the whole course": ({"mode": Mode.COURSE}, {**STEPPED_IN, "course": COURSE}),
    "alone before groups": ({"mode": Mode.GROUP, "alone_first": True}, {**STEPPED_IN, **ALONE}),
    "alone before the course": ({"mode": Mode.COURSE, "alone_first": True}, {**STEPPED_IN, **ALONE}),
}
ALWAYS = {"trial": {"trainer"}}


@pytest.mark.parametrize("mode", MODES)
def test_everybody_reads_and_writes_what_the_page_says_and_nothing_else(world: World, mode: str) -> None:
    chosen, writers = MODES[mode]

    world.course.arrange(**chosen)

    assert {owner: world.readers(owner) for owner in OWNERS} == READERS
    assert {owner: world.writers(owner) for owner in OWNERS} == {"ana": set(), "ben": set(), **writers, **ALWAYS}


def test_together_they_write_with_others_and_what_comes_late_is_still_taken(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP, alone_first=True)

    world.course.come_together()

    assert {owner: world.readers(owner) for owner in OWNERS} == READERS
    expected = {**STEPPED_IN, **IN_GROUPS, **ALONE, **ALWAYS}
    assert {owner: world.writers(owner) for owner in OWNERS} == expected


ONLY_TRAINERS = {"ana": set(), "ben": set(), **STEPPED_IN, **ALWAYS}


@pytest.mark.parametrize("mode", MODES)
def test_frozen_trainees_write_nowhere_and_read_as_before(world: World, mode: str, ticker: Ticker) -> None:
    world.course.arrange(**MODES[mode][0])

    world.course.stage(frozen_at=ticker())

    assert {owner: world.readers(owner) for owner in OWNERS} == READERS
    assert {owner: world.writers(owner) for owner in OWNERS} == ONLY_TRAINERS
    world.course.stage(frozen_at=None)
    assert world.writers("ana") == MODES[mode][1].get("ana", set())


@pytest.mark.parametrize("dates", ["opens_at", "closes_at"])
def test_before_it_opens_and_after_it_closes_trainees_write_nowhere(world: World, dates: str, ticker: Ticker) -> None:
    soon = timedelta(days=1 if dates == "opens_at" else -1)

    world.course.arrange(mode=Mode.GROUP, dates=Dates(**{dates: ticker() + soon}))

    assert {owner: world.readers(owner) for owner in OWNERS} == READERS
    assert {owner: world.writers(owner) for owner in OWNERS} == ONLY_TRAINERS


TRAINEES = {"ana", "ben", "cleo", "dora"}
VOTERS: Mapping[str, dict[str, set[str]]] = {
    "in groups": {"g12": {"ana", "ben"}, "g13": {"cleo"}},
    "the whole course": {"course": TRAINEES},
}


@pytest.mark.parametrize("is_frozen", [False, True])
@pytest.mark.parametrize("mode", MODES)
def test_those_vote_whose_canvas_it_is_whether_or_not_writing_is_stopped(
    world: World, mode: str, ticker: Ticker, *, is_frozen: bool
) -> None:
    world.course.arrange(**MODES[mode][0])
    Canvas(course=world.course, owner="course").open_ballot()

    world.course.stage(frozen_at=ticker() if is_frozen else None)

    expected = {owner: VOTERS.get(mode, {}).get(owner, set()) for owner in OWNERS}
    assert {owner: world.voters(owner) for owner in OWNERS} == expected


def test_the_due_date_keeps_nobody_from_writing(world: World, ticker: Ticker) -> None:
    world.course.arrange(mode=Mode.GROUP, dates=Dates(due_at=ticker() - timedelta(days=1)))

    assert world.writers("g12") == IN_GROUPS["g12"]


def test_whoever_changed_group_writes_and_reads_there_no_more(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP)

    world.course.put_in(world.people["ben"], "13")

    assert world.readers("g12") == {"ana", *TRAINERS}
    assert world.writers("g12") == {"ana", *TRAINERS}
    assert world.readers("g13") == {"ben", "cleo", *TRAINERS}
    assert world.writers("g13") == {"ben", "cleo", *TRAINERS}


def test_who_is_in_two_groups_is_in_neither_until_one_counts(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP)
    world.course.put_in(world.people["ben"], "12", "13")
    assert world.readers("g12") == {"ana", *TRAINERS}
    assert world.readers("g13") == {"cleo", *TRAINERS}

    world.course.arrange(mode=Mode.GROUP, counting=Counting(ticked=frozenset({"12"})))

    assert world.readers("g12") == {"ana", "ben", *TRAINERS}
    assert world.readers("g13") == TRAINERS


def test_the_page_without_a_workspace_in_its_address_shows_where_one_writes(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP)

    assert "secret of g12" in world.people["ana"].get("exercise").text
    assert "secret of g13" in world.people["cleo"].get("exercise").text
    for other in ("dora", "elsewhere", "foreign"):
        assert "secret of" not in world.people[other].get("exercise").text


def test_what_came_out_is_told_to_whom_it_is_shown(world: World) -> None:
    world.course.arrange(mode=Mode.GROUP)
    both, all_groups = {"g12", "course"}, {"g12", "g13", "course"}
    shown = {"ana": both, "ben": both, "cleo": {"g13", "course"}, "dora": {"course"}}
    shown |= {"trainer": all_groups, "colleague": all_groups}

    for person in PEOPLE:
        page = world.people[person].get("exercise/harvest").text
        assert {owner for owner in OWNERS if f"secret of {owner}" in page} == shown.get(person, set()), person


@pytest.mark.parametrize("where", ["person/0", "group/999999", "group/x", "everybody", "", "person/1/2", "course/1"])
def test_what_is_no_workspace_is_not_found(world: World, where: str) -> None:
    for person in ("ana", "trainer"):
        assert world.people[person].get(f"exercise?in={where}").status_code == 404
        assert world.people[person].put(f"exercise/notes/{new_id()}?in={where}", BODY).status_code in (404, 423)
