"""What is said of a file while it is made, and why there is none."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from lti_tool.exports.rules import Export, Problem, State, Wanted

PROBLEM: Mapping[Problem, LazyString] = {
    Problem.NOTHING: lazy_gettext("There is no work any more that could go into this file."),
    Problem.TOO_LARGE: lazy_gettext(
        "This is too much for one file. Ask for pieces of work one by one, or for the table, which is smaller."
    ),
    Problem.TOO_LONG: lazy_gettext(
        "Making this file took too long, so it was stopped. Ask for pieces of work one by one, or for the table."
    ),
    Problem.BROKEN: lazy_gettext(
        "This file could not be made. Ask again; if it happens again, tell whoever runs the tool."
    ),
}

FORM: Mapping[str, LazyString] = {
    "pdf": lazy_gettext("PDF, to read and to print"),
    "csv": lazy_gettext("Table (CSV), for a spreadsheet"),
}


def title(wanted: Wanted | None) -> str:
    """Say of what a file is."""
    if wanted is not None and wanted.workspace_id is None:
        return str(gettext("All work of this exercise as a file"))
    return str(gettext("This work as a file"))


def holds(wanted: Wanted) -> str:
    """Say what stands in it."""
    if not wanted.for_trainers:
        return str(
            gettext("What stands on the canvas now, what was handed in last, and what your trainer wrote about it.")
        )
    if wanted.workspace_id is not None:
        return str(gettext("What was handed in last, with marks, comments and answers. Drafts are left out."))
    return str(
        gettext("What everybody handed in last, with marks, comments and answers. Drafts are left out, and photos too.")
    )


def progress(export: Export) -> str:
    """Say how far it is."""
    if export.state is State.READY:
        return str(gettext("The file is ready."))
    if export.problem is not None:
        return str(PROBLEM[export.problem])
    if export.total is None:
        return str(gettext("Waiting for its turn."))
    if export.done < export.total:
        told = ngettext(
            "Gathered: %(done)s of %(num)s piece of work",
            "Gathered: %(done)s of %(num)s pieces of work",
            export.total,
            done=export.done,
        )
        return str(told)
    return str(gettext("All is gathered; the file is being made."))
