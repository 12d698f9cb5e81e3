"""Pages of the tool in a frame of another site, to which alone the browser gives the session's cookie."""

from urllib.parse import quote

from playwright.sync_api import BrowserContext, Frame, Page
from werkzeug import Request, Response

from lti_tool.lti.launch.session import COOKIE


@Request.application
def platform(request: Request) -> Response:
    """Show what is asked for in a frame, as a platform does."""
    shown = (
        f'<!doctype html><title>Moodle</title><iframe src="{request.args["shown"]}" width="1000" height="900"></iframe>'
    )
    return Response(shown, content_type="text/html")


def in_a_frame(page: Page, profile: BrowserContext, issuer: str) -> Frame:
    """Show what a page shows in a frame of a platform."""
    address = page.url
    _let_the_cookie_into_the_frame(profile, page)
    page.goto(f"{issuer}/?shown={quote(address)}")
    page.frame_locator("iframe").locator("main").wait_for()
    [frame] = page.main_frame.child_frames
    return frame


def _let_the_cookie_into_the_frame(profile: BrowserContext, page: Page) -> None:
    [cookie] = [one for one in profile.cookies(page.url) if one.get("name") == COOKIE]
    given = {name: value for name, value in cookie.items() if name in ("name", "value", "domain", "path")}
    partition = {"topLevelSite": "http://localhost", "hasCrossSiteAncestor": True}
    profile.clear_cookies()
    profile.new_cdp_session(page).send(
        "Network.setCookie", {**given, "secure": True, "sameSite": "None", "partitionKey": partition}
    )
