"""The tool beside a miniature of Moodle, with several trainees and columns, on one clock that a test moves.

The scores are given as submissions give them and sent by the worker's own sweep; the miniature is on a port of
loopback, and so is the tool, whose key set the miniature fetches.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from tempfile import TemporaryDirectory

from sqlalchemy import select, update

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store, worker
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.demo.moodle.placing import Column, place_activity
from lti_tool.demo.moodle.seed import Seeded, seed
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import AccessToken, Activity, Enrolment, Grade, GradeHistory, GradeItem, Section, User
from lti_tool.exercises import credit_rows
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.lti import registry
from lti_tool.lti.tables import CourseRow, PersonRow, PlacementRow
from tests.lti_tool.beside_moodle import Neighbours, beside_moodle, tell_moodle, tell_tool
from tests.lti_tool.platform import CLIENT_ID, LINE_ITEMS_SCOPE, RESULT_SCOPE, SCORE_SCOPE
from tests.lti_tool.ticking import Ticker

log = logging.getLogger("tests.chaos")

MAXIMUM = 50
TRAINEES = ("trainee1", "trainee2")
"""All have the first activity open, and the first of them the others too."""
ACTIVITIES = {"Needs matrix": "exercise/needs-matrix", "Four COs": "exercise/four-cos"}
STEP = timedelta(minutes=1)
"""How far the clock goes between two sweeps; the worker itself looks more often."""
LONGEST_WAIT = timedelta(hours=4)
"""The longest pause is an hour, so all that waits was tried again several times by then."""
PASSPHRASE = "a passphrase for tests"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one trainee's grade for one activity comes from and goes to."""

    placement_id: int
    person_id: int
    item_id: int
    user_id: int


@dataclass(kw_only=True)
class School(Neighbours):
    """The tool and a Moodle that know each other; `given` is what was handed in, by desk, in order."""

    desks: list[Desk]
    environment: Mapping[str, str]
    """The settings of the tool, for further processes of it."""
    given: dict[Desk, list[float]] = field(default_factory=dict)

    @property
    def port(self) -> int:
        """Where the tool of this process listens; it is a web process like any other."""
        return int(self.environment["PUBLIC_URL"].rpartition(":")[2])

    # What people do

    def hand_in(self, desk: Desk, given: float) -> None:
        """Give a score, as a submission does, and remember it."""
        with self.tool.app_context():
            store.add_score(desk.placement_id, desk.person_id, given=given, maximum=MAXIMUM, now=now())
            db.session.commit()
        self.given.setdefault(desk, []).append(given)

    def all_hand_in(self, least: float) -> None:
        """Let everybody hand in, each with a score of their own."""
        for number, desk in enumerate(self.desks):
            self.hand_in(desk, least + number)

    # What time does

    def pass_time(self, delta: timedelta) -> None:
        """Move both clocks; the miniature's stands with the machine's, so its tokens grow older instead."""
        self.ticker.time += delta
        with self.site.session() as session:
            session.execute(update(AccessToken).values(expires=AccessToken.expires - int(delta.total_seconds())))

    def sweep(self) -> None:
        """Look at the outbox once; a sweep that breaks is followed by another, as in `worker.run`."""
        with self.tool.app_context():
            try:
                worker.sweep()
            except Exception as error:
                log.info("a sweep broke: %s", type(error).__name__)

    def work(self, step: timedelta = STEP, **lasts: float) -> None:
        """Let the worker work for some time, in the words of `timedelta`."""
        until = self.ticker.time + timedelta(**lasts)
        while self.ticker.time < until:
            self.sweep()
            self.pass_time(step)

    def work_a_moment(self) -> None:
        """Let the worker try each once: shorter than any pause, and longer than what keeps requests apart."""
        self.work(timedelta(seconds=1), seconds=4)

    def work_until_all_has_ended(self) -> None:
        """Let the worker work until nothing waits any more, for some hours at most."""
        until = self.ticker.time + LONGEST_WAIT
        while self.ticker.time < until and self.counts()["due"]:
            self.sweep()
            self.pass_time(STEP)

    # What came of it

    def counts(self) -> Counter[str]:
        """Count the deliveries by state."""
        with self.tool.app_context():
            return Counter(str(state) for state in db.session.scalars(select(DeliveryRow.state)))

    def grades(self) -> dict[Desk, float | None]:
        """Give what the gradebook holds."""
        with self.site.session() as session:
            found = {(row.item_id, row.user_id): row.final for row in session.scalars(select(Grade))}
        return {desk: found.get((desk.item_id, desk.user_id)) for desk in self.desks}

    def handed_in(self) -> dict[Desk, list[float]]:
        """Give the scores of what was handed in on the tool's pages, in Moodle's points, of each who gets them."""
        credited = credit_rows.told().subquery()
        rows = (
            select(SubmissionRow, credited.c.person_id, credited.c.placement_id)
            .join(credited, credited.c.submission_id == SubmissionRow.id)
            .order_by(SubmissionRow.workspace_id, SubmissionRow.number)
        )
        found: dict[Desk, list[float]] = {}
        by_place = {(desk.placement_id, desk.person_id): desk for desk in self.desks}
        with self.tool.app_context():
            for row, person_id, placement_id in db.session.execute(rows):
                points = row.score_given * MAXIMUM / row.score_maximum
                found.setdefault(by_place[placement_id, person_id], []).append(points)
        return found

    def feedback(self) -> dict[Desk, str | None]:
        """Give what stands beside the grades in the gradebook."""
        with self.site.session() as session:
            found = {(row.item_id, row.user_id): row.feedback for row in session.scalars(select(Grade))}
        return {desk: found.get((desk.item_id, desk.user_id)) for desk in self.desks}

    def newest_comments(self) -> dict[Desk, str | None]:
        """Give what goes with the newest score of each."""
        with self.tool.app_context():
            rows = db.session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
            newest = {(row.placement_id, row.person_id): row.comment for row in rows}
        return {desk: newest.get((desk.placement_id, desk.person_id)) for desk in self.desks}

    def history(self, desk: Desk) -> list[tuple[int, float | None]]:
        """Give every score that the gradebook accepted, with its time, in the order they came."""
        of_desk = select(GradeHistory).filter_by(item_id=desk.item_id, user_id=desk.user_id).order_by(GradeHistory.id)
        with self.site.session() as session:
            return [(row.timestamp, row.final) for row in session.scalars(of_desk)]


