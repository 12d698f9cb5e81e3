"""Which tool an address belongs to, by Moodle's rules (`mod/lti/locallib.php`)."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.tables import Activity, Tool

DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([^/]+)(?:/|$)", re.IGNORECASE)
SAME_ADDRESS = 2
BELOW_ADDRESS = 1


def domain_of(url: str) -> str:
    """Cut host and port out of an address; `www.` does not count."""
    found = DOMAIN.search(url)
    return found[1] if found else ""


def address_print(url: str) -> str:
    """Make an address comparable: lower case, no scheme, no port."""
    parts = urlsplit((url if re.match("https?://", url) else f"http://{url}").lower())
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}/{parts.path}" + (f"?{parts.query}" if parts.query else "")


def best_match(url: str, tools: Sequence[Tool]) -> Tool | None:
    """Choose the tool with the same address, else one whose address the other begins with."""
    wanted = address_print(url)
    ranked = sorted(tools, key=lambda tool: -_likeness(wanted, tool))
    return ranked[0] if ranked and _likeness(wanted, ranked[0]) else None


def tools_of_domain(session: Session, url: str) -> Sequence[Tool]:
    """Find the tools of an address's domain, pending ones too."""
    return session.scalars(select(Tool).where(Tool.domain == domain_of(url)).order_by(Tool.id)).all()


def tool_of(session: Session, activity: Activity) -> Tool | None:
    """Find an activity's tool: by id, or, where it has none, an active one that matches its address.

    A deleted tool is not replaced by another of its domain: the id goes on pointing nowhere.
    """
    if activity.tool_id is not None:
        return session.get(Tool, activity.tool_id)
    candidates = [tool for tool in tools_of_domain(session, activity.tool_url) if tool.active]
    return best_match(activity.tool_url, candidates)


def _likeness(wanted: str, tool: Tool) -> int:
    own = address_print(tool.base_url)
    if wanted == own:
        return SAME_ADDRESS
    return BELOW_ADDRESS if wanted.startswith(own) else 0
