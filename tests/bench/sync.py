"""What a sync costs by the number of enrolments, and of courses: requests, memory, its own time. `make bench-sync`

The command runs as a process of its own against a miniature of Moodle in this one; what is measured is what the
process used, so the miniature's time doesn't count. It is a measurement, not a test: it says whether the aims were met.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from lti_tool.demo.moodle.tables import Course, Section
from lti_tool.demo.moodle.webservice.tables import Category
from moodle_sync.webservice.functions import FUNCTIONS
from tests.moodle_sync.miniature import ROLE_IDS, Running, running_miniature

COURSES = 20
SIZES = (1_000, 10_000, 50_000)
MOST_MEGABYTES = 200
MOST_SECONDS = 5.0
MOST_TIMES_LINEAR = 1.5
"""How much dearer a row may be at the largest size than at the one before."""
CONFIGURATION = """\
site = "{url}"
new_accounts = "quiet"
people = "people.csv"

[roles]
student = {student}

[[categories]]
idnumber = "bench"
name = "Bench"
"""
COURSE = """
[[courses]]
content = "training-of-trainers"
language = "en"
category = "bench"
idnumber = "course{number:02}"
shortname = "COURSE{number:02}"
"""
MANY_COURSES, MANY_SECTIONS = 200, 30
MOST_PLANNING_SECONDS = 3.0
CURRICULUM_COURSE = COURSE.replace("training-of-trainers", "long")
WRITES = frozenset(function.name for function in FUNCTIONS if function.writes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one command used."""

    reads: int
    writes: int
    megabytes: float
    own_seconds: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each size on a site of its own, and say what came of the aims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="enrolments, multiples of 20")
    nightly = [measure(size) for size in parser.parse_args(arguments).sizes]
    curriculum = measure_curriculum()
    for line in verdict(nightly):
        click.echo(line)
    what = f"own time of {MANY_COURSES} courses of {MANY_SECTIONS} sections unchanged"
    click.echo(_judged(what, curriculum.own_seconds, MOST_PLANNING_SECONDS, "s"))


