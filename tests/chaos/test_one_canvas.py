"""People write at one canvas while web processes are killed at random moments: every saved note is there, once."""

import os
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.groups.rules import Counting, Source
from lti_tool.lti.tables import CourseRow
from tests.chaos.school import School
from tests.chaos.test_random_moments import ahead
from tests.chaos.victims import Victim, running
from tests.chaos.writers import Writer, expect_every_note_once
from tests.lti_tool.exercises.arranging import Course

MOMENTS = int(os.environ.get("MOMENTS", "2"))
SEED = int(os.environ.get("SEED", "2026"))
LATEST = 60
"""Events of the process; about as many as what four people write in a round takes."""


def test_every_note_that_was_saved_at_one_canvas_is_there_once(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print(f"\nSEED={SEED} MOMENTS={MOMENTS}")  # noqa: T201 - a run can be repeated with it
    chance = random.Random(SEED)
    group_id = in_one_group(school)
    writers = [Writer(school, desk, group_id) for desk in (*school.desks[:2], *school.desks[:2])]

    for _ in range(MOMENTS // 2):
        moment = chance.randint(1, LATEST)
        with running(Victim(school, tmp_path, "web", str(moment), ahead=ahead(school))) as victim:
            victim.wait_until_it_answers()
            all_write(writers, [victim.port, school.port])
    all_write(writers, [school.port])

    expect_every_note_once(school, group_id, writers)


def in_one_group(school: School) -> int:
    """Let the first two people do the exercise in one group."""
    with school.tool.app_context():
        course_id = db.session.scalars(select(CourseRow.id)).one()
    course = Course(app=school.tool, course_id=course_id)
    course.arrange(mode=Mode.GROUP, counting=Counting(source=Source.MADE))
    return course.make_group(*(desk.person_id for desk in school.desks[:2]))


def all_write(writers: Sequence[Writer], ports: Sequence[int]) -> None:
    """Let everybody write at once, each from a process of their own thread."""

    def write(writer: Writer) -> None:
        writer.go_to(ports)
        for _ in range(3):
            writer.write()
            writer.add_word()

    with ThreadPoolExecutor(len(writers)) as pool:
        list(pool.map(write, writers))
