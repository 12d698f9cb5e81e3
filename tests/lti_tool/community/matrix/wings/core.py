"""Posts and replies, and what happens to a piece as a whole."""

from tests.lti_tool.community.matrix.cells import Line, view

WORDS = {"title": "Typed title", "text": "Typed text", "language": "en", "kind": "need"}
NEW = {"id": "{new}", "version": "0", **WORDS}
CHANGED = {"version": "{version}", **WORDS}
SORTS = ("posts", "replies", "offers", "outcomes", "translations")

OPENED = {"up": "APVTF", "hidden": "APVTF", "deleted": "404", "nameless": "APVTF", "locked": "APVTF"}
"""What is hidden keeps its place for the reply that everybody can read; nobody replied to what is deleted."""
OWN_POST = {"up": "A 403", "hidden": "A 403", "deleted": "A404 403", "nameless": "A 403", "locked": "A 403"}
OWN_PIECE = {**OWN_POST, "buried": "A 403"}
MARKED = {"up": "AT 403", "hidden": "AT 403", "deleted": "403", "nameless": "AT 403", "locked": "AT 403"}
HIDDEN = {"up": "T 403", "hidden": "T 403", "deleted": "403", "nameless": "T 403", "locked": "T 403"}
EVERY_PIECE = {**HIDDEN, "buried": "T 403"}
OUTCOMES = {state: cell for state, cell in EVERY_PIECE.items() if state != "deleted"}
"""Nobody deletes what came of a need."""
BY_SORT = {**dict.fromkeys(SORTS, EVERY_PIECE), "posts": HIDDEN, "outcomes": OUTCOMES}

LINES = [
    view("lti.open_activity", any="APVTF"),
    view("community.show_list", any="APVTF"),
    view("community.begin", any="APVTF"),
    Line(endpoint="community.publish", method="POST", cells={"any": "APVTF"}, form=NEW),
    Line(endpoint="community.show_thread", about="posts", cells=OPENED, shows=True),
    Line(endpoint="community.show_thread", about="posts", cells=OPENED, query="quote={id}"),
    Line(
        endpoint="community.reply",
        method="POST",
        about="posts",
        cells={"up": "APVTF", "hidden": "409", "deleted": "409", "nameless": "APVTF", "locked": "409"},
        form=NEW,
    ),
    Line(endpoint="community.show_edit", about="posts", cells=OWN_POST, shows=True),
    Line(endpoint="community.show_edit", about="replies", cells=OWN_PIECE, shows=True),
    Line(
        endpoint="community.edit_post",
        method="POST",
        about="posts",
        cells={**OWN_POST, "deleted": "A409 403"},
        form=CHANGED,
    ),
    Line(
        endpoint="community.edit_reply",
        method="POST",
        about="replies",
        cells={**OWN_PIECE, "deleted": "A409 403"},
        form=CHANGED,
    ),
    *(
        Line(
            endpoint="community.delete",
            method="POST",
            about=sort,
            cells={
                state: cell.replace("A404", "A") for state, cell in (OWN_POST if sort == "posts" else OWN_PIECE).items()
            },
        )
        for sort in ("posts", "replies", "translations")
    ),
    Line(
        endpoint="community.delete",
        method="POST",
        about="offers",
        cells=dict.fromkeys(OWN_PIECE, "P 403"),
    ),
    *(
        Line(
            endpoint=f"community.{action}",
            method="POST",
            about=sort,
            cells=cells,
            form={"reason": "Typed reason"},
        )
        for action in ("hide", "bring_back")
        for sort, cells in BY_SORT.items()
    ),
    Line(endpoint="community.mark_answered", method="POST", about="posts", cells=MARKED, form={"reply": "{reply}"}),
    Line(endpoint="community.reopen", method="POST", about="posts", cells=MARKED),
]
