"""A session belongs to a launch: its pages live under `/l/<launch id>`, and so does its cookie."""

from dataclasses import dataclass
from datetime import datetime
from secrets import compare_digest
from types import MappingProxyType

from flask import Flask, current_app, g, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from lti_tool.clock import now
from lti_tool.errors import NotAllowed, SessionEnded
from lti_tool.i18n import direction, speak
from lti_tool.lti import registry
from lti_tool.lti.launch import headers, store
from lti_tool.lti.launch.claims import DeepLinking
from lti_tool.lti.names import is_chosen
from lti_tool.lti.platform.grades import Grading, grading
from lti_tool.lti.roles import Role
from lti_tool.lti.secrets import csrf_token, matches
from lti_tool.lti.tables import FORMER, LaunchRow, PersonRow, State

PREFIX = "/l/<launch_id>"
COOKIE = "__Secure-launch"
WAY = {"ltr": "\u200e", "rtl": "\u200f"}
"""Begins what is said of a name in the way of its sentence, whichever letters the name has."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
EXEMPT = MappingProxyType(
    {
        "lti.login": "a platform begins a login, which leads to nothing but that platform's own answer",
        "lti.launch": "a platform answers; the signed token with state, nonce and the login's cookie say who asked",
        "registration.register": "our page sends it before there is a session; its invitation is as secret as a token",
        "mails.stop": "a mail program sends it for its reader; the link is as secret as a token, and only stops mails",
        "mails.keep": "whom a mail asked presses it; the link is as secret as a token, and only keeps that mail coming",
    }
)
"""The only endpoints outside of `/l/` that take anything but reads, and why none of them needs a session's token."""
OPEN_THEMSELVES = MappingProxyType(
    {"exercises.changes.show": "every page asks every two seconds: one statement reads the session and what is asked"}
)
"""The only endpoints under `/l/` whose session isn't opened before their view, and why.

They take nothing but reads, and their views begin with `require_own` and `require_open`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is asking, from where, in which role."""

    launch_id: str
    site_id: int
    issuer: str
    registration_id: int
    person_id: int
    person_name: str
    is_named: bool
    """Whether Moodle says their name."""
    chosen_name: str | None
    """What they want to be called where it doesn't."""
    course_id: int
    course_title: str | None
    placement_id: int | None
    activity: str | None
    title: str | None
    grading: Grading
    """Whether Moodle has a grade for this activity that we may give."""
    role: Role
    return_url: str | None
    deep_linking: DeepLinking | None
    for_sub: str | None
    """Whose work the platform asks to review."""
    is_copy: bool
    """Whether the course is a copy of another one."""
    csrf: str

    @property
    def graded(self) -> bool:
        """Whether a score is to be sent: there is a grade, or may be one."""
        return self.grading is not Grading.NONE

    @property
    def is_trainer(self) -> bool:
        """Whether the person teaches this course."""
        return self.role is Role.TRAINER


def init_app(app: Flask) -> None:
    """Open the session of every page under `/l/` before its view, and put the launch into its links."""
    app.before_request(_open)
    app.url_value_preprocessor(lambda _, values: values and values.pop("launch_id", None))
    app.url_defaults(_add_launch)
    app.context_processor(lambda: {"session": g.get("launch_session")})


def _add_launch(endpoint: str, values: dict[str, object]) -> None:
    if "launch_session" in g and current_app.url_map.is_endpoint_expecting(endpoint, "launch_id"):
        values.setdefault("launch_id", current().launch_id)


def _open() -> None:
    if not request.path.startswith("/l/"):
        _require_exempt()
        return
    if request.endpoint in OPEN_THEMSELVES:
        return
    row = store.find_launch(launch_id())
    if row is None:
        raise SessionEnded("session_foreign")
    secret = require_own(row.secret_hash)
    speak(row.reads, row.timezone)
    headers.allow_framing_by(*row.registration.origins)
    require_open(row.ends_at, registration=row.registration.state, deployment=row.deployment.state)
    session = _session(row, secret)
    if request.method not in SAFE_METHODS:
        _require_own_write(session)
    g.launch_session = session


