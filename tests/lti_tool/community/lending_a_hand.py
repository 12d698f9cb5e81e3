"""What browsers without JavaScript send around a need: offers of help, and what came of it."""

from tests.lti_tool.community.talking import new_id
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of


def offer_form(text: str = "I can show you ours.", **given: str) -> dict[str, str]:
    """Give the fields of an offer's form."""
    words = {"text": text, "available": "on Thursdays", "language": "en"}
    return {"id": new_id(), "version": "0", **words, **given}


def offer(client: Client, post_id: str, text: str = "I can show you ours.", **given: str) -> str:
    """Offer help and insist that it arrived; give the offer's id."""
    form = offer_form(text, **given)
    answer = client.post(f"community/posts/{post_id}/offers", **form)
    assert answer.status_code == 303, words_of(answer)
    return form["id"]


def accept(client: Client, offer_id: str, version: int = 1) -> int:
    """Accept an offer; give the answer's status."""
    return client.post(f"community/offers/{offer_id}/accepted", version=str(version)).status_code


def outcome_form(text: str = "Ten people exchange hours.", **given: str) -> dict[str, str]:
    """Give the fields of an outcome's form."""
    return {"id": new_id(), "version": "0", "text": text, "language": "en", **given}


def close(client: Client, post_id: str, text: str = "Ten people exchange hours.", **given: str) -> str:
    """Say what came of a need and insist that it closed it; give the outcome's id."""
    form = outcome_form(text, **given)
    answer = client.post(f"community/posts/{post_id}/outcome", **form)
    assert answer.status_code == 303, words_of(answer)
    return form["id"]


def held_form(held: str = "yes", text: str = "It grows.", **given: str) -> dict[str, str]:
    """Give the fields of the question whether it held."""
    return {"held": held, "text": text, "language": "en", "version": "1", **given}
