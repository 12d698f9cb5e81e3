"""JSON that the page's script sends."""

from typing import TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, ValidationError

from lti_tool.exercises.forms import Unreadable


class Body(BaseModel):
    """What one request brings: these fields and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Sent = TypeVar("Sent", bound=Body)


def read(shape: type[Sent]) -> Sent:
    """Read what was sent.

    Raises:
        Unreadable: it has another shape.
    """
    try:
        return shape.model_validate(request.get_json(silent=True))
    except ValidationError as error:
        raise Unreadable("json_shape") from error