def launch_id() -> str:
    """Give the launch whose page is asked for."""
    return request.path.split("/")[2]


def require_own(secret_hash: str) -> str:
    """Give the secret that the browser shows, if it is the launch's.

    Raises:
        SessionEnded: it is another one's.
    """
    secret = request.cookies.get(COOKIE, "")
    if not matches(secret, secret_hash):
        raise SessionEnded("session_foreign")
    return secret


def require_open(ends_at: datetime, *, registration: State, deployment: State) -> None:
    """Let a launch's session go on.

    Raises:
        SessionEnded: its time is over.
        LaunchRefused: whoever runs the tool lets this platform in no more.
    """
    if ends_at <= now():
        raise SessionEnded("session_expired")
    registry.require_active(registration, "registration")
    registry.require_active(deployment, "deployment")


def _require_exempt() -> None:
    """Refuse a write that nothing protects: an endpoint that somebody added and forgot to think about."""
    if request.method not in SAFE_METHODS and request.endpoint is not None and request.endpoint not in EXEMPT:
        raise NotAllowed("csrf_unlisted")


def _require_own_write(session: Session) -> None:
    """Keep out forms that another site, or another launch's page, sends in this person's name."""
    if request.headers.get("Origin") != current_app.config["PUBLIC_URL"]:
        raise NotAllowed("csrf_origin")
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf", "")
    if not compare_digest(given.encode(), session.csrf.encode()):
        raise NotAllowed("csrf_token")


def _session(row: LaunchRow, secret: str) -> Session:
    placement = row.placement
    return Session(
        launch_id=row.id,
        site_id=row.course.site_id,
        issuer=row.registration.site.issuer,
        registration_id=row.registration_id,
        person_id=row.person_id,
        person_name=display_name(row.person.called, row.person.number),
        is_named=row.person.name is not None,
        chosen_name=row.person.chosen_name,
        course_id=row.course_id,
        course_title=row.course.title,
        placement_id=row.placement_id,
        activity=_activity(row),
        title=placement.title if placement else None,
        grading=grading(placement) if placement else Grading.NONE,
        role=row.role,
        return_url=row.return_url,
        deep_linking=DeepLinking(**row.deep_linking) if row.deep_linking else None,  # type: ignore[arg-type]  # JSON
        for_sub=row.for_sub,
        is_copy=bool(row.course.history),
        csrf=csrf_token(secret),
    )


def _activity(row: LaunchRow) -> str | None:
    """Name what the launch opens, and not what others opened under the same link since."""
    if row.placement is None:
        return None
    return row.placement.activity if row.activity is None else row.activity or None


def display_name(name: str | None, number: int) -> str:
    """Write a person's name: Moodle's, or their own with their number; or what stands for one that isn't there."""
    if number == FORMER and not name:
        return str(gettext("A former member"))
    if name and is_chosen(name):
        said = gettext("%(name)s (chosen name, participant %(number)s)", name=name, number=number)
        return f"{WAY[direction()]}{said}"
    return name or str(gettext("Participant %(number)s", number=number))


def name_of(person: PersonRow) -> str:
    """Write the name of a person in the database."""
    return display_name(person.called, person.number)


def current() -> Session:
    """Give the session of the page that is being answered."""
    session: Session = g.launch_session
    return session


def require_trainer() -> Session:
    """Give the session, for trainers only.

    Raises:
        NotAllowed: for everybody else.
    """
    if not current().is_trainer:
        raise NotAllowed("role")
    return current()


def set_cookie(response: Response, launch_id: str, secret: str) -> None:
    """Hand the browser its session; Partitioned is what survives inside another site's page.

    It ends with the browser, since many share a computer, and else with the launch.
    """
    response.set_cookie(
        COOKIE,
        secret,
        path=f"/l/{launch_id}",
        secure=True,
        httponly=True,
        samesite="None",
        partitioned=True,
    )
