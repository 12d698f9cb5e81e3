"""Where a trainer arranges how an exercise is done in their course: with whom, in which groups, and when."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from content.text import pick
from lti_tool.clock import now
from lti_tool.community.joint import store as joint
from lti_tool.database import db
from lti_tool.exercises import arrangements, opened, stages
from lti_tool.exercises.modes import Arrangement
from lti_tool.facilitation import arranging_forms as forms
from lti_tool.facilitation import arranging_rules as rules
from lti_tool.facilitation import arranging_store as store
from lti_tool.facilitation import arranging_wording as wording
from lti_tool.facilitation.arranging_forms import Kept
from lti_tool.facilitation.arranging_rules import Typed
from lti_tool.facilitation.grouping_rules import LONGEST_NAME, NEW, Made, Within, here
from lti_tool.groups import made, members
from lti_tool.groups import store as groups
from lti_tool.groups.members import Person
from lti_tool.groups.rules import Group, Source
from lti_tool.groups.wording import name_of, never_told
from lti_tool.i18n import zone
from lti_tool.learning.store import reader_language
from lti_tool.lti.launch.session import PREFIX, current, display_name, require_trainer
from lti_tool.roster import store as rosters

blueprint = Blueprint("arranging", __name__)
SETTINGS, WISHES = "settings", "wishes"


@blueprint.get(PREFIX + "/arrangement")
def show() -> ResponseReturnValue:
    """Show how the exercise is done in this course, and everything that there is to choose."""
    require_trainer()
    return shown(opened.slug())


@blueprint.post(PREFIX + "/arrangement")
def arrange() -> ResponseReturnValue:
    """Keep how the exercise is done from now on; what was written stays."""
    session, slug, typed = require_trainer(), opened.slug(), forms.settings()
    if not store.begin_change(session.course_id, slug, forms.version()):
        return overtaken(slug, Kept(settings=typed, form=SETTINGS))
    saved = arrangements.find(session.course_id, slug)
    wanted, problems = rules.read(_known(typed), saved, zone())
    if problems:
        told = {problem.field: wording.wrong(problem.kind) for problem in reversed(problems)}
        return refused(slug, Kept(settings=typed, problems=told, form=SETTINGS))
    arrangements.choose(session.course_id, slug, wanted)
    if rules.begins_alone(saved, wanted):
        stages.change(session.course_id, slug, together_at=None)
    return done(SETTINGS)


def _known(typed: Typed) -> Typed:
    """Keep of the ticked groups those of this course."""
    course_id = current().course_id
    known = {group.platform_id for group in groups.of_platform(course_id, groups.people(course_id, opened.slug()))}
    return replace(typed, ticked=typed.ticked & known)


def done(form: str) -> ResponseReturnValue:
    """Keep the change, and show the page anew, which says so where the form stands."""
    db.session.commit()
    return redirect(url_for("facilitation.arranging.show", saved=form, _anchor=form), HTTPStatus.SEE_OTHER)


def refused(slug: str, kept: Kept) -> ResponseReturnValue:
    """Take the change back, and show what was typed with what stands in its way."""
    db.session.rollback()
    return shown(slug, kept), HTTPStatus.UNPROCESSABLE_ENTITY


def overtaken(slug: str, kept: Kept) -> ResponseReturnValue:
    """Take the change back, and show what was typed beside what somebody changed meanwhile."""
    db.session.rollback()
    return shown(slug, replace(kept, is_overtaken=True)), HTTPStatus.CONFLICT


def shown(slug: str, kept: Kept | None = None) -> str:
    """Show the page, and keep the groups in it that people named and nobody met yet: their numbers are in its forms."""
    answer = _page(slug, kept or Kept())
    db.session.commit()
    return answer


def people_of(slug: str) -> list[Person]:
    """Give the trainees of the course who ever came, in their order."""
    course_id = current().course_id
    roster = rosters.find(course_id)
    fetched_at = roster.fetched_at if roster else None
    participants = rosters.participants(course_id) if fetched_at else []
    return members.of_course(groups.people(course_id, slug), participants, fetched_at)


def made_of(slug: str) -> Made:
    """Give the groups that were made here for the exercise."""
    course_id = current().course_id
    wrote = {owner.group_id for owner in store.written(course_id, slug) if owner.group_id}
    return Made(groups=made.find(course_id, slug), members=made.members(course_id, slug), wrote=wrote)


def groups_of(saved: Arrangement, people: list[Person], those_made: Made) -> list[Group]:
    """Give the groups in which the exercise is done, or would be."""
    if saved.counting.source is Source.MADE:
        return list(those_made.shown)
    return list(groups.of_platform(current().course_id, people))


def _page(slug: str, kept: Kept) -> str:
    course_id = current().course_id
    saved, people, those_made = arrangements.find(course_id, slug), people_of(slug), made_of(slug)
    written, present = store.written(course_id, slug), store.present(course_id, slug)
    its_groups = groups_of(saved, people, those_made)
    exercise = opened.exercise()
    language, text = pick(exercise.texts, reader_language())
    return render_template(
        "facilitation/arrange.html",
        exercise=exercise,
        text=text,
        text_language=language,
        kept=kept,
        saved=saved,
        typed=kept.settings or rules.typed_of(saved, zone()),
        version=store.version(course_id, slug),
        zone=zone().key.replace("_", " "),
        written=list(wording.written(written)),
        wrote={owner.group_id for owner in written if owner.group_id},
        together_at=stages.find(course_id, slug).together_at,
        platform=groups.of_platform(course_id, people),
        are_told=groups.are_told(course_id),
        groups=its_groups,
        people=people,
        made=those_made,
        members=members.by_group(its_groups, people),
        troubled=members.troubled(people, saved.counting),
        wishes=joint.of_exercise(course_id, slug),
        here={within: len(here(people, present, within, now())) for within in Within},
        new=NEW,
        longest_name=LONGEST_NAME,
        name_of=name_of,
        never_told=never_told,
        display_name=display_name,
        wording=wording,
    )
