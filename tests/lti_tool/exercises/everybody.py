"""Everybody who may come to an exercise, and a secret in each of its workspaces."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import owners
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.photos import store as photos
from lti_tool.exercises.photos.pictures import Picture
from lti_tool.exercises.photos.store import Told
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.writing import new_id

PEOPLE = ("ana", "ben", "cleo", "dora", "guest", "trainer", "colleague", "elsewhere", "foreign")
"""Ana and Ben are in group 12, Cleo in 13, Dora in none; two trainers and a guest; a trainee of another course and
one of another site, both in a group of the same number."""
OWNERS = ("ana", "ben", "g12", "g13", "course", "trial")
"""Whose workspaces hold a secret, each its own; the trial is the trainer's."""
DIGEST = "a" * 64
"""Of the photo at each canvas: the same, so that only the canvas tells one from another."""
BODY = {
    "part": "matrix",
    "cell": "subsistence/being",
    "values": {"satisfier": "written"},
    "version": 0,
    "language": "en",
}


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
        around = client.get(f"exercise/around?in={where}")
        harvest = client.get(f"exercise/harvest?in={where}")
        photo = client.get(f"exercise/photos/{DIGEST}/whole?in={where}")
        found = [f"secret of {owner}" in answer.text for answer in (page, paper, harvest)]
        found.append(photo.data == f"photo of {owner}".encode())
        if where != "course":  # which everybody has, each their own course's
            found.extend(answer.status_code == 200 for answer in (ready, votes, around))
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
        away = client.post(f"exercise/bring/away?in={where}", note=f"1.{note_id}.start")
        photo = client.post(f"exercise/photos/{DIGEST}?in={where}", caption=f"secret of {owner}")
        answers = [put, moved, deleted, alike, stacked, away, photo]
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
        """Give who finds a workspace's secret."""
        return {person for person in PEOPLE if self.reads(person, owner)}

    def writers(self, owner: str) -> set[str]:
        """Give who can write in a workspace."""
        return {person for person in PEOPLE if self.writes(person, owner)}

    def voters(self, owner: str) -> set[str]:
        """Give who can vote in a workspace."""
        return {person for person in PEOPLE if self.votes(person, owner)}


def make_world(app: Flask) -> World:
    """Let everybody in, and write the secrets."""
    enter = partial(enter_course, app)
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
    named = {
        "ana": f"person/{people['ana'].person_id}",
        "ben": f"person/{people['ben'].person_id}",
        "g12": f"group/{course.group('12')}",
        "g13": f"group/{course.group('13')}",
        "course": "course",
        "trial": f"trial/{people['trainer'].person_id}",
    }
    world = World(course=course, people=people, owners=named, secrets={owner: new_id() for owner in named})
    _fill(world)
    return world


def _fill(world: World) -> None:
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
    whose = owners.read(world.owners[owner]) or owners.COURSE
    key = WorkspaceKey(course_id=author.course_id, exercise="needs-matrix", owner=whose)
    with world.course.app.app_context():
        picture = Picture(digest=DIGEST, whole=f"photo of {owner}".encode(), small=b"", width=1, height=1)
        photos.join(key, picture, told, now())
        db.session.commit()
