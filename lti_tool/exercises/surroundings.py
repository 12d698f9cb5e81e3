"""What stands around a canvas's notes, for an open page that heard that it has changed."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from lti_tool.exercises import opened, pages
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("surroundings", __name__)


@blueprint.get(PREFIX + "/exercise/around")
def show() -> ResponseReturnValue:
    """Give it as a page shows it, with what it says of that state."""
    mark, pieces = pages.surroundings(opened.exercise(), opened.read_key())
    return {"mark": mark, "pieces": pieces}
