"""A group's name as pages show it."""

from flask_babel import gettext

from lti_tool.groups.rules import Group


def name_of(group: Group) -> str:
    """Write a group's name, or what stands in for one."""
    return group.name or str(gettext("Group %(number)s", number=group.number))
