"""The ways in: login, launch, the key set, and what a launch opens."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from lti_tool.clock import now
from lti_tool.errors import LaunchRefused, NotAllowed, NotFound
from lti_tool.lti import registry
from lti_tool.lti.keys import tool_keys
from lti_tool.lti.launch import deep_linking, headers, limits, login_cookie, store
from lti_tool.lti.launch.activities import Opener, activities
from lti_tool.lti.launch.claims import Message
from lti_tool.lti.launch.session import PREFIX, current, set_cookie
from lti_tool.lti.launch.store import Begun
from lti_tool.lti.launch.tokens import TOO_LONG
from lti_tool.lti.launch.verify import Login, verify
from lti_tool.lti.platform.key_sets import KeySets
from lti_tool.lti.registry import Registered
from lti_tool.lti.roles import Role
from lti_tool.lti.secrets import hashed, new_secret
from lti_tool.lti.statements import Transaction

blueprint = Blueprint("lti", __name__)

LAUNCH = "/lti/launch"
ASKED_OF_ALL = "scope=openid&response_type=id_token&response_mode=form_post&prompt=none&"
"""What the question to every platform begins with (OpenID Connect Core, 3.1.2.1; LTI 1.3 security, 5.1.1.2)."""
LONGEST_HINT = 8_000
"""Characters of a hint that is sent back byte for byte."""
PLATFORM_REFUSED = lazy_gettext(
    "Moodle did not let you in: your Moodle login may have ended. Log in to Moodle and open the activity again."
)
NOT_SET_UP = lazy_gettext(
    "No activity was chosen for this place in the course yet. A trainer can delete it and add it again with "
    "“Select content”."
)
NO_ROLE = lazy_gettext(
    "Moodle did not say that you are a trainee or a trainer of this course. Ask whoever runs the course to give you "
    "one of these roles, and open the activity again."
)
COOKIES_OFF = lazy_gettext(
    "Your browser keeps no cookies of this page, not even in a tab of its own, and without them it cannot stay open. "
    "Allow cookies for it in the browser's settings, or use another browser, and open the activity again in Moodle."
)

ENTRANCES = {
    Message.RESOURCE_LINK: "lti.open_activity",
    Message.DEEP_LINKING: "lti.pick",
    Message.SUBMISSION_REVIEW: "lti.review",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRequest:
    """A platform's login initiation, as it came in."""

    iss: str
    login_hint: str
    target_link_uri: str
    client_id: str | None
    lti_message_hint: str | None
    is_awaited: bool
    """Whether our own page says it, which offers a tab and waits for what is chosen there."""


def launch_url() -> str:
    """Give the one address that platforms send messages to and that activities point to."""
    public_url: str = current_app.config["PUBLIC_URL"]
    return public_url + LAUNCH


def _see_other(address: str) -> Response:
    """Send a browser on, without the page that nobody sees and that would take a packet of its own."""
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": address})


@blueprint.get("/lti/keys")
def key_set() -> ResponseReturnValue:
    """Publish the tool's public keys."""
    return make_response(tool_keys.key_set())


@blueprint.route("/lti/login", methods=["GET", "POST"])
@limits.counting_failures()
def login() -> ResponseReturnValue:
    """Begin a login: record it, give the browser its cookies, and look whether they come back."""
    asked = _login_request()
    state, browser = new_secret(), new_secret()
    with Transaction(each_alone=True):
        registration = registry.find_registration(asked.iss, asked.client_id)
        headers.allow_framing_by(*registration.origins)
        store.add_login(state, _begun(asked, registration, browser), limits.address_hash(), now())
    response = _see_other(url_for("lti.go_on", state=state))
    login_cookie.put(response, state, browser)
    return response


def _login_request() -> LoginRequest:
    given = _given(request.args, _posted())
    asked = LoginRequest(
        iss=given.get("iss", ""),
        login_hint=given.get("login_hint", ""),
        target_link_uri=given.get("target_link_uri", ""),
        client_id=given.get("client_id") or None,
        lti_message_hint=given.get("lti_message_hint") or None,
        is_awaited="awaited" in given,
    )
    if not asked.iss or not asked.login_hint:
        raise LaunchRefused("login_incomplete")
    if any("\0" in value for value in given.values()):
        raise LaunchRefused("login_unreadable")  # PostgreSQL keeps no NUL
    if len(asked.login_hint) > LONGEST_HINT or len(asked.lti_message_hint or "") > LONGEST_HINT:
        raise LaunchRefused("login_too_long")
    if asked.target_link_uri != launch_url():
        raise LaunchRefused("login_target")
    return asked


def _given(*sources: MultiDict[str, str]) -> Mapping[str, str]:
    """Give what was sent under each name.

    Raises:
        LaunchRefused: a name was sent twice, so that two readers could see different things (RFC 6749, 3.1).
    """
    pairs = [pair for source in sources for pair in source.items(multi=True)]
    given = dict(pairs)
    if len(given) < len(pairs):
        raise LaunchRefused("parameter_repeated")
    return given


def _posted() -> MultiDict[str, str]:
    """Give the form that was posted.

    Raises:
        LaunchRefused: it is too large, or isn't a form.
    """
    try:
        return request.form
    except RequestEntityTooLarge as error:
        raise LaunchRefused("body_unreadable", advice=TOO_LONG) from error
    except HTTPException as error:
        raise LaunchRefused("body_unreadable") from error


