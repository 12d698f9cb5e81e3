"""The administrator's pages about the web services, and the mails that nobody got."""

import secrets

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from lti_tool.demo.moodle import visits
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice.contract import FUNCTIONS
from lti_tool.demo.moodle.webservice.doubts import fault_of
from lti_tool.demo.moodle.webservice.tables import Mail, ServiceToken

service_pages = Blueprint("service_pages", __name__)


@service_pages.get("/admin/webservice/tokens.php")
def services() -> str:
    """Show the functions of the external service, and who has a token for it."""
    with this_site().session() as db:
        return _show(db, visits.require_admin(db))


@service_pages.post("/admin/webservice/tokens.php")
def create_token() -> str:
    """Make a token for the administrator; it is shown this once."""
    visits.require_sesskey()
    with this_site().session() as db:
        me = visits.require_admin(db)
        token = secrets.token_hex(16)
        db.add(ServiceToken(token=token, user_id=me.id, functions="\n".join(FUNCTIONS)))
        db.flush()
        return _show(db, me, token)


@service_pages.get("/admin/mails.php")
def mails() -> str:
    """List the mails that a real site would have sent."""
    with this_site().session() as db:
        me = visits.require_admin(db)
        rows = db.execute(select(Mail, User).join(User, User.id == Mail.user_id).order_by(Mail.id)).all()
        return render_template("mails.html", me=me, mails=rows)


@service_pages.get("/admin/faults.php")
def faults() -> str:
    """Show what goes wrong next, and take an order."""
    with this_site().session() as db:
        me = visits.require_admin(db)
    return render_template("faults.html", me=me, functions=FUNCTIONS, ordered=current_app.extensions["faults"])


@service_pages.post("/admin/faults.php")
def order_faults() -> Response:
    """Order what the next calls of a function come to; an empty order takes back the last one."""
    visits.require_sesskey()
    with this_site().session() as db:
        visits.require_admin(db)
    try:
        ordered = [fault_of(word) for word in request.form.get("faults", "").split()]
    except ValueError:
        visits.refuse("Nothing is known by this word.", 400)
    current_app.extensions["faults"][request.form.get("function", "")] = ordered
    return redirect(url_for("service_pages.faults"))


def _show(db: Session, me: User, token: str = "") -> str:
    owners = db.scalars(select(User).join(ServiceToken, ServiceToken.user_id == User.id).order_by(User.id)).all()
    return render_template("tokens.html", me=me, functions=FUNCTIONS, owners=owners, token=token)
