"""`lti-tool groups name`: exit code and whole output."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, update

from lti_tool.database import db
from lti_tool.groups import store
from lti_tool.groups.commands import groups
from lti_tool.groups.tables import GroupRow
from tests.lti_tool.entering import Client
from tests.lti_tool.groups.naming import Parts, course, parts, written

ANEW = "Nothing was named. `moodle-sync groups --json > FILE` writes the file.\n"


def run(app: Flask, folder: Path, document: object) -> tuple[int, str, str]:
    """Run the command on a file."""
    file = folder / "groups.json"
    file.write_bytes(document if isinstance(document, bytes) else written(document))
    done = CliRunner().invoke(groups, ["name", str(file)], obj=lambda: app)
    return done.exit_code, done.stdout, done.stderr.replace(str(folder), "…")


def names(app: Flask) -> list[tuple[int, str | None, str | None]]:
    with app.app_context():
        rows = db.session.scalars(select(GroupRow).order_by(GroupRow.course_id, GroupRow.number))
        return [(row.course_id, row.platform_id, row.platform_name) for row in rows]


def test_groups_are_named_and_told(app: Flask, enter: Callable[..., Client], tmp_path: Path) -> None:
    here = enter(course="2").course_id
    enter(course="2", issuer="https://other.example.org")

    done = run(app, tmp_path, parts(course(2, "Group A", "Ομάδα Β", first=7)))

    told = "C2 (number 2): group 7 is Group A\nC2 (number 2): group 8 is Ομάδα Β\nNamed: 2 of 2.\n"
    assert done == (0, told, "")
    assert names(app) == [(here, "7", "Group A"), (here, "8", "Ομάδα Β")]


def test_what_is_named_so_already_is_not_told(app: Flask, enter: Callable[..., Client], tmp_path: Path) -> None:
    enter(course="2")
    run(app, tmp_path, parts(course(2, "Group A", "Group B")))

    again = run(app, tmp_path, parts(course(2, "Group A", "Group C")))

    assert again == (0, "C2 (number 2): group 2 is Group C\nNamed: 1 of 2.\n", "")


def test_a_trainers_own_name_is_told_and_kept(app: Flask, enter: Callable[..., Client], tmp_path: Path) -> None:
    course_id = enter(course="2").course_id
    with app.app_context():
        store.met(course_id, "1")
        db.session.execute(update(GroupRow).values(name="The blue\nones"))
        db.session.commit()

    done = run(app, tmp_path, parts(course(2, "Group A")))

    assert done == (
        0,
        "C2 (number 2): group 1 is Group A, and its trainers call it The blue\\nones\nNamed: 1 of 1.\n",
        "",
    )
    with app.app_context():
        assert store.met(course_id, "1").name == "The blue\nones"


def test_a_course_where_nobody_opened_the_tool_is_left_out(
    app: Flask, enter: Callable[..., Client], tmp_path: Path
) -> None:
    enter(course="3")

    done = run(app, tmp_path, parts(course(2, "Group A"), course(3, "Group B")))

    left_out = "Left out: C2 (number 2): nobody opened the tool there yet.\n"
    told = left_out + "C3 (number 3): group 1 is Group B\nNamed: 1 of 2.\n"
    assert done == (0, told, "")


def test_a_site_that_is_not_known_is_said_to_be_so(app: Flask, enter: Callable[..., Client], tmp_path: Path) -> None:
    enter(course="2")

    done = run(app, tmp_path, parts(course(2, "Group A"), site="https://no.example.org\x1b[2J"))

    said = "https://no.example.org\\x1b[2J isn't registered here: `lti-tool platforms list` shows which sites are."
    assert done == (1, "", f"Error: {said}\n")
    assert names(app) == []


UNKNOWN = "isn't known here: remove it or correct its name"
WRONG: dict[str, tuple[object, list[str]]] = {
    "no JSON": (b"course basics", ["isn't what `moodle-sync groups --json` writes"]),
    "keys that nobody knows": (
        parts(course(2, "A", **{"x\ny": 1}), by="me"),
        [f"courses[0].x y: {UNKNOWN}", f"by: {UNKNOWN}"],
    ),
}


@pytest.mark.parametrize(("document", "said"), WRONG.values(), ids=WRONG)
def test_a_file_with_mistakes_names_nothing(
    sqlite_app: Flask, sqlite_enter: Callable[..., Client], tmp_path: Path, document: Parts | bytes, said: list[str]
) -> None:
    sqlite_enter(course="2")

    lines = "".join(f"…/groups.json: {line}\n" for line in said)
    assert run(sqlite_app, tmp_path, document) == (1, "", f"Error: {lines}{ANEW}")
    assert names(sqlite_app) == []


def test_a_file_that_is_not_there_is_wrong_usage(sqlite_app: Flask) -> None:
    done = CliRunner().invoke(groups, ["name", "nowhere.json"], obj=lambda: sqlite_app)

    assert done.exit_code == 2
    assert "'nowhere.json': No such file or directory" in done.stderr


def test_another_program_may_write_straight_into_it(sqlite_app: Flask, sqlite_enter: Callable[..., Client]) -> None:
    sqlite_enter(course="2")

    done = CliRunner().invoke(groups, ["name", "-"], input=written(parts(course(2, "A"))), obj=lambda: sqlite_app)

    assert (done.exit_code, done.output) == (0, "C2 (number 2): group 1 is A\nNamed: 1 of 1.\n")