def expect_nothing_lost(school: School) -> None:
    """Insist that each grade is the last score that was given, that all came in order, and that the counts add up.

    Whoever hands in on the pages gets the same points each time, and another comment.
    """
    counts = school.counts()
    assert set(counts) <= {"delivered", "superseded"}, counts
    assert counts.total() == sum(map(len, school.given.values()))
    assert school.grades() == {desk: school.given[desk][-1] if desk in school.given else None for desk in school.desks}
    assert school.feedback() == school.newest_comments()
    for desk, given in school.given.items():
        expect_in_order(school.history(desk), given)


def expect_in_order(history: list[tuple[int, float | None]], given: list[float]) -> None:
    """Insist that what arrived was given in this order, each once, with ever later times."""
    times = [time for time, _ in history]
    assert times == sorted(set(times))
    rest: Iterator[float | None] = iter(given)
    assert all(final in rest for _, final in history), (history, given)


@contextmanager
def open_school(
    database_url: str, ticker: Ticker, *, trainees: Sequence[str] = TRAINEES, wakeups: str = ""
) -> Iterator[School]:
    """Open the tool and a miniature beside it, each on a port of its own, and let them know each other."""
    with TemporaryDirectory(prefix="school-") as folder:
        own = {"KEYS_PASSPHRASE": PASSPHRASE, "WAKEUPS": wakeups or f"sqlite:///{folder}/wakeups.sqlite3"}
        with beside_moodle(database_url, ticker, **own) as pair:
            environment = {
                **own,
                "DATABASE_URL": database_url,
                "PUBLIC_URL": pair.tool.config["PUBLIC_URL"],
                "ALLOW_PRIVATE_PLATFORMS": "1",
            }
            desks = _introduce(pair, trainees)
            yield School(tool=pair.tool, moodle=pair.moodle, ticker=ticker, desks=desks, environment=environment)


def _introduce(pair: Neighbours, trainees: Sequence[str]) -> list[Desk]:
    site, seeded = pair.site, seed(pair.site)
    subs = [seeded.people.get(name) or _enrol(site, seeded, name) for name in trainees]
    tool_id = tell_moodle(pair, grade_sync=2)
    items = _place(site, seeded, tool_id)
    with pair.tool.app_context():
        desks = _arrive(site, seeded, tool_id, items, subs)
        db.session.commit()
    return desks


def _enrol(site: Site, seeded: Seeded, username: str) -> int:
    with site.session() as session:
        user = User(username=username, firstname="Trainee", lastname=username, email=f"{username}@example.org")
        session.add(user)
        session.flush()
        session.add(Enrolment(course_id=seeded.course, user_id=user.id, role="student"))
        return user.id


def _place(site: Site, seeded: Seeded, tool_id: int) -> dict[int, str]:
    """Place activities with a column each; give the columns' resource links."""
    with site.session() as session:
        section = session.get_one(Section, seeded.sections[0])
        for name, activity in ACTIVITIES.items():
            row = Activity(
                course_id=seeded.course, name=name, tool_id=tool_id, custom_parameters=f"activity={activity}"
            )
            place_activity(session, section, row, Column(maximum=MAXIMUM))
        items = session.scalars(select(GradeItem).order_by(GradeItem.id))
        return {item.id: str(item.activity_id) for item in items}


def _arrive(site: Site, seeded: Seeded, tool_id: int, items: dict[int, str], subs: list[int]) -> list[Desk]:
    """Write the rows that launches leave: every trainee has the first activity open, the first trainee all."""
    at = tell_tool(site, tool_id)
    registration = registry.find_registration(site.settings.wwwroot, CLIENT_ID)
    course = CourseRow(site_id=at.id, context_id=str(seeded.course))
    people = [
        PersonRow(site_id=at.id, sub=str(sub), number=number, seen_at=now()) for number, sub in enumerate(subs, 1)
    ]
    db.session.add_all([course, *people])
    db.session.flush()
    path = f"/mod/lti/services.php/{seeded.course}/lineitems"
    placements = [
        PlacementRow(
            course_id=course.id,
            resource_link_id=link,
            registration_id=registration.id,
            line_item_url=site.url(f"{path}/{item}/lineitem?type_id={tool_id}"),
            line_items_url=site.url(f"{path}?type_id={tool_id}"),
            scopes=[SCORE_SCOPE, RESULT_SCOPE, LINE_ITEMS_SCOPE],
        )
        for item, link in items.items()
    ]
    db.session.add_all(placements)
    db.session.flush()
    places = list(zip(placements, items, strict=True))
    taken = [(places[0], person) for person in people] + [(place, people[0]) for place in places[1:]]
    return [Desk(placement.id, person.id, item, int(person.sub)) for (placement, item), person in taken]