def _begun(asked: LoginRequest, registration: Registered, browser: str) -> Begun:
    return Begun(
        nonce=new_secret(),
        browser_hash=hashed(browser),
        target_link_uri=asked.target_link_uri,
        login_hint=asked.login_hint,
        message_hint=asked.lti_message_hint,
        is_awaited=asked.is_awaited,
        registration=registration,
    )


@blueprint.get("/lti/continue")
@limits.counting_failures()
def go_on() -> ResponseReturnValue:
    """Go on to the platform where a cookie came back; else offer a tab of its own, where one should."""
    state = request.args.get("state", "")
    with Transaction(each_alone=True):
        begun = store.find_login(state, now())
    if begun is None:
        raise LaunchRefused("login_unknown")
    headers.allow_framing_by(*begun.registration.origins)
    if login_cookie.came_back(state, begun.browser_hash):
        return _see_other(_authorization_url(begun, state))
    if _stands_alone(begun):
        raise LaunchRefused("cookies_off", status=HTTPStatus.FORBIDDEN, advice=COOKIES_OFF)
    headers.allow_form_to(begun.registration.authorization_endpoint, *begun.registration.origins)
    return render_template("lti/new_tab.html", login=begun, registration=begun.registration)


def _stands_alone(begun: Begun) -> bool:
    """Tell whether this is no frame, so that a tab would be no better.

    Not every browser says so, and none where it comes by plain http; then the tab that our page offered is known.
    """
    return request.headers.get("Sec-Fetch-Dest") == "document" or begun.is_awaited


def _authorization_url(begun: Begun, state: str) -> str:
    parameters = {
        "client_id": begun.registration.client_id,
        "redirect_uri": launch_url(),
        "login_hint": begun.login_hint,
        "state": state,
        "nonce": begun.nonce,
    }
    if begun.message_hint is not None:
        parameters["lti_message_hint"] = begun.message_hint
    endpoint = begun.registration.authorization_endpoint
    return endpoint + ("&" if "?" in endpoint else "?") + ASKED_OF_ALL + urlencode(parameters)


@blueprint.post(LAUNCH)
@limits.counting_failures()
def launch() -> ResponseReturnValue:
    """Take a platform's message: use up the login, verify, record the entry, and open what it asks for."""
    form = _given(_posted())
    state = form.get("state", "")
    begun = _use_up_login(state)
    headers.allow_framing_by(*begun.registration.origins)
    _refuse_platform_error(form.get("error", ""))
    launch_id, secret = new_secret(), new_secret()
    with Transaction():
        verified = verify(form.get("id_token", ""), _used(begun), _key_sets())
        if verified.role is Role.GUEST:
            raise NotAllowed("role_unknown", advice=NO_ROLE)
        store.arrive(verified, launch_id, secret, now())
    response = _see_other(_entrance(verified.message, launch_id, begun))
    set_cookie(response, launch_id, secret)
    login_cookie.put(response, state, "", lasts=0)
    return response


def _entrance(message: Message, launch_id: str, begun: Begun) -> str:
    """Say where a message leads; the picker is told in its address that a page of ours waits for the choice."""
    awaited = "1" if begun.is_awaited and message is Message.DEEP_LINKING else None
    return url_for(ENTRANCES[message], launch_id=launch_id, awaited=awaited)


def _used(begun: Begun) -> Login:
    return Login(registration=begun.registration, nonce=begun.nonce, target_link_uri=begun.target_link_uri)


def _use_up_login(state: str) -> Begun:
    begun = store.use_up_login(state, now())
    if begun is None:
        raise LaunchRefused("state_unknown")
    if not login_cookie.came_back(state, begun.browser_hash):
        raise LaunchRefused("state_of_another_browser")
    registry.require_active(begun.registration.state, "registration")
    return begun


def _refuse_platform_error(error: str) -> None:
    if error:
        raise LaunchRefused("platform_" + json.dumps(error[:40]), advice=PLATFORM_REFUSED)


def _key_sets() -> KeySets:
    found: KeySets = current_app.extensions["key_sets"]
    return found


@blueprint.get(PREFIX + "/")
def open_activity() -> ResponseReturnValue:
    """Show the activity that the launch is for."""
    return _open_with(activities().openers)


@blueprint.get(PREFIX + "/review")
def review() -> ResponseReturnValue:
    """Show a trainer the work that Moodle's gradebook asks for, and a trainee their own activity."""
    known = activities()
    return _open_with({**known.openers, **known.reviewers} if current().is_trainer else known.openers)


def _open_with(openers: Mapping[str, Opener]) -> ResponseReturnValue:
    kind, _, slug = (current().activity or "").partition("/")
    if kind not in openers:
        raise NotFound("activity_unset", advice=NOT_SET_UP)
    return openers[kind](slug)


@blueprint.get(PREFIX + "/pick")
def pick() -> ResponseReturnValue:
    """Offer the trainer whole modules and single activities."""
    return deep_linking.show_picker()


@blueprint.post(PREFIX + "/pick/look")
def look() -> ResponseReturnValue:
    """Show the trainer one activity, with the way back to the picker."""
    return deep_linking.look()


@blueprint.post(PREFIX + "/pick/again")
def pick_again() -> ResponseReturnValue:
    """Offer the trainer the activities again, ticked as they were."""
    return deep_linking.show_picker_again()


@blueprint.post(PREFIX + "/pick")
def place() -> ResponseReturnValue:
    """Hand the trainer's choice back to the platform, signed."""
    return deep_linking.hand_back(launch_url())
