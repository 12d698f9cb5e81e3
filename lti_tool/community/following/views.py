"""What somebody follows: a button at each post, and a page of their own that nobody else sees."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.community import pages, rules, visiting, vocabulary
from lti_tool.community.following import store
from lti_tool.community.store import find_post
from lti_tool.community.visits import store as visits
from lti_tool.community.visits.rules import NOTHING_NEW
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("following", __name__)


@blueprint.get(PREFIX + "/community/following")
def show() -> ResponseReturnValue:
    """Show what one follows, to stop it or to follow more."""
    visit = visiting.current()
    stay = visits.arrive(visit, now())
    db.session.commit()
    followed, chosen = store.listed(stay), store.tags(stay)
    return render_template(
        "community/following/page.html",
        followed=followed,
        themes=vocabulary.themes(),
        methods=vocabulary.methods(),
        chosen=chosen,
        nothing_new=NOTHING_NEW,
        keep=pages.keep(visit),
    )


@blueprint.post(PREFIX + "/community/posts/<uuid:post_id>/following")
def follow(post_id: UUID) -> ResponseReturnValue:
    """Follow a post, or no longer; then go on where the button stood."""
    visit, is_on = visiting.current(), request.form.get("on") == "1"
    if not rules.can_open(visit.reader, find_post(visit.key, str(post_id))):
        raise NotFound("post_gone")
    store.follow(visit, visits.arrive(visit, now()), str(post_id), is_on=is_on)
    db.session.commit()
    stood_in_list = request.form.get("back") == "list"
    there = url_for("following.show") if stood_in_list else url_for("community.show_thread", post_id=post_id)
    return redirect(there, HTTPStatus.SEE_OTHER)


@blueprint.post(PREFIX + "/community/following")
def follow_tags() -> ResponseReturnValue:
    """Follow the tags that are ticked, and no others."""
    visit = visiting.current()
    store.follow_tags(visits.arrive(visit, now()), vocabulary.known_tags(request.form.getlist("tag")))
    db.session.commit()
    return redirect(url_for("following.show"), HTTPStatus.SEE_OTHER)
