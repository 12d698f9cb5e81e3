"""The forms that a file has: a new one is its module, how the press makes it, and a line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lti_tool.exports import printing, tabling
from lti_tool.exports.gathered import Gathered
from lti_tool.exports.telling import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a file of this form is, and how a piece of work goes into it."""

    name: str
    """Also the end of the file's name, and its maker's in the press."""
    mimetype: str
    shows_photos: bool
    piece: Callable[[Gathered, Reader], Mapping[str, Any]]


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form(name="pdf", mimetype="application/pdf", shows_photos=True, piece=printing.piece),
        Form(name="csv", mimetype="text/csv", shows_photos=False, piece=tabling.piece),
    )
}
