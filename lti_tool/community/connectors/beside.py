"""What a connector reads on the community's other pages."""

from collections.abc import Mapping

from lti_tool.clock import now
from lti_tool.community.connectors import store
from lti_tool.community.posts import Author
from lti_tool.community.store import Visit
from lti_tool.lti.launch.session import display_name


def of_list(visit: Visit) -> Mapping[str, object]:
    """Give the list what waits for the reader as a connector."""
    return {"neglected": store.waiting(visit, now()), "now": now()}


def person_name(person: Author) -> str:
    """Write the name of a member who isn't shown as the author of anything."""
    return display_name(person.name, person.number)
