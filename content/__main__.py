"""The command line: `python -m content check [DIRECTORY]` and `python -m content example DIRECTORY`."""

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from content.check_terms import check_terms
from content.example import ExampleRefused, write_example
from content.load import PACKAGED, ContentError, Problem, load
from content.model import Curriculum

WELL, MISTAKEN = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; give the exit code: 0 if all is well, 1 if not."""
    given = _parser().parse_args(arguments)
    code: int = given.do(given.directory)
    return code


def _check(directory: Path | None) -> int:
    """Check a curriculum, or the packaged one."""
    try:
        curriculum = load(directory)
    except ContentError as error:
        return _report(error.problems)
    if problems := check_terms(directory or PACKAGED, curriculum):
        return _report(problems)
    sys.stdout.write(f"{summarise(curriculum)}: no mistakes.\n")
    return WELL


def _example(directory: Path) -> int:
    """Write a small curriculum."""
    try:
        count = write_example(directory)
    except ExampleRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return MISTAKEN
    whole = shlex.quote(str(directory.resolve()))
    sys.stdout.write(
        f"{count} files are in {directory}: a course, a unit and an exercise. Change them, and add others.\n"
        f"Check them with: {shlex.quote(sys.executable)} -m content check {whole}\n"
        f"Let the tool and moodle-sync read them with: export CONTENT_DIR={whole}\n"
    )
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
    check.set_defaults(do=_check)
    example = commands.add_parser("example", help="write a small curriculum to begin one of your own with")
    example.add_argument("directory", type=Path, metavar="DIRECTORY", help="an empty folder, or one to be made")
    example.set_defaults(do=_example)
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
