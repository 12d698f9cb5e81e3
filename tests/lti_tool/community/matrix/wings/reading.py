"""What is read, and what somebody keeps for themselves: files, history, search, follows, translations, the digest."""

from tests.lti_tool.community.matrix.cells import Line, view
from tests.lti_tool.community.matrix.wings.core import CHANGED, NEW, OWN_PIECE

READ = {"up": "APVTF", "hidden": "AT 404", "deleted": "404", "nameless": "APVTF", "locked": "APVTF"}
READ_PIECE = {**READ, "buried": "APVTF"}
FORGET = {"up": "AT 403", "hidden": "AT 403", "deleted": "403", "nameless": "AT 403", "locked": "AT 403"}
NO_PICTURE = dict.fromkeys(READ_PIECE, "404")
OWN_TRANSLATION = {**OWN_PIECE, "buried": "A 403"}

LINES = [
    Line(endpoint="files.give", about="files", cells=READ_PIECE, shows=True),
    Line(endpoint="files.show", about="files", cells=NO_PICTURE),
    Line(endpoint="files.image", about="files", cells=NO_PICTURE, more={"size": "whole"}),
    Line(endpoint="history.show", about="posts", cells=READ),
    Line(endpoint="history.show", about="replies", cells=READ_PIECE),
    Line(endpoint="history.forget", method="POST", about="posts", cells=FORGET),
    Line(endpoint="history.forget", method="POST", about="replies", cells={**FORGET, "buried": "AT 403"}),
    view("finding.search", any="APVTF"),
    view("following.show", any="APVTF"),
    Line(endpoint="following.follow_tags", method="POST", cells={"any": "APVTF"}, form={"tag": "consent"}),
    Line(
        endpoint="following.follow",
        method="POST",
        about="posts",
        cells={**dict.fromkeys(READ, "APVTF"), "deleted": "404"},
        form={"on": "1"},
    ),
    Line(endpoint="translating.begin", about="posts", cells=READ, shows=True),
    Line(
        endpoint="translating.publish",
        method="POST",
        about="posts",
        cells={"up": "PVTF A409", "hidden": "409", "deleted": "409", "nameless": "PVTF A409", "locked": "PVTF A409"},
        form={**NEW, "language": "es"},
    ),
    Line(endpoint="translating.show_edit", about="translations", cells=OWN_TRANSLATION, shows=True),
    Line(
        endpoint="translating.edit",
        method="POST",
        about="translations",
        cells={**OWN_TRANSLATION, "deleted": "A409 403"},
        form=CHANGED,
    ),
    view("connectors.show", any="APVTF"),
    Line(
        endpoint="connectors.name",
        method="POST",
        cells={"any": "TF 403"},
        form={"territory": "{territory}", "person": "{person}"},
    ),
    Line(endpoint="connectors.end", method="POST", cells={"any": "PTF 403"}, form={"territory": "{looked_after}"}),
    view("digest.show", any="APVTF"),
    Line(endpoint="digest.choose", method="POST", cells={"any": "APVTF"}, form={"rhythm": "weekly", "weekday": "2"}),
]
