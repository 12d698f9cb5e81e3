"""Where a trainer makes a group of people who want to work on a need of the community together."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.community.joint import store as joint
from lti_tool.community.joint.rules import Wish
from lti_tool.errors import NotFound
from lti_tool.exercises import arrangements, opened
from lti_tool.exercises.modes import Mode
from lti_tool.facilitation import arranging_forms as forms
from lti_tool.facilitation import arranging_store as store
from lti_tool.facilitation import arranging_wording as wording
from lti_tool.facilitation.arranging import WISHES, done, made_of, overtaken, people_of, refused
from lti_tool.facilitation.arranging_forms import Kept
from lti_tool.groups import made
from lti_tool.groups.rules import Source
from lti_tool.lti.launch.session import PREFIX, require_trainer

blueprint = Blueprint("wishing", __name__)


@blueprint.post(PREFIX + "/arrangement/wishes")
def decide() -> ResponseReturnValue:
    """Make the group of those who agreed, or end the wish."""
    session, slug = require_trainer(), opened.slug()
    if not store.begin_change(session.course_id, slug, forms.version()):
        return overtaken(slug, Kept(form=WISHES))
    wished = joint.of_exercise(session.course_id, slug)
    wish = next((one for one in wished if str(one.id) == request.form.get("wish")), None)
    if wish is None:
        raise NotFound("wish_unknown")
    group_id = None
    if request.form.get("does") == "make":
        people = _people(wish, slug)
        if problem := _obstacle(people, slug):
            return refused(slug, Kept(problems={WISHES: problem}, form=WISHES))
        group_id = next(made.new_ones(session.course_id, slug, made_of(slug).free))
        made.put(session.course_id, slug, dict.fromkeys(people, group_id))
    if not joint.end(wish.id, now(), group_id):
        return overtaken(slug, Kept(form=WISHES))
    return done(WISHES)


def _people(wish: Wish, slug: str) -> list[int]:
    """Name those who agreed and still are in the course."""
    here = {person.id for person in people_of(slug)}
    return [one.person_id for one in wish.agreed if one.person_id in here]


def _obstacle(people: list[int], slug: str) -> str | None:
    """Say why no group can be made of these people."""
    saved, those_made = arrangements.find(require_trainer().course_id, slug), made_of(slug)
    if saved.mode is not Mode.GROUP or saved.counting.source is not Source.MADE:
        return str(wording.NOT_IN_MADE_GROUPS)
    if len(people) < 2:  # noqa: PLR2004 - one alone is no group
        return str(wording.NOBODY_LEFT)
    if any(those_made.members.get(person) in those_made.wrote for person in people):
        return str(wording.WRITES_ELSEWHERE)
    return None
