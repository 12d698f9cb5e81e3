"""What the form of an offer sends, and what it shows again when something is wrong."""

from collections.abc import Sequence
from uuid import uuid4

from flask import request

from lti_tool.community import forms
from lti_tool.community.forms import Form
from lti_tool.community.offers import rules
from lti_tool.community.offers.rules import Offer, OfferDraft
from lti_tool.community.typed import Problem, tidy_line


def blank() -> Form:
    """Make an empty form, with the id of the offer that will be made in it."""
    return Form(draft=OfferDraft(id=str(uuid4()), text="", language=forms.own_language()))


def of_offer(offer: Offer) -> Form:
    """Make a form that holds what is saved."""
    return Form(
        draft=OfferDraft(
            id=offer.id,
            text=offer.text,
            language=offer.language,
            available=offer.available,
            version=offer.version,
            is_nameless=offer.is_nameless,
        )
    )


def sent(offer_id: str) -> OfferDraft:
    """Read an offer."""
    words = forms.reply_sent(offer_id)
    available = tidy_line(request.form.get("available", ""))
    return OfferDraft(id=offer_id, text=words.text, language=words.language, version=words.version, available=available)


def problems(draft: OfferDraft) -> Sequence[Problem]:
    """Go through what keeps an offer from being published."""
    return list(rules.problems(draft, forms.known_languages()))
