"""All that is kept of people, in the order in which their page tells it: a room each, and a line for each room.

What stands on something else comes behind it, so that erasing goes through it backwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.community import personal as community
from lti_tool.community.agreeing import personal as agreeing
from lti_tool.community.calendar import personal as calendar
from lti_tool.community.caring import personal as caring
from lti_tool.community.carrying import personal as carrying
from lti_tool.community.connectors import personal as connectors
from lti_tool.community.digest import personal as digest
from lti_tool.community.files import personal as files
from lti_tool.community.following import personal as following
from lti_tool.community.history import personal as history
from lti_tool.community.joint import personal as joint
from lti_tool.community.offers import personal as offers
from lti_tool.community.outcomes import personal as outcomes
from lti_tool.community.translating import personal as translating
from lti_tool.community.visits import personal as visits
from lti_tool.delivery import personal as delivery
from lti_tool.exercises import personal as exercises
from lti_tool.exercises.bringing import personal as bringing
from lti_tool.exercises.photos import personal as photos
from lti_tool.exercises.self_review import personal as self_review
from lti_tool.exports import personal as exports
from lti_tool.groups import personal as groups
from lti_tool.learning import personal as learning
from lti_tool.lti.launch import personal as launch
from lti_tool.personal import Kept
from lti_tool.referral import personal as referral
from lti_tool.results import personal as results
from lti_tool.reviews import personal as reviews
from lti_tool.reviews.own_marks import personal as own_marks
from lti_tool.reviews.sentences import personal as sentences
from lti_tool.roster import personal as roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the page."""

    title: LazyString
    rooms: Sequence[Sequence[Kept]]

    @property
    def kept(self) -> Iterator[Kept]:
        """Go through what is kept."""
        return (kept for room in self.rooms for kept in room)


PARTS = (
    Part(title=lazy_gettext("You and your courses"), rooms=(launch.KEPT, roster.KEPT, groups.KEPT)),
    Part(
        title=lazy_gettext("Units and exercises"),
        rooms=(
            learning.KEPT,
            referral.KEPT,
            delivery.KEPT,
            results.KEPT,
            exercises.KEPT,
            photos.KEPT,
            bringing.KEPT,
            self_review.KEPT,
            reviews.KEPT,
            own_marks.KEPT,
            sentences.KEPT,
            exports.KEPT,
        ),
    ),
    Part(
        title=lazy_gettext("Community"),
        rooms=(
            community.KEPT,
            offers.KEPT,
            outcomes.KEPT,
            translating.KEPT,
            history.KEPT,
            files.KEPT,
            visits.KEPT,
            following.KEPT,
            digest.KEPT,
            calendar.KEPT,
            connectors.KEPT,
            caring.KEPT,
            carrying.KEPT,
            agreeing.KEPT,
            joint.KEPT,
        ),
    ),
)
OF_NOBODY = frozenset(
    {
        "sites",
        "registrations",
        "deployments",
        "invitations",
        "courses",
        "placements",
        "handed_back",
        "roster_addresses",
        "attempts",
        "access_tokens",
        "tool_keys",
        "paces",
        "workers",
        "results",
        "rosters",
        "groups",
        "editions",
        "arrangements",
        "stages",
        "ballots",
        "communities",
        "post_words",
    }
)
"""Tables that name nobody. A new table stands here or in a room: a test holds to that."""

EVERYTHING = tuple(kept for part in PARTS for kept in part.kept)
