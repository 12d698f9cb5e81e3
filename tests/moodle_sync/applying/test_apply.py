"""Doing what a plan says, against the miniature."""

from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from lti_tool.demo.moodle.tables import Course as CourseRow
from lti_tool.demo.moodle.tables import Enrolment as EnrolmentRow
from lti_tool.demo.moodle.tables import User
from moodle_sync.settings import NewAccounts
from moodle_sync.things.account import Person
from moodle_sync.things.action import Action
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.group import GROUPS, CreateGroup
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.webservice.client import Answer, Client
from moodle_sync.webservice.functions import FUNCTIONS
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.examples import FULL
from tests.moodle_sync.miniature import TOKEN


def test_a_second_plan_is_empty_and_a_second_run_writes_nothing(site: Administered) -> None:
    first = site.apply()
    mails = site.miniature.mails()
    site.miniature.calls.clear()

    second = site.apply()

    assert (len(first.done), first.failed) == (12, [])
    assert (second.done, second.failed) == ([], [])
    assert not set(site.miniature.calls) & {function.name for function in FUNCTIONS if function.writes}
    assert (mails, site.miniature.mails()) == (2, 2)


def test_dates_are_sent_with_a_new_enrolment(site: Administered) -> None:
    site.apply()

    with site.miniature.site.session() as db:
        dates = {(row.time_start, row.time_end) for row in db.query(EnrolmentRow)}
    assert dates == {(0, 0), (1_790_000_000, 1_798_640_000)}


def test_a_role_is_added_without_a_mail_and_the_dates_stay(site: Administered) -> None:
    site.apply()
    more = FULL.having(ROLES, FULL[ROLES] | {Enrolment(course="tot", person="sami", role="teacher")})

    outcome = site.apply(more)

    assert (len(outcome.done), outcome.failed, site.miniature.mails()) == (1, [], 2)
    assert site.plan(more).actions == ()


@pytest.mark.parametrize(("accounts", "mails"), [(NewAccounts.QUIET, 2), (NewAccounts.MAIL, 4)])
def test_new_accounts_are_quiet_or_mailed(site: Administered, accounts: NewAccounts, mails: int) -> None:
    site.apply(accounts=accounts)

    assert site.miniature.mails() == mails


def test_categories_within_categories_are_made(site: Administered) -> None:
    inner = Category(idnumber="inner", name="Inner & more", parent="medtown")
    desired = FULL.having(CATEGORIES, {**FULL[CATEGORIES], "inner": inner})

    assert site.apply(desired).failed == []
    assert site.plan(desired).actions == ()


def test_a_category_made_by_hand_is_adopted_by_its_name(site: Administered) -> None:
    desired = FULL.having(CATEGORIES, {"medtown": Category(idnumber="medtown", name="Category 1")})

    site.apply(desired)

    assert "core_course_create_categories" not in site.miniature.calls


def test_a_course_found_by_its_short_name_is_adopted(site: Administered) -> None:
    with site.miniature.site.session() as db:
        db.add(CourseRow(shortname="TOT", fullname="By hand", idnumber=""))

    outcome = site.apply()

    assert outcome.failed == []
    assert site.plan().actions == ()
    assert "core_course_create_courses" not in site.miniature.calls


def test_an_account_that_is_there_is_used_and_completed(site: Administered) -> None:
    site.miniature.add_account("sami", email="SAMI@example.org")

    outcome = site.apply()

    assert outcome.failed == []
    with site.miniature.site.session() as db:
        sami = db.query(User).filter_by(username="sami").one()
    assert (sami.firstname, sami.idnumber, sami.email) == ("Sami", "p2", "SAMI@example.org")


def test_the_administrator_is_never_touched(site: Administered) -> None:
    boss = Person(username="admin", firstname="Some", lastname="Body", email="else@example.org")
    desired = FULL.having(PEOPLE, {**FULL[PEOPLE], "admin": boss})

    site.apply(desired)

    assert [conflict.key for conflict in site.plan(desired).conflicts] == ["admin"]
    with site.miniature.site.session() as db:
        assert db.get_one(User, 2).fullname == "Site Administrator"


def test_a_course_that_somebody_made_meanwhile_is_adopted(site: Administered) -> None:
    actions = site.plan().actions
    applying = site.begin(actions)
    with site.miniature.site.session() as db:
        db.add(CourseRow(shortname="TOT", fullname="Training", idnumber="tot"))

    applying.run(actions)

    assert [type(failure.action).__name__ for failure in applying.outcome.failed] == ["NameSection", "NameSection"]
    later = site.apply()
    assert later.failed == []
    assert site.plan().actions == ()


def test_a_group_that_somebody_made_meanwhile_is_used(site: Administered) -> None:
    site.apply(FULL.having(GROUPS, frozenset()).having(MEMBERSHIPS, frozenset()))
    actions = site.plan().actions
    applying = site.begin(actions)
    made: tuple[Action, ...] = tuple(action for action in actions if isinstance(action, CreateGroup))
    site.begin(made).run(made)

    applying.run(actions)

    assert applying.outcome.failed == []
    assert site.plan().actions == ()


def test_neither_token_nor_password_is_in_the_journal(site: Administered, tmp_path: Path) -> None:
    secrets = [TOKEN]

    def send(address: str, body: str) -> Answer:
        secrets.extend(value for name, value in parse_qsl(body) if name.endswith("[password]"))
        return site.miniature.send(address, body)

    actions = site.plan().actions
    site.begin(actions, Client(site.miniature.site.settings.wwwroot, TOKEN, send)).run(actions)

    text = (tmp_path / "journal.sqlite").read_bytes()
    assert b"sami@example.org" in text
    assert len(secrets) == 3
    assert not any(secret.encode() in text for secret in secrets)
