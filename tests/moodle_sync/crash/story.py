"""What an administrator wants of a site, one file of people after another, and what comes of it."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask import Response
from sqlalchemy import text

from lti_tool.demo.moodle.faults import Work, drop
from moodle_sync.errors import Exit
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.records import Record
from moodle_sync.things.applied import Applied
from tests.moodle_sync.crash.curriculum import IN_CIRCLES, IN_OTHERS, LONG, SHORT, Curriculum, change_by_hand
from tests.moodle_sync.crash.curriculum import LATER as LATER_ON
from tests.moodle_sync.crash.victim import Command, Process, said
from tests.moodle_sync.folder import name_site, write_folder
from tests.moodle_sync.miniature import ROLE_IDS, Running, running_miniature
from tests.moodle_sync.templates import TEMPLATE, change_template, make_template

HEADER = "username,firstname,lastname,email,course1,role1,group1,enroltimestart1,enrolstatus1,cohort1"
STARTS = "2020-01-01"
"""So long ago that all enrolments count; when one counts, Moodle can be asked about it."""


def row(name: str, *, last: str = "Ruiz", role: str = "student", group: str = "A", status: str = "0") -> str:
    """Write somebody into the file."""
    return f"{name},{name.title()},{last},{name}@example.org,BASICS,{role},Group {group},{STARTS},{status},agents"


FIRST = tuple(row(name) for name in ("ana", "ben", "cleo", "dora", "eva"))
SECOND = (
    row("ben", role="teacher"),
    row("cleo", status="1"),
    row("dora", group="B"),
    row("eva", last="Haddad"),
    row("fatima"),
)
"""Ana is gone, and everybody else has something new."""
RENAMED = tuple(line.replace("Group A", "First half") for line in FIRST[1:])
"""Ana is gone, and the others are where they were."""
LATER = tuple(line.replace(STARTS, "2021-01-01") for line in FIRST)
"""Only dates are others; Moodle tells nobody what they are."""


@dataclass(frozen=True)
class Story:
    """What was applied before, and what is to be applied now."""

    before: Sequence[str]
    now: Sequence[str]
    options: Sequence[str] = ()
    earlier: Curriculum = SHORT
    curriculum: Curriculum = SHORT
    """The one before, and now; where the one before is long, somebody also changed the course in Moodle between."""
    journal: bool = True
    """Whether the journal of what was before is still there."""
    template: bool = False
    """Whether the course is copied from a template."""
    fill: bool = False
    """Whether it was made without, and is filled now."""
    restored: bool = False
    """Whether the site has given everybody's number to somebody else since then."""
    undoes: bool = False
    """Whether what is wanted now was applied already, and is taken back."""


RESTORED = "a restored site"
WINNING = replace(LATER_ON, changed_in_moodle="overwrite")
COPIES = "copies of a template"
TEMPLATE_CHANGED = "a template that changed"
FILLED = "a course that is filled"
STORIES = {
    "a new site": Story((), FIRST),
    "changes": Story(FIRST, SECOND),
    "changes, with unenrolments": Story(FIRST, SECOND, ["--unenrol"]),
    "a lost journal": Story(FIRST, SECOND, journal=False),
    "a curriculum that changed": Story(FIRST, FIRST, earlier=LONG, curriculum=LATER_ON),
    "a curriculum that wins": Story(FIRST, FIRST, earlier=LONG, curriculum=WINNING),
    "circles that changed": Story(FIRST, RENAMED, earlier=IN_CIRCLES, curriculum=IN_OTHERS),
    COPIES: Story((), FIRST, template=True),
    TEMPLATE_CHANGED: Story(FIRST, FIRST, template=True),
    FILLED: Story(FIRST, SECOND, template=True, fill=True),
    "other dates": Story(FIRST, LATER),
    RESTORED: Story(FIRST, SECOND, restored=True),
    "changes taken back": Story(FIRST, SECOND, undoes=True),
    "a curriculum taken back": Story(FIRST, FIRST, earlier=LONG, curriculum=LATER_ON, undoes=True),
}
TELLABLE = [name for name in STORIES if name not in ("other dates", FILLED)]
"""Those of which Moodle can tell all that was done, and the journal learns nothing later that it didn't at once."""
UNDOING = [name for name, story in STORIES.items() if story.undoes]


