"""Nobody reads another's work, a draft, another's feedback or another group's: by no page, no id and no file.

Every address that the tool has is asked for, whichever feature it belongs to: a new one joins by itself.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.exercises.modes import Mode
from lti_tool.lti.roles import Role
from tests.lti_tool import everywhere
from tests.lti_tool.community.calendar.planning import plan
from tests.lti_tool.community.files.attaching import post_with
from tests.lti_tool.community.lending_a_hand import close, offer
from tests.lti_tool.community.translating.putting import translate
from tests.lti_tool.databases import new_sqlite_database
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.everywhere import NotedRequest
from tests.lti_tool.exercises.arranged import arrange
from tests.lti_tool.exercises.everybody import BODY, World, join_photo
from tests.lti_tool.exercises.looking import say
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.exports.exporting import ask, work
from tests.lti_tool.facilitation.trainers import submission_ids
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.reviews.answered import LEVELED, WORKS, hand_in, level, make_answered, speak
from tests.lti_tool.reviews.answering import feedback_ids
from tests.lti_tool.ticking import Ticker

OTHERS = {"elsewhere": "other trainer", "foreign": "foreign trainer"}
"""Who did the same exercise in another course and on another site, and their trainers."""
TRAINERS = {"trainer", "colleague"}
COURSE = {"ana", "ben", "cleo", "dora", *TRAINERS}
GROUP = {"ana", "ben", *TRAINERS}
ABROAD = {owner: {owner, trainer} for owner, trainer in OTHERS.items()}

CANVASES = {"g12": GROUP, "g13": {"cleo", *TRAINERS}, "course": COURSE}
"""Who reads what stands on the canvases that several share."""
TOLD = {**CANVASES, "ana": {"ana", *TRAINERS}, **ABROAD}
"""Who reads what was handed in, and what a trainer released."""
LOOKED_AT = {owner: TOLD[owner] for owner in ("ana", "g12", "g13", *OTHERS)}
DRAFTS = {**dict.fromkeys(WORKS, TRAINERS), **{owner: {trainer} for owner, trainer in OTHERS.items()}}
SECRETS: Mapping[str, Mapping[str, set[str]]] = {
    "secret of": {**TOLD, "ben": {"ben"}, "trial": {"trainer"}},
    "photo of": {**TOLD, "ben": {"ben"}, "trial": {"trainer"}},
    "early words of": {"g12": GROUP},
    "heading of": {"g12": GROUP},
    "later words of": {"ana": {"ana"}, "g12": GROUP},
    "said of": TOLD,
    "remark on": TOLD,
    "answer to": {"g12": GROUP},
    "<dd>Level of": {owner: TOLD[owner] for owner in LEVELED},
    "own view of": LOOKED_AT,
    "draft of": DRAFTS,
    "idea of": DRAFTS,
    "reason for": {"ben": {"ben", *TRAINERS}},
    "sentence of": {"trainer": {"trainer"}},
}
"""Who reads which words about whom."""
EXPORTS = {
    "ana": "exports?in={ana}",
    "ben": "exports?in={g12}",
    "cleo": "exports?in={g13}",
    "trainer": "submissions/export",
    "elsewhere": "exports?in={elsewhere}",
}
"""Who had a file made of what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """All that somebody got to read, and how the tool answered."""

    text: str
    statuses: Counter[int]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Read]]:
    """Let everybody ask for everything, once."""
    app = make_app(new_sqlite_database(tmp_path_factory.mktemp("everywhere")), Ticker())
    app.request_class = NotedRequest
    world = make_everything(app)
    parameters: Mapping[str, Sequence[object]] = {"in": list(world.owners.values()), "since": submission_ids(app)}
    stranger = replace(world.people["ana"], browser=app.test_client())
    yield {name: read(app, client, parameters) for name, client in {**world.people, "stranger": stranger}.items()}
    close_app(app)


def read(app: Flask, client: Client, parameters: Mapping[str, Sequence[object]]) -> Read:
    answers = list(everywhere.read(app, client, parameters))
    text = "\n".join(said(answer) for answer in answers)
    return Read(text=text, statuses=Counter(answer.status_code for answer in answers))


