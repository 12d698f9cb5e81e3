"""What is said of groups, in words that a trainer can act on."""

from flask_babel import gettext

from lti_tool.groups.rules import Group
from lti_tool.lti.registering.registration import CUSTOM

PARAMETER = f"group_ids={CUSTOM['group_ids']}"
"""The line of custom parameters that lets Moodle say which groups somebody is in."""


def never_told() -> str:
    """Say that Moodle never said which groups people are in, and what its administrator does about it."""
    advice: str = gettext(
        "Moodle has never said which groups the people in this course are in: the tool was added to it without asking "
        "for that. Whoever administers Moodle can change it under Site administration > Plugins > External tool > "
        "Manage tools: paste a registration URL of this tool there again and press “Update”, or add this line to the "
        "custom parameters in the tool's settings: %(parameter)s. It counts from the next time that somebody opens the "
        "activity.",
        parameter=PARAMETER,
    )
    return advice


def name_of(group: Group) -> str:
    """Write a group's name, or what stands in for one that nobody gave it."""
    return group_name(group.name, group.number)


def group_name(name: str | None, number: int) -> str:
    """Write a group's name, or what stands in for one that nobody gave it."""
    return name or str(gettext("Group %(number)s", number=number))
