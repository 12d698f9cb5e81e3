"""What one course refuses is that course's trouble, and the others go on."""

from collections.abc import Callable

import pytest
from flask import Response, jsonify, request

from lti_tool.demo.moodle.faults import Lasting, Work
from lti_tool.demo.moodle.tables import Course as CourseRow
from moodle_sync.errors import RightMissing
from moodle_sync.journal.records import Fate
from moodle_sync.things.account import Person
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.group import GROUPS, CreateGroup
from moodle_sync.things.leaving import Suspend
from moodle_sync.things.membership import MEMBERSHIPS, AddMember
from moodle_sync.things.person import PEOPLE, CreatePerson
from moodle_sync.things.role import ROLES, AddRole, Enrolment
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.crowds import two_courses
from tests.moodle_sync.examples import FULL


def switch_off_enrolments(site: Administered, shortname: str) -> None:
    with site.miniature.site.session() as db:
        db.query(CourseRow).filter_by(shortname=shortname).one().manual_enrolment = False


@pytest.mark.parametrize("size", [20, 120])
def test_a_course_without_enrolments_is_given_up_at_once_and_the_others_go_on(site: Administered, size: int) -> None:
    desired = two_courses(size)
    site.apply(desired.having(ROLES, frozenset()).having(MEMBERSHIPS, frozenset()))
    actions = site.plan(desired).actions
    switch_off_enrolments(site, "TOT")
    site.miniature.calls.clear()

    applying = site.begin(actions, desired=desired)
    applying.run(actions)

    failed = applying.outcome.failed
    reasons = {(type(failure.action), failure.fate) for failure in failed}
    assert len(failed) == 2 * size
    assert reasons == {(Enrol, Fate.QUARANTINED), (AddMember, Fate.LEFT_OUT)}
    assert {failure.reason[-15:] for failure in failed if isinstance(failure.action, Enrol)} == {" (wsnoinstance)"}
    assert sum(isinstance(action, Enrol) for action in applying.outcome.done) == size
    assert site.miniature.calls.count("enrol_manual_enrol_users") < 10


@pytest.mark.parametrize("size", [20, 120])
@pytest.mark.parametrize("closed", ["tot", "other"])
def test_a_right_that_is_missing_in_one_course_is_that_course_s_trouble(
    site: Administered, closed: str, size: int
) -> None:
    desired = two_courses(size)
    site.apply(desired.having(ROLES, frozenset()).having(MEMBERSHIPS, frozenset()))
    actions = site.plan(desired).actions
    allow_only(site, lambda course: course != number(site, closed))

    applying = site.begin(actions, desired=desired)
    applying.run(actions)

    refused = {
        failure.action: failure.reason for failure in applying.outcome.failed if failure.fate is Fate.QUARANTINED
    }
    assert {action.enrolment.course for action in refused if isinstance(action, Enrol)} == {closed}
    assert set(refused.values()) == {"enrol_manual_enrol_users: Sorry. (nopermissions)"}
    assert len(refused) == sum(isinstance(action, Enrol) for action in applying.outcome.done) == size


def test_a_right_that_is_missing_in_every_course_is_told_after_everything_else_was_done(site: Administered) -> None:
    desired = two_courses(20)
    site.apply(desired.having(ROLES, frozenset()).having(GROUPS, frozenset()).having(MEMBERSHIPS, frozenset()))
    actions = site.plan(desired).actions
    allow_only(site, lambda _course: False)

    applying = site.begin(actions, desired=desired)
    applying.run(actions)

    assert isinstance(applying.denied, RightMissing)
    assert {type(action) for action in applying.outcome.done} == {CreateGroup}
    assert len(applying.outcome.failed) == len(actions) - 1


def test_the_only_course_with_news_stops_no_other(site: Administered) -> None:
    desired = two_courses(20)
    site.apply(desired)
    leaving = min(enrolment for enrolment in desired[ROLES] if enrolment.course == "other")
    newcomer = Person(username="newcomer", firstname="N", lastname="C", email="newcomer@example.org")
    entering = Enrolment(course="tot", person="newcomer", role="student")
    changed = desired.having(PEOPLE, {**desired[PEOPLE], "newcomer": newcomer}).having(
        ROLES, desired[ROLES] - {leaving} | {entering}
    )
    actions = site.plan(changed).actions
    allow_only(site, lambda course: course != number(site, "tot"))

    applying = site.begin(actions, desired=changed)
    applying.run(actions)

    assert [type(action) for action in applying.outcome.done] == [CreatePerson, Suspend]
    assert [type(failure.action) for failure in applying.outcome.failed] == [Enrol]
    assert applying.denied is None


def allow_only(site: Administered, allowed: Callable[[int], bool]) -> None:
    """Let the token's account enrol in some courses only."""
    answer = {
        "exception": "core\\exception\\required_capability_exception",
        "errorcode": "nopermissions",
        "message": "Sorry.",
    }

    def enrol(work: Work) -> Response:
        courses = {int(value) for name, value in request.form.items() if name.endswith("[courseid]")}
        return work() if all(map(allowed, courses)) else jsonify(answer)

    site.miniature.order_faults("enrol_manual_enrol_users", Lasting(enrol))


def number(site: Administered, course: str) -> int:
    with site.miniature.site.session() as db:
        return db.query(CourseRow).filter_by(idnumber=course).one().id


def test_who_could_not_be_enrolled_gets_no_role_and_no_group(site: Administered) -> None:
    desired = FULL.having(ROLES, FULL[ROLES] | {Enrolment(course="tot", person="sami", role="teacher")})
    site.apply(desired.having(ROLES, frozenset()).having(MEMBERSHIPS, frozenset()))
    actions = site.plan(desired).actions
    switch_off_enrolments(site, "TOT")

    applying = site.begin(actions)
    applying.run(actions)

    left = {type(failure.action) for failure in applying.outcome.failed if failure.fate is Fate.LEFT_OUT}
    assert left == {AddRole, AddMember}
