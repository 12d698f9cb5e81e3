"""What an administrator has to mend before a sync can work, in the words of Moodle's own menus."""

from collections.abc import Iterator
from dataclasses import dataclass

from moodle_sync.client import Client
from moodle_sync.functions import FUNCTIONS, GET_SITE_INFO, GET_USERS, SiteInfo
from moodle_sync.identity import GUEST

SERVICES = "Site administration > Server > Web services > External services > Functions"
RIGHTS = (
    "Site administration > Users > Permissions > Define roles, for a role that the token's account has in the system"
)
ASSIGN = "Site administration > Users > Permissions > Define roles > Allow role assignments"


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the report, and whether it must be mended."""

    text: str
    wrong: bool = False


def examine(client: Client) -> Iterator[Finding]:
    """Look at the site and the token without changing anything."""
    info = client.call(GET_SITE_INFO)
    yield Finding(f"Connected to {info.sitename}, Moodle {info.release}, as {info.username}.")
    missing = missing_functions(info)
    for name in missing:
        yield Finding(f"The token's service lacks {name}: add it in {SERVICES}.", wrong=True)
    if not missing:
        yield Finding("The token's service has all functions that are needed.")
    yield from _rights(info)
    if GET_USERS.name not in missing:
        yield from _sight(client)


def missing_functions(info: SiteInfo) -> list[str]:
    """List the functions that the token's service lacks."""
    there = {function.name for function in info.functions}
    return [function.name for function in FUNCTIONS if function.name not in there]


def needed_rights() -> list[str]:
    """List the rights that the functions take."""
    return sorted({right for function in FUNCTIONS for right in function.rights} | {"webservice/rest:use"})


def _rights(info: SiteInfo) -> Iterator[Finding]:
    """Moodle tells nobody's rights; only of an administrator is it known that none is missing."""
    if info.userissiteadmin:
        yield Finding(f"{info.username} is a site administrator and may do everything.")
    else:
        yield Finding(f"{info.username} is no site administrator. It needs these rights ({RIGHTS}):")
        yield from (Finding(f"  {right}") for right in needed_rights())
        yield Finding(f"It may only give the roles that are ticked for its own in {ASSIGN}.")


def _sight(client: Client) -> Iterator[Finding]:
    """Look for an account that every Moodle has, by name: who isn't shown looks as if they had no account."""
    if client.call(GET_USERS, field="username", values=[GUEST]):
        yield Finding("The token's account sees other people.")
    else:
        rights = "moodle/user:viewdetails and moodle/user:viewalldetails"
        yield Finding(f"The token's account can't see other people's names: give it {rights} ({RIGHTS}).", wrong=True)
