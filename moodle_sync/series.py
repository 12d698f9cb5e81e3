"""Runs of one course by territory, language and dates: a series says them, and becomes the courses that they are.

It becomes them before anything is checked, so that nothing else knows of runs; `place_of` tells where in the file
stands what is wrong with one of these courses.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

Place: TypeAlias = tuple[int | str, ...]
"""A key in the file, as pydantic writes it."""
Keys: TypeAlias = Mapping[str, object]
Mistake: TypeAlias = tuple[Place, str]

PATTERNS: Final = ("idnumber", "shortname", "fullname")
OF_A_RUN: Final = (*PATTERNS, "starts", "ends")
"""What is wrong with these is wrong with one run, even where the series says them."""
INSTEAD: Final = {"language": ("languages", "multilang"), "languages": ("language",)}
"""What a run's key takes the place of, beside the series' own."""
TITLE: Final = "title"
"""What the curriculum fills in, in each language."""
SOURCES: Final = {
    "territory": "territory",
    "territory_name": "territory",
    "language": "language",
    "year": "starts",
    "month": "starts",
}
"""What patterns may hold, and the key that it takes."""
HOLDER: Final = re.compile(r"\{([^{}]*)\}")
QUOTED: Final = re.compile(r""""[^"]*"|'[^']*'|#.*""")
HEADER: Final = re.compile(r"\s*\[+\s*([\w.-]+)\s*\]+")
TOLD_APART: Final = (
    "is that of an earlier run as well: let the series tell them apart, such as by "
    'fullname = "{title} — {territory_name} {year}"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run, where it stands, and what it says with its series."""

    series: int
    number: int
    own: Keys
    shared: Keys

    @property
    def said(self) -> Keys:
        """Give all keys: the run's stand before the series', and one language before several or the other way round."""
        replaced = {other for key in self.own for other in INSTEAD.get(key, ())}
        return {**{key: said for key, said in self.shared.items() if key not in replaced}, **self.own}

    def here(self, key: str) -> Place:
        """Give the place of a key in the run."""
        return "series", self.series, "runs", self.number, key

    def written_at(self, key: str) -> Place:
        """Say where a key is written: in the run, or in the series for all runs."""
        return self.here(key) if key in self.own else ("series", self.series, key)

    def wrong_at(self, key: str) -> Place:
        """Say where to look for what is wrong with a key."""
        return self.here(key) if key in OF_A_RUN and key in self.said else self.written_at(key)


def with_runs(document: Keys) -> tuple[Keys, list[Mistake]]:
    """Add the runs of a configuration to its courses, as far as they can be read."""
    mistakes = list(_shapes(document))
    runs = [] if mistakes else runs_of(document)
    mistakes += dict.fromkeys(mistake for run in runs for mistake in _mistakes(run))
    if mistakes or not runs:
        return document, mistakes
    mistakes += _alike(runs)
    courses = document.get("courses", [])
    written = courses if isinstance(courses, list) else [courses]
    return {**document, "courses": [*written, *map(_course, runs)]}, mistakes


def runs_of(document: Keys) -> list[Run]:
    """List all runs, in the order in which they stand among the courses."""
    return [
        Run(series=place, number=number, own=own, shared={key: said for key, said in series.items() if key != "runs"})
        for place, series in enumerate(_tables(document.get("series")))
        for number, own in enumerate(_tables(series.get("runs")))
    ]


def place_of(document: Keys, place: Place, message: str) -> Mistake:
    """Say where stands what is wrong with a course; of what is filled in, say also what became of it."""
    written = len(_tables(document.get("courses")))
    match place:
        case ("courses", int(number), str(key), *rest) if number >= written:
            run = runs_of(document)[number - written]
            became = f' (it is "{_course(run)[key]}" here)' if key in PATTERNS and key in run.said else ""
            return (*run.wrong_at(key), *rest), f"{message}{became}"
        case _:
            return place, message


def line_of_run(text: str, place: Place) -> int:
    """Find the line of a run's key, or of the run."""
    _, series, _, number, *key = place
    lines = [(n, line) for n, at, line in _lines(text) if at == (series, number)]
    written = re.compile(rf"\s*{re.escape(str(key[0]))}\s*=") if key else HEADER
    return next((n for n, line in lines if written.match(line)), lines[0][0] if lines else 0)


def unknown_in(pattern: str, known: tuple[str, ...]) -> str | None:
    """Say what a pattern holds that nobody fills in."""
    unknown = next((name for name in HOLDER.findall(pattern) if name not in known), None)
    may = ", ".join(f"{{{name}}}" for name in known)
    return None if unknown is None else f"holds {{{unknown}}}, which nobody fills in: it may hold {may}"


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """Fill in what is known, and leave the others."""
    return HOLDER.sub(lambda found: words.get(found[1], found[0]), pattern)


def _tables(value: object) -> list[Keys]:
    return [table for table in value if isinstance(table, dict)] if isinstance(value, list | tuple) else []


def _shapes(document: Keys) -> Iterator[Mistake]:
    """Find what isn't a list of tables."""
    series = document.get("series", [])
    if not isinstance(series, list) or len(_tables(series)) != len(series):
        yield ("series",), "must be tables: write [[series]] above each"
    for place, table in enumerate(_tables(series)):
        runs = table.get("runs")
        if not isinstance(runs, list) or not runs or len(_tables(runs)) != len(runs):
            yield ("series", place, "runs"), 'must list the runs, such as runs = [{ territory = "cadiz" }]'


def _mistakes(run: Run) -> Iterator[Mistake]:
    said = run.said
    for key in ("territory", "territory_name"):
        if key in said and not (isinstance(said[key], str) and said[key]):
            yield run.written_at(key), "must be text in quotes"
    words = _words(said)
    for key in PATTERNS:
        pattern = said.get(key, "")
        if not isinstance(pattern, str):
            continue
        if message := unknown_in(pattern, (*SOURCES, TITLE) if key == "fullname" else tuple(SOURCES)):
            yield run.written_at(key), message
        missing = [name for name in HOLDER.findall(pattern) if name in SOURCES and name not in words]
        for name in missing:
            yield run.here(key), f"holds {{{name}}}, and the run doesn't say {SOURCES[name]}: add it"


def _words(said: Keys) -> dict[str, str]:
    """Give what fills patterns in."""
    territory = {
        "territory": said.get("territory"),
        "territory_name": said.get("territory_name", said.get("territory")),
    }
    words = {**territory, "language": said.get("language", _joined(said.get("languages")))}
    if starts := _day(said.get("starts")):
        words |= {"year": f"{starts:%Y}", "month": f"{starts:%m}"}
    return {name: word for name, word in words.items() if isinstance(word, str) and word}


def _day(value: object) -> date | None:
    """Read a day, which may stand in quotes; what isn't one is told when courses are checked."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value if isinstance(value, date) else None
    except ValueError:
        return None


def _joined(languages: object) -> str:
    return "-".join(map(str, languages)) if isinstance(languages, list | tuple) else ""


def _course(run: Run) -> dict[str, object]:
    """Write a run as a course."""
    said, words = run.said, _words(run.said)
    course = {key: value for key, value in said.items() if key not in ("territory", "territory_name")}
    patterns = {key: said[key] for key in PATTERNS if key in said}
    return course | {key: filled(text, words) if isinstance(text, str) else text for key, text in patterns.items()}


def _alike(runs: list[Run]) -> Iterator[Mistake]:
    """Find runs of a series whose full names are the same."""
    seen: set[str] = set()
    for run in runs:
        course = _course(run)
        named = [run.series, *(course.get(key) for key in ("content", "language", "languages", "fullname"))]
        if repr(named) in seen:
            yield run.here("fullname"), TOLD_APART
        seen.add(repr(named))


def _lines(text: str) -> Iterator[tuple[int, Place, str]]:
    """Give the lines in which runs stand, with the numbers of their series and their own."""
    where, series, run = "", -1, -1
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            where = header[1]
            series += where == "series"
            run = -1 if where == "series" else run + 1
        elif where == "series" and re.match(r"\s*runs\s*=", line):
            where = "list"
        if where == "series.runs":
            yield number, (series, run), line
        for _ in re.findall(r"\{", QUOTED.sub("", line)) if where == "list" else ():
            run += 1
            yield number, (series, run), line
