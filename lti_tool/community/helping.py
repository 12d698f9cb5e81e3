"""What stands around a need, for the pages that show it: offers of help, what came of it, and the forms for both."""

from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.clock import now
from lti_tool.community import rules
from lti_tool.community.forms import Form
from lti_tool.community.offers import forms as offer_forms
from lti_tool.community.offers import store as offers
from lti_tool.community.offers.rules import Offer
from lti_tool.community.outcomes import forms as outcome_forms
from lti_tool.community.outcomes import rules as outcome_rules
from lti_tool.community.outcomes import store as outcomes
from lti_tool.community.outcomes.rules import Outcome
from lti_tool.community.outcomes.store import Question
from lti_tool.community.posts import Post
from lti_tool.community.store import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was sent from a need's page and could not be taken: its forms come back, and a sentence says why."""

    offer: Form | None = None
    outcome: Form | None = None
    held: Form | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of a need, and whose help it goes back to."""

    outcome: Outcome
    helpers: Sequence[Offer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """What stands around a need."""

    offers: Sequence[Offer]
    """Without those that were withdrawn."""
    told: Sequence[Told]
    """The newest first."""
    question: Outcome | None
    """What the reader is asked about: whether it still holds."""
    failed: Outcome | None
    """What the reader said that it doesn't hold."""
    is_my_help_accepted: bool
    offering: Form
    closing: Form
    holding: Form | None
    notice: str | None

    @property
    def count(self) -> int:
        """Tell how many offers everybody can read."""
        return sum(offer.is_up for offer in self.offers)

    @property
    def accepted(self) -> Sequence[Offer]:
        """Give the offers that count as accepted."""
        return [offer for offer in self.offers if offer.is_accepted]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What somebody finds above the list: help of theirs that was accepted, outcomes of theirs to look back at."""

    accepted: Sequence[Post]
    questions: Sequence[Question]


def around(visit: Visit, post: Post, typed: Typed) -> Helping | None:
    """Give what stands around a need; around another post there is nothing, unless somebody's text must come back."""
    is_typed = typed.offer or typed.outcome or typed.held
    if not post.kind.takes_help and not is_typed:
        return None
    found = [offer for offer in offers.find(visit.key, post.id) if not offer.is_deleted]
    told = [Told(outcome=one, helpers=outcomes.credited(one, found)) for one in outcomes.find(visit.key, post.id)]
    current = next((one.outcome for one in told if one.outcome.is_current), None)
    asked = current if current and outcome_rules.is_due(visit.reader, post, current, now()) else None
    mine = [offer for offer in found if offer.is_accepted and rules.is_author(visit.reader, offer)]
    return Helping(
        offers=found,
        told=told,
        question=asked,
        failed=current if current and outcome_rules.failed(current) else None,
        is_my_help_accepted=bool(mine),
        offering=typed.offer or offer_forms.blank(),
        closing=typed.outcome or outcome_forms.blank(),
        holding=typed.held or (outcome_forms.of_later(asked) if asked else None),
        notice=typed.notice,
    )


def news(visit: Visit) -> News:
    """Give what stands above the list."""
    return News(accepted=offers.find_accepted(visit), questions=outcomes.find_questions(visit, now()))
