"""States in words, as trainers read them, and what they can do."""

from collections.abc import Mapping

from flask_babel import format_decimal, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.delivery.rules import Cause
from lti_tool.errors import TokenUnseen
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.owners import OwnerKind
from lti_tool.facilitation.rules import Person, Work, WorkState
from lti_tool.groups.wording import group_name
from lti_tool.i18n import moment
from lti_tool.lti.launch.session import display_name
from lti_tool.results.rules import Held, Standing
from lti_tool.roster.rules import Participant

WORK: Mapping[WorkState, LazyString] = {
    WorkState.DRAFT: lazy_gettext("Draft"),
    WorkState.HANDED_IN: lazy_gettext("Handed in"),
    WorkState.CHANGED_SINCE: lazy_gettext("Handed in, changed since"),
    WorkState.NOTHING_YET: lazy_gettext("Nothing written yet"),
    WorkState.NEVER_HERE: lazy_gettext("Never here yet"),
}

OTHERWISE: Mapping[OwnerKind, LazyString] = {
    OwnerKind.PERSON: lazy_gettext("Written alone"),
    OwnerKind.GROUP: lazy_gettext("Written in a group"),
    OwnerKind.COURSE: lazy_gettext("Written by the whole course"),
}
"""Whose work it is, where the exercise is done in another way by now, or was begun alone."""

MARKING: Mapping[Marking, LazyString] = {
    Marking.HANDED_IN: lazy_gettext("Marking: done when handed in"),
    Marking.BY_TRAINER: lazy_gettext("Marking: you mark it"),
}
"""How an exercise is marked, in a line."""

WAY: Mapping[Marking, LazyString] = {
    Marking.HANDED_IN: lazy_gettext("Done when handed in"),
    Marking.BY_TRAINER: lazy_gettext("I mark it"),
}

WAYS: Mapping[Marking, LazyString] = {
    Marking.HANDED_IN: lazy_gettext(
        "Whoever hands in gets full points in Moodle at that moment, whatever they wrote. You can still release "
        "another mark for a piece of work; from then on only you change that grade."
    ),
    Marking.BY_TRAINER: lazy_gettext(
        "Handing in sends nothing to Moodle. You read the work, give it a mark and a sentence, and release them: then "
        "they go to Moodle."
    ),
}
"""What each way does."""

GRADE: Mapping[Standing, LazyString] = {
    Standing.DUE: lazy_gettext("Waiting"),
    Standing.ARRIVED: lazy_gettext("Arrived"),
    Standing.BY_HAND: lazy_gettext("Changed by hand"),
    Standing.MISSING: lazy_gettext("Not in Moodle"),
    Standing.REPLACED: lazy_gettext("Replaced"),
    Standing.FAILED: lazy_gettext("Failed"),
}

ADVICE: Mapping[Standing, LazyString] = {
    Standing.DUE: lazy_gettext("The score is sent again by itself until Moodle takes it."),
    Standing.BY_HAND: lazy_gettext(
        "Moodle keeps a grade that was given by hand. To use this score instead, take the override back in Moodle's "
        "gradebook, then press “Send again”."
    ),
    Standing.MISSING: lazy_gettext(
        "Moodle took this score, and shows no grade for it any more. To bring it there again, press “Send again”."
    ),
    Standing.REPLACED: lazy_gettext(
        "A later grade, such as one of yours in Moodle, stays as it is, unless you send this score again."
    ),
    Standing.FAILED: lazy_gettext(
        "Moodle does not take this score. See whether the activity still has a grade in Moodle; you can enter it there "
        "by hand."
    ),
}
"""What that means and what to do, where the word alone doesn't say."""

CAUSE: Mapping[Cause, LazyString] = {
    Cause.NO_GRADABLE_ROLE: lazy_gettext(
        "Moodle gives this person no grades, because they are not enrolled in the course as a student. "
        "If they should have one, enrol them in Moodle, then press “Send again”."
    ),
    Cause.NOT_UNDERSTOOD: lazy_gettext(
        "Moodle did not understand this score. Tell whoever runs the tool; you can enter the grade in Moodle by hand."
    ),
    Cause.GONE: lazy_gettext(
        "The grade item of this activity was deleted in Moodle. Open the activity from the course again, "
        "then press “Send again”."
    ),
    Cause.NO_LINE_ITEM: lazy_gettext(
        "This activity has no grade in Moodle. To have one, allow grades in the activity's settings and open it again."
    ),
    Cause.UNCONFIRMED: lazy_gettext(
        "Moodle does not tell the tool which grade item is this activity's, so nothing was sent. Ask your "
        "administrator to let the tool read grade items: in its settings, “IMS LTI Assignment and Grade Services” "
        "allows grade sync and column management. The score is sent again by itself."
    ),
    Cause.NO_RIGHTS: lazy_gettext(
        "Moodle does not let the tool write this grade. Ask your administrator to let it use the grade services. "
        "The score is sent again by itself."
    ),
    Cause.NO_ACCESS: lazy_gettext(
        "Moodle and the tool are not connected at present. Ask your administrator whether the tool is still active. "
        "The score is sent again by itself."
    ),
    Cause.FOREIGN: lazy_gettext(
        "Moodle's grade service is at an address that the tool doesn't know as Moodle's, so nothing was sent there. "
        "Tell whoever runs the tool: “platforms origins” lets it be used. The score is sent again by itself."
    ),
    Cause.UNRECOGNISED: lazy_gettext(
        "Moodle gave the tool access and then did not recognise it, as happens where its web server keeps the header "
        "“Authorization” from Moodle. Ask your administrator to add this to Apache's configuration for Moodle: "
        "%(remedy)s. The score is sent again by itself.",
        remedy=TokenUnseen.remedy,
    ),
    Cause.REMOVED: lazy_gettext(
        "The tool was removed from this Moodle. Once it is registered again, open the activity and press “Send again”."
    ),
    Cause.LOCKED: lazy_gettext(
        "The grade is locked in Moodle. Unlock the grade item in Moodle's gradebook, then press “Send again”."
    ),
}
"""The same of what waits or failed, where it is known why."""


def advice(standing: Standing, cause: Cause | None) -> LazyString | None:
    """Say what a grade's standing means and what a trainer can do about it; a cause tells more of what is under way."""
    told = CAUSE.get(cause) if cause and standing in (Standing.DUE, Standing.FAILED) else None
    return told or ADVICE.get(standing)


def held(grade: Held) -> str | None:
    """Say what Moodle's gradebook holds, in Moodle's own points, and when that was read."""
    if grade.score is None:
        return None
    told = {"score": format_decimal(grade.score), "moment": moment(grade.read_at)}
    if grade.maximum is None:
        return str(gettext("In Moodle: %(score)s (read: %(moment)s)", **told))
    maximum = format_decimal(grade.maximum)
    return str(gettext("In Moodle: %(score)s of %(maximum)s (read: %(moment)s)", maximum=maximum, **told))


def name_of(one: Person | Participant) -> str:
    """Name somebody."""
    if one.name is None and one.number is None:
        return str(gettext("Participant without a number yet"))
    return display_name(one.name, one.number or 0)


def name_of_work(work: Work) -> str:
    """Name whose work it is."""
    match work.kind:
        case OwnerKind.GROUP:
            return group_name(work.name, work.number)
        case OwnerKind.COURSE:
            return str(gettext("The whole course"))
        case _:
            return display_name(work.name, work.number)
