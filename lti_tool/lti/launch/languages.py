"""The languages of whoever came: the one they read, and the one they are taken to write."""

from lti_tool.i18n import language
from lti_tool.lti.launch.session import current
from lti_tool.lti.launch.store import find_launch


def reader_language() -> str:
    """Tell the language a person reads: Moodle's code for it, else the interface's.

    The curriculum may be there in languages that the interface has no catalogue for.
    """
    launch = find_launch(current().launch_id)
    return (launch.locale if launch else None) or language()


def writing_language() -> str:
    """Guess the language a person writes: the first part of the one they read."""
    first = reader_language().lower().replace("-", "_").split("_")[0]
    return first if first.isascii() and first.isalpha() else language()
