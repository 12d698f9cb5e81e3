"""A site that is called over the wire."""

import pytest

from tests.lti_tool.demo.classroom import Classroom
from tests.lti_tool.demo.webservice.calling import give_token


@pytest.fixture
def site(empty_classroom: Classroom) -> Classroom:
    """Give a course with people, and a token of the administrator's."""
    give_token(empty_classroom)
    return empty_classroom
