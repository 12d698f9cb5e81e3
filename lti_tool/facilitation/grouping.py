"""Where a trainer names the groups of an exercise, and makes groups here, by hand or at random."""

from random import SystemRandom

from flask import Blueprint
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.errors import NotFound
from lti_tool.exercises import arrangements, opened
from lti_tool.facilitation import arranging_forms as forms
from lti_tool.facilitation import arranging_store as store
from lti_tool.facilitation import arranging_wording as wording
from lti_tool.facilitation import grouping_rules as rules
from lti_tool.facilitation.arranging import done, groups_of, made_of, overtaken, people_of, refused
from lti_tool.facilitation.arranging_forms import NAME, Kept
from lti_tool.facilitation.grouping_rules import Obstacle
from lti_tool.groups import made
from lti_tool.groups import store as groups
from lti_tool.lti.launch.session import PREFIX, require_trainer

blueprint = Blueprint("grouping", __name__)
NAMES, HAND, RANDOM = "names", "hand", "random"
"""The forms of the page, and where they stand in it."""


@blueprint.post(PREFIX + "/arrangement/names")
def rename() -> ResponseReturnValue:
    """Keep what the trainer calls the groups; a name that is taken away leaves the number."""
    session, slug, names = require_trainer(), opened.slug(), forms.names()
    if not store.begin_change(session.course_id, slug, forms.version()):
        return overtaken(slug, Kept(names=names, form=NAMES))
    saved = arrangements.find(session.course_id, slug)
    known = {one.id: one.name or "" for one in groups_of(saved, people_of(slug), made_of(slug))}
    if not names.keys() <= known.keys():
        raise NotFound("group_unknown")
    if too_long := [one for one, name in names.items() if len(name) > rules.LONGEST_NAME]:
        problems = {f"{NAME}{one}": wording.name_too_long() for one in too_long}
        return refused(slug, Kept(names=names, problems=problems, form=NAMES))
    groups.rename(session.course_id, {one: name or None for one, name in names.items() if name != known[one]})
    return done(NAMES)


@blueprint.post(PREFIX + "/arrangement/members")
def put() -> ResponseReturnValue:
    """Put people into groups as the trainer chose for each."""
    session, slug, choices = require_trainer(), opened.slug(), forms.choices()
    if not store.begin_change(session.course_id, slug, forms.version()):
        return overtaken(slug, Kept(choices=choices, form=HAND))
    those_made = made_of(slug)
    moved = rules.moved(choices, those_made, {person.id for person in groups.people(session.course_id, slug)})
    if moved is None:
        raise NotFound("group_or_person_unknown")
    unused = made.new_ones(session.course_id, slug, those_made.free)
    new = {choice: next(unused) for choice in sorted(set(moved.values()) & set(rules.NEW))}
    ids = {person: new.get(choice) or (int(choice) if choice else None) for person, choice in moved.items()}
    made.put(session.course_id, slug, ids)
    return done(HAND)


@blueprint.post(PREFIX + "/arrangement/random")
def share_out() -> ResponseReturnValue:
    """Share people out to groups by chance: those who are in none, or everybody anew."""
    session, slug, chance = require_trainer(), opened.slug(), forms.chance()
    if not store.begin_change(session.course_id, slug, forms.version()):
        return overtaken(slug, Kept(chance=chance, form=RANDOM))
    those_made, people = made_of(slug), people_of(slug)
    here = rules.here(people, store.present(session.course_id, slug), chance.within, now())
    shares = rules.share(chance, those_made, {one.id for one in people}, here, SystemRandom())
    if isinstance(shares, Obstacle):
        return refused(slug, Kept(chance=chance, problems={RANDOM: str(wording.OBSTACLE[shares])}, form=RANDOM))
    made.share(session.course_id, slug, shares, rules.unused(chance, those_made))
    return done(RANDOM)
