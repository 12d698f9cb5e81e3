"""Who is in the cohorts."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from lti_tool.demo.moodle.spelling import exact, folded
from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice.cohorts import VIEW
from lti_tool.demo.moodle.webservice.lookup import account_of, by_id
from lti_tool.demo.moodle.webservice.refusal import refuse_missing
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.tables import Cohort, CohortMember

Columns = dict[str, InstrumentedAttribute[Any]]
Key = tuple[str, str]
"""By what, and which."""
Member = tuple[int, int]
"""A cohort and an account, by their numbers."""
ASSIGN = ("moodle/cohort:manage", "moodle/cohort:assign")
COHORT_KEYS: Columns = {"id": Cohort.id, "idnumber": Cohort.idnumber}
USER_KEYS: Columns = {"id": User.id, "username": User.username}


@function("core_cohort_get_cohort_members")
def get_cohort_members(call: Call) -> Any:
    """List who is in each cohort, by name."""
    numbers = call.given["cohortids"]
    _require_cohorts(call, numbers, VIEW)
    members: dict[int, list[int]] = defaultdict(list)
    query = select(CohortMember).join(User, User.id == CohortMember.user_id)
    named = query.where(CohortMember.cohort_id.in_(numbers)).order_by(User.lastname, User.firstname)
    for member in call.db.scalars(named):
        members[member.cohort_id].append(member.user_id)
    return [{"cohortid": number, "userids": members[number]} for number in numbers]


@function("core_cohort_add_cohort_members")
def add_cohort_members(call: Call) -> Any:
    """Put people into cohorts; what isn't found and who is there already is a warning, and the others go on."""
    rows = call.given["members"]
    cohorts = _named(call, COHORT_KEYS, [row["cohorttype"] for row in rows])
    people = _named(call, USER_KEYS, [row["usertype"] for row in rows])
    there = set(_members(call, cohorts.values(), people.values()))
    warnings = []
    for row in rows:
        cohort, user = _key(row["cohorttype"]), _key(row["usertype"])
        if warning := _warning(cohort, user, cohorts, people) or _twice(cohort, user, cohorts, people, there):
            warnings.append(warning)
            continue
        call.require(*ASSIGN)
        there.add((cohorts[cohort], people[user]))
        call.db.add(CohortMember(cohort_id=cohorts[cohort], user_id=people[user]))
    return {"warnings": warnings}


@function("core_cohort_delete_cohort_members")
def delete_cohort_members(call: Call) -> Any:
    """Take people out of cohorts, all or none; who isn't in is no error."""
    rows = call.given["members"]
    people = by_id(call.db, User, [row["userid"] for row in rows])
    numbers = [row["cohortid"] for row in rows]
    _require_cohorts(call, numbers, ASSIGN)
    there = _members(call, numbers, people)
    for row in rows:
        member = there.pop((row["cohortid"], account_of(people, row["userid"]).id), None)
        if member is not None:
            call.db.delete(member)


def _require_cohorts(call: Call, numbers: Iterable[int], rights: tuple[str, ...]) -> None:
    wanted = set(numbers)
    if wanted != set(call.db.scalars(select(Cohort.id).where(Cohort.id.in_(wanted)))):
        refuse_missing("cohort")
    call.require(*rights)


def _members(call: Call, cohorts: Iterable[int], people: Iterable[int]) -> dict[Member, CohortMember]:
    query = select(CohortMember).where(CohortMember.cohort_id.in_(set(cohorts)), CohortMember.user_id.in_(set(people)))
    return {(member.cohort_id, member.user_id): member for member in call.db.scalars(query)}


def _key(named: dict[str, str]) -> Key:
    return named["type"], named["value"]


def _named(call: Call, columns: Columns, named: list[dict[str, str]]) -> dict[Key, int]:
    """Find the numbers of what is named in two ways, in whatever spelling the site takes for the same."""
    spelt = folded if call.settings.folds_texts else exact
    found: dict[Key, int] = {}
    for kind, column in columns.items():
        values = {one["value"] for one in named if one["type"] == kind}
        rows = call.db.execute(select(column, column.class_.id).where(column.in_(values)))
        numbers = {spelt(str(value)): number for value, number in rows}
        found |= {(kind, value): numbers[spelt(value)] for value in values if spelt(value) in numbers}
    return found


def _warning(cohort: Key, user: Key, cohorts: dict[Key, int], people: dict[Key, int]) -> dict[str, str] | None:
    """Warn of what can't be asked for, and of what isn't there."""
    if cohort[0] not in COHORT_KEYS:
        return _warn("1", f"invalid parameter: cohortype={cohort[0]}")
    if user[0] not in USER_KEYS:
        return _warn("1", f"invalid parameter: usertype={user[0]}")
    for what, key, known in (("cohort", cohort, cohorts), ("user", user, people)):
        if key not in known:
            return _warn("2", f"{what} {'='.join(key)} not exists")
    return None


def _twice(
    cohort: Key, user: Key, cohorts: dict[Key, int], people: dict[Key, int], there: set[Member]
) -> dict[str, str] | None:
    if (cohorts[cohort], people[user]) not in there:
        return None
    return _warn("3", f"record already exists: cohort({'='.join(cohort)} {'='.join(user)})")


def _warn(code: str, message: str) -> dict[str, str]:
    return {"warningcode": code, "message": message}