def said(answer: TestResponse) -> str:
    """Give all that an answer says; a person's copy says it packed."""
    content: bytes = answer.data
    if answer.mimetype != "application/zip":
        return content.decode(errors="replace")
    with ZipFile(BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def readers(found: Mapping[str, Read], secret: str) -> set[str]:
    """Name those who got to read it: words that are longer are others."""
    pattern = re.compile(rf"{re.escape(secret)}\b")
    return {name for name, read in found.items() if pattern.search(read.text)}


@pytest.mark.parametrize(("words", "whose"), [(words, whose) for words, of in SECRETS.items() for whose in of])
def test_words_are_read_by_those_they_are_for_and_by_nobody_else(
    found: Mapping[str, Read], words: str, whose: str
) -> None:
    assert readers(found, f"{words} {whose}") == SECRETS[words][whose]


def test_everything_was_asked_for_and_nothing_broke(found: Mapping[str, Read]) -> None:
    for name, read in found.items():
        assert HTTPStatus.INTERNAL_SERVER_ERROR not in read.statuses, name
        assert (read.statuses[HTTPStatus.OK] > 10) is (name != "stranger"), (name, read.statuses)


# The world, and in it all that somebody must not read


def make_everything(app: Flask) -> World:
    """Let everything be there at once: work, photos, what was said, what is only begun, and files of it."""
    made = make_answered(app)
    strange = enter_course(app, sub="foreign trainer", role=Role.TRAINER, issuer="http://localhost:8200")
    own = {owner: f"person/{made.people[owner].person_id}" for owner in OTHERS}
    world = World(
        course=made.course,
        people={**made.people, "foreign trainer": strange},
        owners={**made.owners, **own},
        secrets={**made.secrets, **{owner: new_id() for owner in OTHERS}},
    )
    for owner in OTHERS:
        work_abroad(world, owner)
    look_at_themselves(world)
    write_to_each_other(world)
    go_on_writing(world)
    have_files_made(world)
    return world


def work_abroad(world: World, owner: str) -> None:
    """Let somebody of another course or site hand in, and be answered."""
    app, author = world.course.app, world.people[owner]
    arrange(app, author.course_id, self_review=True)
    put(author, world.secrets[owner], f"secret of {owner}")
    join_photo(world, owner, author)
    say(author, f"own view of {owner}", **level(owner))
    hand_in(world, owner, author)
    speak(world, owner, world.people[OTHERS[owner]])


def put(author: Client, note_id: str, words: str, where: str = "") -> None:
    kept = author.put(f"exercise/notes/{note_id}{where}", {**BODY, "values": {"satisfier": words}})
    assert kept.status_code == HTTPStatus.OK, kept.text


def look_at_themselves(world: World) -> None:
    """Let those who handed in say how they see it, and hand in once more; a group leaves out what it had before."""
    early, at_group = new_id(), f"?in={world.owners['g12']}"
    for owner, name in {"ana": "ana", "g13": "cleo", "g12": "ana"}.items():
        author = world.people[name]
        arrange(world.course.app, author.course_id, self_review=True, mode=WORKS[owner])
        say(author, f"own view of {owner}", f"?in={world.owners[owner]}", **level(owner))
        if owner != "g12":
            hand_in(world, owner, author)
    ana, ben = world.people["ana"], world.people["ben"]
    put(ana, early, "early words of g12", at_group)
    hand_in(world, "g12", ana, [ben])
    assert ana.delete(f"exercise/notes/{early}{at_group}&version=1").status_code == HTTPStatus.OK
    hand_in(world, "g12", ana, [ben])


def write_to_each_other(world: World) -> None:
    """Let a mark be given for a reason, a sentence be kept, somebody answer, and somebody write in the community."""
    app, trainer, ana, ben = (world.course.app, *(world.people[name] for name in ("trainer", "ana", "ben")))
    index = list(WORKS).index("g12")
    number, said = submission_ids(app)[index], feedback_ids(app)[index]
    answers = [
        trainer.post(f"submissions/{number}/own-marks/{ben.person_id}", mark="80", reason="reason for ben", seen="0"),
        trainer.post(f"submissions/{number}/sentences/keep", sentence="sentence of trainer"),
        ana.post(f"feedback/{said}/1/reply", text="answer to g12"),
    ]
    assert {answer.status_code for answer in answers} <= {HTTPStatus.OK, HTTPStatus.SEE_OTHER}
    dora, cleo = (enter_course(app, sub=name, name=name, activity="community/practice") for name in ("dora", "cleo"))
    need = post_with(dora, ("plan.txt", b"A plan."))
    plan(dora, Ticker(), post=need)
    offer(cleo, need)
    close(dora, need)
    translate(dora, need)


def go_on_writing(world: World) -> None:
    """Let people write what isn't handed in, and put alike notes under a heading."""
    ana, note, where = world.people["ana"], new_id(), f"?in={world.owners['g12']}"
    put(ana, note, "later words of g12", where)
    form = {"part": BODY["part"], "cell": BODY["cell"], "heading": "heading of g12", "version": "0", "language": "en"}
    stacked = ana.post(f"exercise/stacks/{new_id()}{where}", note=[world.secrets["g12"], note], **form)
    assert stacked.status_code == HTTPStatus.SEE_OTHER, stacked.text
    arrange(world.course.app, ana.course_id, mode=Mode.ALONE)
    put(ana, new_id(), "later words of ana", f"?in={world.owners['ana']}")
    arrange(world.course.app, ana.course_id, mode=Mode.GROUP)


def have_files_made(world: World) -> None:
    """Let a file be ready for each of them."""
    for name, where in EXPORTS.items():
        ask(world.people[name], "csv", where.format(**world.owners))
    work(world.course.app)
