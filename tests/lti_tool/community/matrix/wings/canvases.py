"""Between canvases and the community: what belongs to an exercise's page isn't there in the community's launches."""

from tests.lti_tool.community.matrix.cells import Line, view

WAITS = {"up": "A 403", "hidden": "403", "deleted": "403", "nameless": "403", "locked": "403"}
"""Only who wrote a need asks others to work on it, while it waits; nobody has asked yet."""
NOBODY_ASKED = dict.fromkeys(WAITS, "404")
AT_EXERCISES = (("GET", "show"), ("GET", "edit"), ("POST", "answer"), ("POST", "publish"), ("POST", "withdraw"))

LINES = [
    view("carrying.choose", any="404"),
    Line(endpoint="carrying.write", method="POST", cells={"any": "404"}),
    Line(endpoint="carrying.publish", method="POST", cells={"any": "404"}),
    Line(endpoint="carrying.go", about="posts", cells=NOBODY_ASKED),
    *(Line(endpoint=f"agreeing.{name}", method=method, cells={"any": "404"}) for method, name in AT_EXERCISES),
    Line(endpoint="joint.show", about="posts", cells=WAITS),
    Line(endpoint="joint.ask", method="POST", about="posts", cells={**WAITS, "up": "A422 403"}),
    Line(endpoint="joint.answer", method="POST", about="posts", cells=NOBODY_ASKED, form={"says": "yes"}),
    Line(endpoint="joint.withdraw", method="POST", about="posts", cells=NOBODY_ASKED),
]
