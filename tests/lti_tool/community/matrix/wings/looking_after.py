"""What members report, and what trainers do about it."""

from tests.lti_tool.community.matrix.cells import Line, view
from tests.lti_tool.community.matrix.wings.core import BY_SORT, EVERY_PIECE, HIDDEN

REPORTED = {"up": "PVF 403", "hidden": "404", "deleted": "404", "nameless": "PVF 403", "locked": "PVF 403"}
REPORTED_PIECE = {**REPORTED, "buried": "PVF 403"}
"""What is buried may still stand on a page that was opened before; a report shows nothing of it."""
REPORTED_BY_SORT = {
    "posts": REPORTED,
    "replies": REPORTED_PIECE,
    "offers": {state: cell.replace("PVF", "AVF") for state, cell in REPORTED_PIECE.items()},
    "outcomes": {state: cell for state, cell in REPORTED_PIECE.items() if state != "deleted"},
    "translations": REPORTED_PIECE,
}

LINES = [
    view("caring.show", any="TF 403"),
    view("caring.show_log", any="TF 403"),
    *(Line(endpoint="caring.show_report", about=sort, cells=cells) for sort, cells in REPORTED_BY_SORT.items()),
    *(
        Line(endpoint="caring.report", method="POST", about=sort, cells=cells, form={"why": "other"})
        for sort, cells in REPORTED_BY_SORT.items()
    ),
    *(
        Line(
            endpoint="caring.leave",
            method="POST",
            about=sort,
            cells=dict.fromkeys(cells, "T 403"),
        )
        for sort, cells in BY_SORT.items()
    ),
    Line(endpoint="caring.show_move", about="replies", cells=EVERY_PIECE, shows=True),
    Line(
        endpoint="caring.move",
        method="POST",
        about="replies",
        cells=EVERY_PIECE,
        form={"post": "{elsewhere}", "reason": "Typed reason"},
    ),
    Line(endpoint="merging.show_merge", about="posts", cells=HIDDEN),
    Line(
        endpoint="merging.merge",
        method="POST",
        about="posts",
        cells=HIDDEN,
        form={"post": "{elsewhere}", "reason": "Typed reason"},
    ),
    Line(endpoint="merging.show_split", about="replies", cells=EVERY_PIECE, shows=True),
    Line(
        endpoint="merging.split",
        method="POST",
        about="replies",
        cells=EVERY_PIECE,
        form={"kind": "tool", "title": "Typed title", "reason": "Typed reason"},
    ),
    Line(endpoint="caring.lock", method="POST", about="posts", cells=HIDDEN, form={"reason": "Typed reason"}),
    Line(endpoint="caring.unlock", method="POST", about="posts", cells=HIDDEN),
    Line(endpoint="caring.pin", method="POST", about="posts", cells={**HIDDEN, "hidden": "403"}),
    Line(endpoint="caring.unpin", method="POST", about="posts", cells=HIDDEN),
    Line(endpoint="caring.look_at", method="POST", cells={"any": "APVTF"}, form={"deed": "{deed}"}),
]
