"""The tool beside a miniature of Moodle, each on a port of loopback, where the other reaches it."""

from collections.abc import Iterator
from contextlib import contextmanager

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask

from lti_tool.clock import now
from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import Tool
from lti_tool.lti import registry
from lti_tool.lti.registry import Granted
from lti_tool.lti.tables import SiteRow
from tests.listening import Late, listening
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.signing import CLIENT_ID, signing_key
from tests.lti_tool.ticking import Ticker


@contextmanager
def beside_moodle(database_url: str, ticker: Ticker, **settings: str) -> Iterator[tuple[Flask, Flask]]:
    """Run the tool and a miniature, which don't know each other yet; give both."""
    late_tool, late_moodle = Late(), Late()
    with listening(late_tool) as tool_url, listening(late_moodle) as moodle_url:
        moodle = late_moodle.app = create_moodle(MoodleSettings(wwwroot=moodle_url, private_key_pem=_moodle_key()))
        tool = late_tool.app = make_app(database_url, ticker, PUBLIC_URL=tool_url, **settings)
        try:
            yield tool, moodle
        finally:
            close_app(tool)
            moodle.extensions["moodle"].close()


def _moodle_key() -> str:
    return signing_key("moodle").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def tell_moodle(site: Site, tool: Flask, **services: object) -> int:
    """Let Moodle know the tool, with its services set; give the tool's number there."""
    url: str = tool.config["PUBLIC_URL"]
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
    with site.session() as session:
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
