"""Who is in the groups of courses."""

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import select

from lti_tool.demo.moodle.tables import Group, GroupMember, User
from lti_tool.demo.moodle.webservice.courses import valid_course_of
from lti_tool.demo.moodle.webservice.lookup import account_of, by_id, enrolments_of
from lti_tool.demo.moodle.webservice.refusal import refuse_missing, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import Call, function

Member = tuple[int, int]
"""A group and an account, by their numbers."""


@function("core_group_get_group_members")
def get_group_members(call: Call) -> Any:
    """List who is in each group."""
    numbers = call.given["groupids"]
    group_of = _opener(call, _groups(call, numbers))
    users: dict[int, list[int]] = defaultdict(list)
    query = select(GroupMember).where(GroupMember.group_id.in_(set(numbers))).order_by(GroupMember.user_id)
    for member in call.db.scalars(query):
        users[member.group_id].append(member.user_id)
    return [{"groupid": group_of(number).id, "userids": users[number]} for number in numbers]


@function("core_group_add_group_members")
def add_group_members(call: Call) -> Any:
    """Put people into groups, all or none; who is there already stays."""
    rows = call.given["members"]
    groups, people, there = _look_up(call, rows)
    group_of = _opener(call, groups)
    enrolled = enrolments_of(call.db, (group.course_id for group in groups.values()), people)
    for given in rows:
        group = group_of(given["groupid"])
        user = account_of(people, given["userid"])
        if (group.course_id, user.id) not in enrolled:
            refuse_parameters()
        if (group.id, user.id) not in there:
            there[group.id, user.id] = GroupMember(group_id=group.id, user_id=user.id)
            call.db.add(there[group.id, user.id])


@function("core_group_delete_group_members")
def delete_group_members(call: Call) -> Any:
    """Take people out of groups, all or none; who isn't in is no error."""
    rows = call.given["members"]
    groups, people, there = _look_up(call, rows)
    group_of = _opener(call, groups)
    for given in rows:
        group = group_of(given["groupid"])
        member = there.pop((group.id, account_of(people, given["userid"]).id), None)
        if member is not None:
            call.db.delete(member)


def _look_up(
    call: Call, rows: list[dict[str, Any]]
) -> tuple[dict[int, Group], dict[int, User], dict[Member, GroupMember]]:
    groups = _groups(call, [row["groupid"] for row in rows])
    people = by_id(call.db, User, [row["userid"] for row in rows])
    query = select(GroupMember).where(GroupMember.group_id.in_(groups), GroupMember.user_id.in_(people))
    return groups, people, {(member.group_id, member.user_id): member for member in call.db.scalars(query)}


def _groups(call: Call, numbers: list[int]) -> dict[int, Group]:
    return {group.id: group for group in call.db.scalars(select(Group).where(Group.id.in_(set(numbers))))}


def _opener(call: Call, groups: dict[int, Group]) -> Callable[[int], Group]:
    """Make what picks groups, or refuses: it looks at each of them once, however many rows name it."""

    @cache
    def group_of(number: int) -> Group:
        group = groups[number] if number in groups else refuse_missing("groups")
        valid_course_of(call, group.course_id)
        call.require("moodle/course:managegroups")
        return group

    return group_of
