"""`moodle-sync export`."""

from pathlib import Path
from typing import TypedDict, Unpack

import click

from content.folder import LANGUAGES
from moodle_sync.commands.shell import Given, access_to, complain, echo, reading, watched
from moodle_sync.errors import Exit
from moodle_sync.exporting.export import Export, export, save
from moodle_sync.exporting.folder import refuse_existing
from moodle_sync.site.whole import Choice


class Part(TypedDict):
    """Which part of a site is meant, and what its courses are written in."""

    category: tuple[str, ...]
    course: tuple[str, ...]
    language: str


@click.command(name="export", short_help="Write the files of a site that is there.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--site", metavar="URL", help="The site's address; without it that of the configuration.")
@click.option("--category", metavar="IDNUMBER", multiple=True, help="Only this category and what is below it.")
@click.option("--course", metavar="IDNUMBER", multiple=True, help="Only this course, by ID number or short name.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="What courses are written in that don't say so themselves.",
)
@click.pass_obj
def write_export(given: Given, *, folder: Path, site: str | None, **part: Unpack[Part]) -> int:
    """Write a site's categories, courses and people into FOLDER, as the files that the other commands read.

    Of people it writes those who are in a course or a cohort; accounts that are in none it doesn't look for.

    Nothing is changed in Moodle, and nothing is written over: FOLDER must not be there yet, or be empty. Only its owner
    can read it. Of the configuration it takes the site, the token_file, the timezone and who is protected.

    Exits with 1 where something was left out.
    """
    refuse_existing(folder)
    access = access_to(given, site)
    client = watched(access)
    choice = Choice(categories=frozenset(part["category"]), courses=frozenset(part["course"]))
    with reading(client):
        made = export(client, access, choice, part["language"])
    save(made, folder)
    _tell(made, folder)
    return Exit.WRONG if made.left_out else Exit.FINE


def _tell(made: Export, folder: Path) -> None:
    echo([f"Written into {folder}: {', '.join(f'{kind}: {number}' for kind, number in made.counts.items())}."])
    echo(f"Not carried: {lack}" for lack in made.lacks)
    if not made.counts["people"]:
        echo(["The file of people names nobody yet: add somebody, or no command reads it."])
    complain(f"Left out: {left}" for left in made.left_out)