QUERIES = {
    "accounts": "SELECT username, firstname, lastname, email, suspended FROM user",
    "categories": "SELECT k.idnumber, k.name, k.description, p.idnumber FROM category k "
    "LEFT JOIN category p ON p.id = k.parent",
    "courses": "SELECT c.idnumber, c.shortname, c.fullname, c.summary, c.enddate, c.visible, c.groupmode, k.idnumber "
    "FROM course c JOIN category k ON k.id = c.category_id",
    "sections": "SELECT c.shortname, s.position, s.name, s.visible FROM section s JOIN course c ON c.id = s.course_id",
    "activities": "SELECT c.shortname, s.position, m.kind, a.name, m.place, m.visible FROM course_module m "
    "JOIN section s ON s.id = m.section_id JOIN course c ON c.id = s.course_id "
    "LEFT JOIN activity a ON a.id = m.instance AND m.kind = 'lti'",
    "enrolments": "SELECT u.username, e.role, e.more_roles, e.time_start, e.time_end, e.suspended "
    "FROM enrolment e JOIN user u ON u.id = e.user_id",
    "groups": 'SELECT name, idnumber, description FROM "group"',
    "groupings": "SELECT name, idnumber, description FROM grouping",
    "grouped": 'SELECT s.idnumber, g.name FROM grouping_group m JOIN "group" g ON g.id = m.group_id '
    "JOIN grouping s ON s.id = m.grouping_id",
    "members": 'SELECT g.name, u.username FROM group_member m JOIN "group" g ON g.id = m.group_id '
    "JOIN user u ON u.id = m.user_id",
    "cohorts": "SELECT name, idnumber, description, category_id FROM cohort",
    "cohort members": "SELECT c.idnumber, u.username FROM cohort_member m JOIN cohort c ON c.id = m.cohort_id "
    "JOIN user u ON u.id = m.user_id",
    "mails": "SELECT u.username, m.subject FROM mail m JOIN user u ON u.id = m.user_id",
}
"""What a site holds, without its numbers: they may be others."""


@dataclass(frozen=True)
class Held:
    """What a site and its journal hold."""

    site: Mapping[str, Sequence[tuple[object, ...]]]
    applied: Applied

    @property
    def mails(self) -> int:
        return len(self.site["mails"])


