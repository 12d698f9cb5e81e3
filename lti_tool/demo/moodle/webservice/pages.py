"""The administrator's pages about the web services, and the mails that nobody got."""

import secrets

from flask import Blueprint, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.moodle import visits
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice.contract import FUNCTIONS
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


def _show(db: Session, me: User, token: str = "") -> str:
    owners = db.scalars(select(User).join(ServiceToken, ServiceToken.user_id == User.id).order_by(User.id)).all()
    return render_template("tokens.html", me=me, functions=FUNCTIONS, owners=owners, token=token)
