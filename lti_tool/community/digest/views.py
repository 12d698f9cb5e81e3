"""Where somebody chooses whether they get a digest, how often, and on which day."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.community import pages, visiting
from lti_tool.community.digest import store, wording
from lti_tool.community.digest.offer import offer
from lti_tool.community.digest.rules import Rhythm
from lti_tool.community.visits import store as visits
from lti_tool.database import db
from lti_tool.delivery import smtp
from lti_tool.errors import NotFound
from lti_tool.exercises.forms import Unreadable
from lti_tool.i18n import zone
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("digest", __name__)
DAYS = 7


@blueprint.get(PREFIX + "/community/digest")
def show() -> ResponseReturnValue:
    """Show what was chosen, and what there is to choose."""
    _require_mail()
    visit = visiting.current()
    stay = visits.arrive(visit, now())
    db.session.commit()
    return render_template(
        "community/digest/page.html",
        offered=offer(stay),
        rhythms=wording.RHYTHM,
        days=wording.days(),
        why_stopped=wording.why_stopped,
        ends=wording.ENDS,
        keep=pages.keep(visit),
    )


@blueprint.post(PREFIX + "/community/digest")
def choose() -> ResponseReturnValue:
    """Turn the digest on or off; then go on where it was asked."""
    _require_mail()
    rhythm, weekday = _chosen()
    stay = visits.arrive(visiting.current(), now())
    if rhythm is not Rhythm.NEVER and store.address(stay) is None:
        raise NotFound("no_address")
    store.choose(stay, rhythm, weekday, zone(), now())
    db.session.commit()
    was_asked = request.form.get("back") == "list"
    there = "community.show_list" if was_asked and rhythm is Rhythm.NEVER else "digest.show"
    return redirect(url_for(there), HTTPStatus.SEE_OTHER)


def _chosen() -> tuple[Rhythm, int]:
    """Read a form.

    Raises:
        Unreadable: no form of ours sends this.
    """
    given, weekday = request.form.get("rhythm", ""), request.form.get("weekday", 0, type=int)
    if given not in list(Rhythm) or weekday not in range(DAYS):
        raise Unreadable("digest_rhythm")
    return Rhythm(given), weekday


def _require_mail() -> None:
    """Say nothing of digests where nobody sends mails.

    Raises:
        NotFound: there is no mail server.
    """
    if smtp.account() is None:
        raise NotFound("no_mail_server")
