"""The command line: `python -m content check [DIRECTORY]`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from content.load import ContentError, Problem, load
from content.model import Curriculum

WELL, MISTAKEN = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the curriculum that the arguments name; give the exit code: 0 without mistakes, 1 with some."""
    directory = _parser().parse_args(arguments).directory
    try:
        curriculum = load(directory)
    except ContentError as error:
        return _report(error.problems)
    sys.stdout.write(f"{summarise(curriculum)}: no mistakes.\n")
    return WELL


def summarise(curriculum: Curriculum) -> str:
    """Count what a curriculum holds, and name its courses' languages."""
    courses = curriculum.courses.values()
    counts = (
        _count(len(courses), "course"),
        _count(sum(len(course.modules) for course in courses), "module"),
        _count(len(curriculum.units), "unit"),
        _count(len(curriculum.exercises), "exercise"),
    )
    languages = dict.fromkeys(language for course in courses for language in course.languages)
    return f"{', '.join(counts)} in {', '.join(languages)}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m content", description="The curriculum's own tools.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="name all mistakes in a curriculum's files")
    check.add_argument(
        "directory",
        nargs="?",
        type=Path,
        metavar="DIRECTORY",
        help="the folder that holds curriculum, units and exercises (default: the packaged curriculum)",
    )
    return parser


def _report(problems: Sequence[Problem]) -> int:
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    files = len({problem.file for problem in problems})
    sys.stderr.write(f"{_count(len(problems), 'mistake')} in {_count(files, 'file')}.\n")
    return MISTAKEN


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


if __name__ == "__main__":
    sys.exit(main())
