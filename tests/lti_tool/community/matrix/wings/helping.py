"""Offers of help, and what came of needs."""

from tests.lti_tool.community.matrix.cells import Line
from tests.lti_tool.community.matrix.wings.core import CHANGED, NEW

OWN_OFFER = {
    "up": "P 403",
    "hidden": "P 403",
    "deleted": "P404 403",
    "nameless": "P 403",
    "locked": "P 403",
    "buried": "P 403",
}
OF_NEED = {
    "up": "AT 403",
    "hidden": "A409 T409 403",
    "deleted": "A409 T409 403",
    "nameless": "AT 403",
    "locked": "AT 403",
    "buried": "AT 403",
}
OWN_OUTCOME = {"up": "A 403", "hidden": "A 403", "nameless": "A 403", "locked": "A 403", "buried": "A 403"}
ASKED = {"version": "1", "held": "yes", "text": "Typed text", "language": "en"}

LINES = [
    Line(
        endpoint="offers.make",
        method="POST",
        about="posts",
        cells={
            "up": "PVTF A403",
            "hidden": "A403 409",
            "deleted": "A403 409",
            "nameless": "PVTF A403",
            "locked": "A403 409",
        },
        form=NEW,
    ),
    Line(endpoint="offers.show_edit", about="offers", cells=OWN_OFFER, shows=True),
    Line(
        endpoint="offers.edit", method="POST", about="offers", cells={**OWN_OFFER, "deleted": "P409 403"}, form=CHANGED
    ),
    Line(endpoint="offers.accept", method="POST", about="offers", cells=OF_NEED, form={"version": "{version}"}),
    Line(
        endpoint="offers.take_back",
        method="POST",
        about="offers",
        cells=dict.fromkeys(OF_NEED, "AT 403"),
    ),
    Line(
        endpoint="outcomes.close",
        method="POST",
        about="posts",
        cells={"up": "AT 403", "hidden": "AT 403", "deleted": "A409 403", "nameless": "AT 403", "locked": "AT 403"},
        form=NEW,
    ),
    Line(endpoint="outcomes.show_edit", about="outcomes", cells=OWN_OUTCOME, shows=True),
    Line(endpoint="outcomes.edit", method="POST", about="outcomes", cells=OWN_OUTCOME, form=CHANGED),
    Line(endpoint="outcomes.show_held", about="outcomes", cells=OWN_OUTCOME),
    Line(endpoint="outcomes.say_held", method="POST", about="outcomes", cells=OWN_OUTCOME, form=ASKED),
    Line(endpoint="outcomes.dismiss", method="POST", about="outcomes", cells=OWN_OUTCOME),
]
