"""What browsers send to plan a meeting."""

from datetime import UTC, timedelta

from tests.lti_tool.community.talking import new_id
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def typed(ticker: Ticker, **later: float) -> str:
    """Write a moment from now on as a browser sends it, on the clock of UTC."""
    return (ticker() + timedelta(**later)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def meeting_form(ticker: Ticker, **given: str) -> dict[str, str]:
    """Give the fields of the form of a meeting three days from now."""
    words = {"title": "Peer assist", "minutes": "45", "place": "https://meet.example.org/x", "text": "Bring a story."}
    when = {"starts_at": typed(ticker, days=3)}
    return {"id": new_id(), "version": "0", "language": "en", **when, **words, **given}


def plan(client: Client, ticker: Ticker, **given: str) -> str:
    """Plan a meeting and insist that it was; give its id."""
    form = meeting_form(ticker, **given)
    answer = client.post("community/calendar", **form)
    assert answer.status_code == 303, words_of(answer)
    return form["id"]


def calendar(client: Client) -> str:
    """Read the calendar."""
    return words_of(client.get("community/calendar"))