def measure(enrolments: int) -> tuple[int, Cost]:
    """Fill a site, then ask for a plan of the same; give the size and what that plan cost."""
    with TemporaryDirectory() as folder, running_miniature() as site:
        write(Path(folder), site, enrolments // COURSES)
        for name, command in (("first run", ("apply", "--yes")), ("second run", ("apply", "--yes"))):
            report(enrolments, name, run(Path(folder), site, *command))
        cost = run(Path(folder), site, "plan")
        report(enrolments, "plan", cost)
        return enrolments, cost


def measure_curriculum() -> Cost:
    """Put many courses with all their sections into a site, adopt them, and ask for a plan of the same."""
    with TemporaryDirectory() as folder, running_miniature() as site:
        write_curriculum(Path(folder), site)
        make_courses(site)
        for name, command in (("first run", ("apply", "--yes")), ("plan", ("plan",))):
            cost = run(Path(folder), site, *command)
            click.echo(f"{MANY_COURSES} courses of {MANY_SECTIONS} sections, {name:<10}: {_used(cost)}")
        return cost


def write_curriculum(folder: Path, site: Running) -> None:
    """Write a course with many modules, which is given many times, and somebody in none of them."""
    modules = [f"module{number:02}" for number in range(1, MANY_SECTIONS + 1)]
    lines = "".join(f"  - id: {module}\n" for module in modules)
    unit = "    activities:\n      - unit: reading\n"
    texts = "".join(f"  {module}: {{title: {module.title()}, summary: It.}}\n" for module in modules)
    courses = "".join(CURRICULUM_COURSE.format(number=number) for number in range(1, MANY_COURSES + 1))
    for name, text in {
        "content/curriculum/long/course.yaml": f"id: long\nlanguages: [en]\nmodules:\n{lines}{unit}",
        "content/curriculum/long/en.yaml": f"title: Long\nsummary: All.\nmodules:\n{texts}",
        "content/units/reading/unit.yaml": "id: reading\nminutes: 5\n",
        "content/units/reading/en.md": "# Reading\n\nRead this.\n\nA text.\n",
        "people.csv": "username,firstname,lastname,email\nana,Ana,Ruiz,ana@example.org\n",
        "moodle-sync.toml": CONFIGURATION.format(url=site.url, student=ROLE_IDS["student"]) + courses,
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "content" / "exercises").mkdir()


def make_courses(site: Running) -> None:
    """Make the courses as the source has them, without a request for each section."""
    with site.miniature.site.session() as db:
        category = Category(name="Bench", idnumber="bench")
        db.add(category)
        db.flush()
        for number in range(1, MANY_COURSES + 1):
            names = {"idnumber": f"course{number:02}", "shortname": f"COURSE{number:02}"}
            course = Course(**names, fullname="Long", summary="<p>All.</p>", category_id=category.id)
            db.add(course)
            db.flush()
            places = range(1, MANY_SECTIONS + 1)
            db.add_all(Section(course_id=course.id, position=place, name=f"Module{place:02}") for place in places)


def write(folder: Path, site: Running, people: int) -> None:
    """Write the source: so many people, each in all courses."""
    courses = "".join(COURSE.format(number=number) for number in range(1, COURSES + 1))
    configuration = CONFIGURATION.format(url=site.url, student=ROLE_IDS["student"]) + courses
    (folder / "moodle-sync.toml").write_text(configuration, encoding="utf-8")
    columns = [f"course{number},role{number},group{number}" for number in range(1, COURSES + 1)]
    lines = [",".join(["username,firstname,lastname,email,idnumber", *columns]), *_rows(people)]
    (folder / "people.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _rows(people: int) -> Iterator[str]:
    for person in range(people):
        name = f"person{person:05}"
        places = [f"COURSE{number:02},student,Group {person % 10}" for number in range(1, COURSES + 1)]
        yield ",".join([name, "Some", f"Body {person}", f"{name}@example.org", f"id{person:05}", *places])


def run(folder: Path, site: Running, *arguments: str) -> Cost:
    """Run the command to its end; its processor time is what it used itself, in user and system."""
    log = folder / "log.jsonl"
    log.unlink(missing_ok=True)
    line = [str(Path(sys.executable).with_name("moodle-sync")), "--log", str(log), *arguments]
    content = {"CONTENT_DIR": str(folder / "content")} if (folder / "content").exists() else {}
    environment = {**os.environ, "MOODLE_TOKEN": site.token, **content}
    said = folder / "said.txt"
    with said.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(line, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"moodle-sync {' '.join(arguments)} ended with {process.returncode}:\n{said.read_text()[-2000:]}"
        raise SystemExit(message)
    calls = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    called = [call["function"] for call in calls if "function" in call]
    return Cost(
        reads=sum(name not in WRITES for name in called),
        writes=sum(name in WRITES for name in called),
        megabytes=used.ru_maxrss / 1024,
        own_seconds=used.ru_utime + used.ru_stime,
    )


def report(enrolments: int, name: str, cost: Cost) -> None:
    """Print a line of the table."""
    click.echo(f"{enrolments:>7,} enrolments, {name:<10}: {_used(cost)}")


def _used(cost: Cost) -> str:
    return (
        f"{cost.reads:>5,} reads, {cost.writes:>5,} writes, {cost.megabytes:6.0f} MB at most, "
        f"{cost.own_seconds:6.2f} s of own time"
    )


def verdict(nightly: Sequence[tuple[int, Cost]]) -> Iterator[str]:
    """Hold the largest plan against the aims."""
    size, largest = nightly[-1]
    yield _judged(f"memory of {size:,} unchanged", largest.megabytes, MOST_MEGABYTES, "MB")
    yield _judged(f"own time of {size:,} unchanged", largest.own_seconds, MOST_SECONDS, "s")
    if len(nightly) > 1:
        before, smaller = nightly[-2]
        growth = (largest.own_seconds / size) / (smaller.own_seconds / before)
        yield _judged(f"a row's time at {size:,} against {before:,}", growth, MOST_TIMES_LINEAR, "times")


def _judged(what: str, value: float, most: float, unit: str) -> str:
    return f"{what}: {value:.1f} {unit} (aim: at most {most:g}): {'met' if value <= most else 'MISSED'}"


if __name__ == "__main__":
    main()
