"""Meetings: those here are about posts, which the author planned and which have begun."""

from tests.lti_tool.community.matrix.cells import Line, view

MEETING = {
    "id": "{new}",
    "version": "{version}",
    "title": "Typed title",
    "minutes": "45",
    "place": "Typed place",
    "language": "en",
    "starts_at": "{soon}",
}
CHANGED = {
    "up": "AT 403",
    "hidden": "A404 T404 403",
    "deleted": "A404 T404 403",
    "nameless": "AT 403",
    "locked": "AT 403",
}

LINES = [
    view("calendar.show", any="APVTF"),
    view("calendar.begin", any="TF 403"),
    Line(
        endpoint="calendar.begin",
        about="posts",
        query="post={id}",
        cells={"up": "ATF 403", "hidden": "403", "deleted": "404", "nameless": "ATF 403", "locked": "ATF 403"},
    ),
    Line(endpoint="calendar.begin", about="meetings", query="again={id}", cells=CHANGED),
    Line(endpoint="calendar.plan", method="POST", cells={"any": "TF 403"}, form=MEETING),
    Line(
        endpoint="calendar.plan",
        method="POST",
        about="posts",
        cells={"up": "ATF 403", "hidden": "403", "deleted": "403", "nameless": "ATF 403", "locked": "ATF 403"},
        form={**MEETING, "post": "{id}"},
    ),
    Line(endpoint="calendar.show_edit", about="meetings", cells=CHANGED, shows=True),
    Line(endpoint="calendar.change", method="POST", about="meetings", cells=CHANGED, form=MEETING),
    Line(
        endpoint="calendar.cancel",
        method="POST",
        about="meetings",
        cells=dict.fromkeys(CHANGED, "AT 403"),
    ),
    Line(
        endpoint="calendar.show_notes",
        about="meetings",
        cells={"up": "AT 403", "hidden": "403", "deleted": "403", "nameless": "AT 403", "locked": "403"},
        shows=True,
    ),
    Line(
        endpoint="calendar.bring_notes",
        method="POST",
        about="meetings",
        cells={
            "up": "AT 403",
            "hidden": "A409 T409 403",
            "deleted": "A409 T409 403",
            "nameless": "AT 403",
            "locked": "A409 T409 403",
        },
        form={"id": "{new}", "version": "0", "text": "Typed text", "language": "en"},
    ),
]
