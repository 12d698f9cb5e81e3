"""What Moodle's columns hold: a text that is longer is an error of the database's, which says no more than that."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from lti_tool.demo.moodle.webservice.refusal import refuse

Lengths = Mapping[str, int]
ACCOUNT: Final[Lengths] = MappingProxyType({"username": 100, "firstname": 100, "lastname": 100, "idnumber": 255})
COURSE: Final[Lengths] = MappingProxyType({"fullname": 254, "shortname": 255, "idnumber": 100})
GROUP: Final[Lengths] = MappingProxyType({"name": 254, "idnumber": 100})
GROUPING: Final[Lengths] = MappingProxyType({"name": 255, "idnumber": 100})
COHORT: Final[Lengths] = MappingProxyType({"name": 254, "idnumber": 100})


def require_fit(lengths: Lengths, given: Mapping[str, Any]) -> None:
    """End the call where a text is too long for its column."""
    if any(len(given.get(column, "")) > length for column, length in lengths.items()):
        refuse("dmlwriteexception", "Error writing to database")
