"""What everybody has of their own, guests too, whatever they opened: what is kept of them, and what they are called.

What a copy says, which is packed, `tests/lti_tool/privacy` has.
"""

from tests.lti_tool.community.matrix.cells import Line

EVERYBODY = {"any": "APVTF"}

LINES = [
    Line(endpoint="privacy.show", cells=EVERYBODY, is_theirs=True),
    Line(endpoint="privacy.copy", cells=EVERYBODY, is_theirs=True),
    Line(endpoint="naming.show", cells=EVERYBODY, is_theirs=True),
    Line(endpoint="naming.choose", method="POST", cells=EVERYBODY, form={"name": "Somebody Else"}, is_theirs=True),
]
