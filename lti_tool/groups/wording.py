"""Groups in words."""

from flask_babel import gettext


def group_name(name: str | None, number: int) -> str:
    """Write a group's name, or what stands in for one that nobody gave it."""
    return name or str(gettext("Group %(number)s", number=number))
