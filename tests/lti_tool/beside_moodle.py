"""The tool beside a miniature of Moodle, each on a port of loopback, where the other reaches it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask

from lti_tool.clock import now
from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.faults import Fault, Lasting
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import Tool
from lti_tool.lti import registry
from lti_tool.lti.registry import Granted
from lti_tool.lti.tables import SiteRow
from tests.listening import Late, listening
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.platform import CLIENT_ID, signing_key
from tests.lti_tool.ticking import Ticker


@dataclass(kw_only=True)
class Neighbours:
    """The tool and the miniature, and the clock of the tool."""

    tool: Flask
    moodle: Flask
    ticker: Ticker

    @property
    def site(self) -> Site:
        site: Site = self.moodle.extensions["moodle"]
        return site

    def order(self, name: str, *faults: Fault | Lasting) -> None:
        """Order what an endpoint of Moodle's answers next; nothing: that it works again."""
        self.moodle.extensions["faults"][name] = list(faults)


@contextmanager
def beside_moodle(database_url: str, ticker: Ticker, **settings: str) -> Iterator[Neighbours]:
    """Run the tool and a miniature, which don't know each other yet."""
    late_tool, late_moodle = Late(), Late()
    with listening(late_tool) as tool_url, listening(late_moodle) as moodle_url:
        moodle = late_moodle.app = create_moodle(MoodleSettings(wwwroot=moodle_url, private_key_pem=_moodle_key()))
        tool = late_tool.app = make_app(database_url, ticker, PUBLIC_URL=tool_url, **settings)
        try:
            yield Neighbours(tool=tool, moodle=moodle, ticker=ticker)
        finally:
            close_app(tool)
            moodle.extensions["moodle"].close()


def _moodle_key() -> str:
    return signing_key("moodle").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def tell_moodle(pair: Neighbours, **services: object) -> int:
    """Let Moodle know the tool, with its services set; give the tool's number there."""
    url: str = pair.tool.config["PUBLIC_URL"]
    known = Tool(
        client_id=CLIENT_ID,
        name="MedTOWN",
        base_url=f"{url}/lti/launch",
        domain=url.removeprefix("http://"),
        login_url=f"{url}/lti/login",
        redirect_uris=f"{url}/lti/launch",
        keyset_url=f"{url}/lti/keys",
        active=True,
        **services,
    )
    with pair.site.session() as session:
        session.add(known)
        session.flush()
        return known.id


def tell_tool(site: Site, tool_id: int) -> SiteRow:
    """Let the tool know Moodle, in its own application context; give the row of the site."""
    granted = Granted(
        client_id=CLIENT_ID,
        deployment_id=str(tool_id),
        authorization_endpoint=site.url("/mod/lti/auth.php"),
        token_endpoint=site.url("/mod/lti/token.php"),
        token_audience=None,
        jwks_uri=site.url("/mod/lti/certs.php"),
    )
    row = registry.site(site.settings.wwwroot)
    registry.grant(row, granted, approved=True, now=now())
    return row
