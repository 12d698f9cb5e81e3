"""`lti-tool groups`: what Moodle calls its groups, of which it tells a tool no more than their numbers."""

from collections.abc import Mapping
from typing import BinaryIO

import click

from lti_tool.database import db
from lti_tool.errors import NamesRefused
from lti_tool.groups import names, store
from lti_tool.groups.names import CourseGroups, GroupNames
from lti_tool.groups.rules import Group
from lti_tool.lti import registry
from lti_tool.shell import opened, plainly, printed

ANEW = "Nothing was named. `moodle-sync groups --json > FILE` writes the file."


@click.group()
def groups() -> None:
    """Name the groups of Moodle's courses."""


@groups.command()
@click.argument("file", type=click.File("rb"))
@plainly
def name(file: BinaryIO) -> None:
    """Name groups as FILE says, which `moodle-sync groups --json > FILE` writes.

    Moodle tells a tool the numbers of somebody's groups and no names: without this they are called "Group 1" and so on.
    Do it again when groups were made or renamed. It prints each group that has another name in Moodle than before.

    A name that a course's trainers gave in the tool stands before Moodle's, whichever came first, and is never
    overwritten; Moodle's shows again once they take theirs away. Groups from which nobody came yet are named too. A
    group that the file lacks stays as it is. A course where nobody opened the tool yet is left out: do it again
    afterwards.
    """
    said = _read(file)
    with opened():
        if not registry.is_known(said.site):
            message = f"{printed(said.site)} isn't registered here: `lti-tool platforms list` shows which sites are."
            raise click.ClickException(message)
        named = sum(_name(said.site, course) for course in said.courses)
        db.session.commit()
    click.echo(f"Named: {named} of {sum(len(course.groups) for course in said.courses)}.")


def _read(file: BinaryIO) -> GroupNames:
    try:
        return names.read(file.read())
    except NamesRefused as error:
        wrong = [f"{file.name}: {line}" for line in str(error).splitlines()]
        raise click.ClickException("\n".join([*map(printed, wrong), ANEW])) from error


def _name(site: str, told: CourseGroups) -> int:
    """Name a course's groups; tell how many have another name now."""
    called = f"{printed(told.course.shortname)} (number {told.course.id})"
    course_id = store.find_course(site, told.context_id)
    if course_id is None:
        click.echo(f"Left out: {called}: nobody opened the tool there yet.")
        return 0
    named = store.name_as_there(course_id, told.names)
    for group in named:
        click.echo(f"{called}: {_line(group, told.names)}")
    return len(named)


def _line(group: Group, there: Mapping[str, str]) -> str:
    name = there[group.platform_id or ""]
    own = "" if group.name == name else f", and its trainers call it {printed(group.name or '')}"
    return f"group {group.platform_id} is {printed(name)}{own}"
