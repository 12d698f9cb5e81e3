"""What pages say of names that can't be taken."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.naming.rules import LONGEST, Problem

PROBLEM: Mapping[Problem, LazyString] = {
    Problem.SHORT: lazy_gettext("Write a name with at least two letters."),
    Problem.LONG: lazy_gettext("The name is too long: at most %(most)s characters.", most=LONGEST),
    Problem.LETTERS: lazy_gettext(
        "A name here is made of letters, with spaces, hyphens, apostrophes or points between them: no digits or signs."
    ),
    Problem.SCRIPTS: lazy_gettext("Write the name in one script: letters of two scripts can look the same."),
    Problem.ROLE: lazy_gettext("Choose a name that says no role: people could take you for whoever leads the course."),
    Problem.TAKEN: lazy_gettext("Somebody else here has this name, or nearly this name. Choose another one."),
}
