"""On a site that was restored from a backup, whoever has the number that somebody else had is left alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from lti_tool.demo.moodle.tables import Base, Enrolment, GroupMember, User
from lti_tool.demo.moodle.webservice.tables import CohortMember
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.records import Ending, Record
from moodle_sync.session.apply import apply
from moodle_sync.session.plan import NOTHING_ALLOWED
from moodle_sync.session.plan import plan as decide
from moodle_sync.session.plan_file import Allowed
from moodle_sync.session.session import Session
from moodle_sync.settings import NewAccounts, Settings
from moodle_sync.source.desired import Input
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort_member import AddCohortMember, RemoveCohortMember
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.leaving import Suspend
from moodle_sync.things.membership import AddMember
from moodle_sync.things.person import PEOPLE, CreatePerson
from moodle_sync.things.role import ROLES
from moodle_sync.things.state import State
from moodle_sync.things.term import DAY
from tests.moodle_sync.administered import AS_USUAL, KNOWN, Administered
from tests.moodle_sync.examples import AGENT, FULL, LEARNS, MEMBER, SAMI, TERM, without
from tests.moodle_sync.former import make_former
from tests.moodle_sync.journal.keeping import numbered

SITE = "http://localhost:8100"
TABLES: tuple[type[Base], ...] = (Enrolment, GroupMember, CohortMember)


def at(site: Administered, desired: State) -> Session:
    """Sit down at a site, as the command does."""
    settings = Settings(site=SITE, new_accounts=NewAccounts.QUIET, people=Path("people.csv"), roles=KNOWN.roles)
    given = Input(settings=settings, state=desired, warnings=())
    return Session(given, site.miniature.client(), site.journal, writes=True)


def do_all(session: Session, allowed: Allowed = NOTHING_ALLOWED) -> Record:
    """Plan and apply."""
    return apply(session, decide(session, AS_USUAL, allowed))


def rename(site: Administered, username: str, **columns: str) -> None:
    """Give Sami's account another username, and more."""
    with site.miniature.site.session() as db:
        db.execute(update(User).where(User.username == "sami").values(username=username, **columns))


def restore(site: Administered) -> None:
    """Give Sami's number, with all that it has, to Bob, and another one to Sami."""
    rename(site, "bob", idnumber="", email="bob@example.org", firstname="Bob", lastname="Khan")
    site.miniature.add_account("sami", firstname="Sami", lastname="Haddad", idnumber="p2")


def theirs(site: Administered) -> dict[str, list[tuple[object, ...]]]:
    """Read from the site's tables what Bob has."""
    with site.miniature.site.session() as db:
        number = db.execute(select(User.id).filter_by(username="bob")).scalar_one()
        rows = {table: db.execute(select(table.__table__).filter_by(user_id=number)) for table in TABLES}
        return {table.__tablename__: [tuple(row) for row in found] for table, found in rows.items()}


@pytest.mark.parametrize("desired", [FULL, without("sami")], ids=["Sami is there", "Sami is gone"])
@pytest.mark.parametrize("left", [{*TABLES}, {CohortMember}], ids=["in the course", "in the cohort only"])
def test_nothing_of_a_stranger_is_changed_and_the_journal_is_clean_afterwards(
    site: Administered, desired: State, left: set[type[Base]]
) -> None:
    do_all(at(site, FULL))
    (stranger,) = (number for number, key in site.journal.people().items() if key == "sami")
    with site.miniature.site.session() as db:
        for table in {*TABLES} - left:
            db.execute(delete(table).filter_by(user_id=stranger))
    restore(site)
    before = theirs(site)
    assert {table for table in TABLES if before[table.__tablename__]} == left

    record = do_all(at(site, desired))

    assert record.outcome is Ending.DONE
    assert theirs(site) == before
    assert stranger not in site.journal.people()
    again = decide(at(site, desired), AS_USUAL).plan
    assert (again.actions, again.remarks, again.forgotten) == ((), (), Applied())


def test_whoever_has_another_username_in_moodle_and_leaves_is_suspended(site: Administered) -> None:
    do_all(at(site, FULL))
    rename(site, "s.haddad")
    do_all(at(site, FULL))

    actions = decide(at(site, without("sami")), AS_USUAL).plan.actions

    assert {type(action) for action in actions} == {Suspend, RemoveCohortMember}


def suspended(site: Administered) -> set[bool]:
    """Read from the site's tables whether enrolments are suspended."""
    with site.miniature.site.session() as db:
        return set(db.scalars(select(Enrolment.suspended)))


@pytest.mark.parametrize("upgraded", [False, True])
def test_whoever_was_suspended_and_is_renamed_in_moodle_meanwhile_comes_back(
    site: Administered, tmp_path: Path, *, upgraded: bool
) -> None:
    allowed = Allowed(removals=2)
    do_all(at(site, FULL))
    do_all(at(site, without("sami")), allowed)
    assert suspended(site) == {False, True}
    rename(site, "s.haddad")
    file = tmp_path / "journal.sqlite"
    if upgraded:
        make_former(file)

    with Journal.open(file, SITE) as again, again.lock():
        later = replace(site, journal=again)
        do_all(at(later, without("sami")))
        do_all(at(later, FULL))

    assert suspended(site) == {False}


def test_whoever_is_renamed_on_both_sides_at_once_keeps_the_dates_of_the_source(site: Administered) -> None:
    do_all(at(site, FULL))
    rename(site, "s.haddad")
    now = without("sami")
    people = {**now[PEOPLE], "s.haddad": replace(SAMI, username="s.haddad")}
    longer = replace(LEARNS, person="s.haddad", days=200)

    do_all(at(site, now.having(PEOPLE, people).having(ROLES, now[ROLES] | {longer})), Allowed(removals=2))

    with site.miniature.site.session() as db:
        ends = set(db.scalars(select(Enrolment.time_end)))
    assert TERM.start + 200 * DAY in ends


def test_whoever_was_made_anew_and_leaves_is_suspended(site: Administered) -> None:
    given: list[Action] = [CreatePerson(SAMI), Enrol(LEARNS, TERM), AddMember(MEMBER), AddCohortMember(AGENT)]
    run = site.journal.begin(given, rows=1)
    run.confirm(run.intend("some_function", given), given, [], numbered(sami=900))
    run.finish()
    do_all(at(site, FULL))

    do_all(at(site, without("sami")), Allowed(removals=2))

    assert suspended(site) == {False, True}
    assert 900 not in site.journal.people()
