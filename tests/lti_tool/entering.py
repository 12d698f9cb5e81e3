"""A launch without a platform: the rows that a verified message leaves, and a browser that holds its cookie."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti import registry
from lti_tool.lti.launch import store
from lti_tool.lti.launch.claims import DeepLinking, Launch, Message
from lti_tool.lti.launch.session import COOKIE
from lti_tool.lti.registry import Granted
from lti_tool.lti.roles import Role
from lti_tool.lti.secrets import csrf_token, new_secret
from lti_tool.lti.tables import LaunchRow

LINE_ITEM = "/mod/lti/services.php/2/lineitems/7/lineitem?type_id=1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One person's browser on one launch's pages; paths are relative to `/l/<launch id>/`."""

    browser: FlaskClient
    launch_id: str
    csrf: str
    origin: str
    person_id: int
    placement_id: int | None
    course_id: int

    def get(self, path: str = "", **kwargs: Any) -> TestResponse:
        """Ask for a page."""
        return self.browser.get(self._path(path), **kwargs)

    def post(self, path: str = "", **form: Any) -> TestResponse:
        """Send a form with the page's CSRF token."""
        return self.browser.post(self._path(path), data={"csrf": self.csrf, **form}, headers=self._headers())

    def put(self, path: str, json: object) -> TestResponse:
        """Send JSON as the page's script does."""
        return self.browser.put(self._path(path), json=json, headers=self._headers())

    def delete(self, path: str, json: object = None) -> TestResponse:
        """Delete as the page's script does."""
        return self.browser.delete(self._path(path), json=json, headers=self._headers())

    def _path(self, path: str) -> str:
        return f"/l/{self.launch_id}/{path}"

    def _headers(self) -> dict[str, str]:
        return {"Origin": self.origin, "X-CSRF-Token": self.csrf}


def enter_course(  # noqa: PLR0913 - a launch says many things, and each has a default
    app: Flask,
    *,
    sub: str = "trainee-1",
    name: str | None = "Trainee One",
    email: str | None = None,
    role: Role = Role.TRAINEE,
    activity: str | None = "exercise/needs-matrix",
    link: str | None = None,
    course: str = "course-1",
    issuer: str = "http://localhost:8100",
    client_id: str = "client-1",
    locale: str = "en",
    timezone: str | None = None,
    graded: bool = True,
    roster: str | None = None,
    deep_linking: DeepLinking | None = None,
    history: tuple[str, ...] = (),
    group_ids: tuple[str, ...] | None = None,
    for_sub: str | None = None,
) -> Client:
    """Let a person in, and give their browser."""
    with app.app_context():
        launch = _launch(locals())
        launch_id, secret = new_secret(), new_secret()
        store.arrive(launch, launch_id, secret, now())
        db.session.commit()
        return _client(app, db.session.get_one(LaunchRow, launch_id), secret)


def _launch(given: dict[str, Any]) -> Launch:
    site = registry.site(given["issuer"])
    registration_id, deployment_id = _registered(given["issuer"], given["client_id"])
    return Launch(
        registration_id=registration_id,
        deployment_id=deployment_id,
        site_id=site.id,
        sub=given["sub"],
        name=given["name"],
        email=given["email"],
        role=given["role"],
        message=_message(given),
        context_id=given["course"],
        course_title=f"Course {given['course']}",
        resource_link_id=None
        if given["deep_linking"]
        else given["link"] or f"link-{given['course']}-{given['activity']}",
        title="Needs matrix",
        activity=given["activity"],
        locale=given["locale"],
        timezone=given["timezone"],
        return_url=given["issuer"] + "/mod/lti/return.php",
        line_item_url=given["issuer"] + LINE_ITEM if given["graded"] else None,
        line_items_url=None,
        context_history=given["history"],
        group_ids=given["group_ids"],
        for_sub=given["for_sub"],
        scopes=("https://purl.imsglobal.org/spec/lti-ags/scope/score",) if given["graded"] else (),
        memberships_url=given["roster"],
        deep_linking=given["deep_linking"],
    )


def _message(given: dict[str, Any]) -> Message:
    if given["deep_linking"]:
        return Message.DEEP_LINKING
    return Message.SUBMISSION_REVIEW if given["for_sub"] else Message.RESOURCE_LINK


def _registered(issuer: str, client_id: str) -> tuple[int, int]:
    granted = Granted(
        client_id=client_id,
        deployment_id="1",
        authorization_endpoint=f"{issuer}/mod/lti/auth.php",
        token_endpoint=f"{issuer}/mod/lti/token.php",
        token_audience=None,
        jwks_uri=f"{issuer}/mod/lti/certs.php",
    )
    registry.grant(registry.site(issuer), granted, approved=True, now=now())
    registration = registry.find_registration(issuer, client_id)
    return registration.id, registry.usable_deployment(registration.id, "1")


def _client(app: Flask, row: LaunchRow, secret: str) -> Client:
    browser = app.test_client()
    origin: str = app.config["PUBLIC_URL"]
    browser.set_cookie(COOKIE, secret, path=f"/l/{row.id}", secure=False)
    return Client(
        browser=browser,
        launch_id=row.id,
        csrf=csrf_token(secret),
        origin=origin,
        person_id=row.person_id,
        placement_id=row.placement_id,
        course_id=row.course_id,
    )