@dataclass
class Setting:
    """A site on a port, and the administrator's folder."""

    running: Running
    folder: Path
    empty: bytes
    """The site as it was at first."""
    _process: Process = field(init=False)
    _before: int = 0
    _begun: dict[str, tuple[bytes, bytes | None]] = field(default_factory=dict)

    @property
    def journal(self) -> Path:
        return self.folder / "moodle-sync.journal"

    def begin(self, name: str) -> Story:
        """Let a story begin: what was before is done once, and copied afterwards."""
        story = STORIES[name]
        if name not in self._begun:
            self._begun[name] = self._prepare(story)
        state, journal = self._begun[name]
        self.running.miniature.app.extensions["faults"].clear()
        self.running.miniature.site.restore(state)
        self._put(journal)
        self._before = len(self.runs()) if journal is not None else 0
        self.write(story.now)
        story.curriculum.write(self.folder)
        name_template(self.folder, story)
        return story

    def tell(self, name: str) -> Held:
        """Tell a story without a crash, and what comes of it."""
        self.insist(*self.told_to(self.begin(name)))
        return self.held()

    def told_to(self, story: Story) -> Sequence[str]:
        """Give the command of a story that has begun, as it is written."""
        return ("undo", self.runs()[0].id, "--yes") if story.undoes else ("apply", "--yes", *story.options)

    def write(self, people: Sequence[str]) -> None:
        """Write the file of people."""
        (self.folder / "people.csv").write_text("\n".join([HEADER, *people, ""]), encoding="utf-8")

    def command(self, *arguments: str, moment: str = "") -> int:
        """Run a command; give its exit code."""
        self._process = Process(Command(self.folder, arguments, self.running.token, moment))
        return self._process.run()

    def insist(self, *arguments: str) -> None:
        """Run a command that must come to a good end: new accounts and sections stay where a run is taken back."""
        code = self.command(*arguments)
        assert code == (Exit.PARTLY if arguments[0] == "undo" else Exit.FINE), said(self.folder)

    def kill_at(self, function: str, number: int, *, done: bool) -> None:
        """Kill the command when a function is called for the nth time: before Moodle works, or before it answers."""

        def die(work: Work) -> Response:
            if done:
                work()
            self._process.kill()
            return drop(work)

        faults = [let_pass] * (number - 1)
        self.running.miniature.app.extensions["faults"][function] = [*faults, die]

    def has_begun(self) -> bool:
        """Tell whether the story's own run stands in the journal, beside the one before it."""
        return len(self.runs()) > self._before

    def runs(self) -> list[Record]:
        """Give the runs in the journal, the latest first."""
        with Journal.open(self.journal, self.running.url) as journal:
            return [journal.run(record.id) for record in journal.runs()]

    def held(self) -> Held:
        """Look into the site's tables and into the journal."""
        with Journal.open(self.journal, self.running.url) as journal:
            applied = replace(journal.applied({}), numbers={})
        with self.running.miniature.site.session() as db:
            site = {name: sorted(map(tuple, db.execute(text(query)))) for name, query in QUERIES.items()}
        return Held(site, applied)

    def _prepare(self, story: Story) -> tuple[bytes, bytes | None]:
        self.running.miniature.site.restore(self.empty)
        self._put(None)
        if story.template:
            sections = ("Module one", "Module two", "Extra")
            make_template(self.running.miniature, *(sections if story.fill else reversed(sections)))
        if story.before:
            self.write(story.before)
            story.earlier.write(self.folder)
            name_template(self.folder, replace(story, template=story.template and not story.fill))
            self.insist("apply", "--yes")
            if story.earlier is LONG:
                change_by_hand(self.running.miniature.site)
            if story.template and not story.fill:
                change_template(self.running.miniature)
            if story.restored:
                give_numbers_to_others(self.journal)
            if story.undoes:
                self.write(story.now)
                story.curriculum.write(self.folder)
                self.insist("apply", "--yes")
        journal = self.journal.read_bytes() if story.before and story.journal else None
        return self.running.miniature.site.snapshot(), journal

    def _put(self, journal: bytes | None) -> None:
        for left in self.folder.glob("moodle-sync.journal*"):
            left.unlink()
        if journal is not None:
            self.journal.write_bytes(journal)


@contextmanager
def open_setting(folder: Path) -> Iterator[Setting]:
    """Open a site on a port, and write an administrator's folder."""
    write_folder(folder)
    with running_miniature() as running:
        name_site(folder, running.url)
        know_roles(folder / "moodle-sync.toml")
        yield Setting(running, folder, running.miniature.site.snapshot())


def name_template(folder: Path, story: Story) -> None:
    """Name the template in the configuration, in a story that has one."""
    configuration = folder / "moodle-sync.toml"
    written = configuration.read_text(encoding="utf-8").partition("template =")[0]
    template = f'template = "{TEMPLATE}"\n' if story.template else ""
    configuration.write_text(
        written + template + ("fill = true\n" if story.fill and template else ""), encoding="utf-8"
    )


def know_roles(configuration: Path) -> None:
    """Write the site's numbers of roles into a configuration."""
    written = configuration.read_text(encoding="utf-8")
    roles = "\n".join(f"{name} = {ROLE_IDS[name]}" for name in ("student", "teacher"))
    configuration.write_text(written.replace("student = 15", roles), encoding="utf-8")


def give_numbers_to_others(journal: Path) -> None:
    """Put everybody in a journal where another is: it looks the same as where the site changed the numbers."""
    with closing(sqlite3.connect(journal)) as db, db:
        rows = db.execute("SELECT number, username, shown FROM people ORDER BY number")
        numbers, usernames, shown = zip(*rows, strict=True)
        others = zip(usernames, shown, numbers[1:] + numbers[:1], strict=True)
        db.executemany("UPDATE people SET username = ?, shown = ? WHERE number = ?", others)


def let_pass(work: Work) -> Response:
    """Let a request be answered, before one that isn't."""
    return work()
