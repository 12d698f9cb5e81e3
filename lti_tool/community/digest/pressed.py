"""What the links in mails lead to: into the community through Moodle, and out of the digest by one press."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.community.digest import ending, links, store, wording
from lti_tool.community.digest.links import Link
from lti_tool.community.digest.rules import LinkUse, Rhythm
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.i18n import ASKED, speak
from lti_tool.lti.launch import limits

blueprint = Blueprint("mails", __name__)


@blueprint.get("/go/<token>/<int:number>")
def go(token: str, number: int) -> ResponseReturnValue:
    """Lead to Moodle's page of the community, and remember which post the next launch should show."""
    link = _found(token, LinkUse.GO)
    if post_id := link.post(number):
        links.set_out(link, post_id, now())
        db.session.commit()
    ways = links.ways(link)
    if len(ways) == 1:
        return redirect(ways[0].url, HTTPStatus.SEE_OTHER)
    return render_template("community/digest/ways.html", ways=ways)


@blueprint.get("/stop/<token>")
def ask(token: str) -> ResponseReturnValue:
    """Ask whether the mails should stop: programs that look at every link in a mail stop nothing."""
    _found(token, LinkUse.STOP)
    return render_template("community/digest/stop.html", is_stopped=False)


@blueprint.post("/stop/<token>")
def stop(token: str) -> ResponseReturnValue:
    """Stop the mails, whether the page's button or a mail program says so (RFC 8058, 3.1); once more does no harm."""
    link = _found(token, LinkUse.STOP)
    store.stop(link.community_id, link.person_id, now())
    db.session.commit()
    return render_template("community/digest/stop.html", is_stopped=True)


@blueprint.get("/keep/<token>")
def ask_to_keep(token: str) -> ResponseReturnValue:
    """Ask whether the digest should go on: programs that look at every link in a mail keep nothing."""
    _found(token, LinkUse.KEEP)
    return render_template("community/digest/keep.html", is_kept=None)


@blueprint.post("/keep/<token>")
def keep(token: str) -> ResponseReturnValue:
    """Let the digest go on; once more does no harm."""
    link = _found(token, LinkUse.KEEP)
    is_kept = ending.keep(link.community_id, link.person_id, link.rhythm or Rhythm.WEEKLY, now())
    db.session.commit()
    page = render_template("community/digest/keep.html", is_kept=is_kept)
    return page, HTTPStatus.OK if is_kept else HTTPStatus.CONFLICT


def _found(token: str, use: LinkUse) -> Link:
    """Give what a link stands for, and speak as the person does whom it was sent to.

    Raises:
        NotFound: it stands for nothing.
        LimitReached: it does so, and too many did that came from here.
    """
    link = links.find(token, now(), use)
    if link is None:
        limits.count_unknown_link()
        raise NotFound("mail_link_unknown", advice=wording.LINK_GONE)
    if ASKED not in request.args:
        reader = links.reader(link)
        speak(reader.language or reader.locale, reader.timezone)
    return link
