"""Who looks after which territory: read by everybody, named by trainers."""

from http import HTTPStatus

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool import collation
from lti_tool.clock import now
from lti_tool.community import pages, visiting, vocabulary
from lti_tool.community.connectors import beside, rules, store
from lti_tool.database import db
from lti_tool.delivery import smtp
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("connectors", __name__)
CONNECTORS = PREFIX + "/community/connectors"


@blueprint.get(CONNECTORS)
def show() -> ResponseReturnValue:
    """Show each territory with whoever looks after it; to trainers also whom they could name."""
    visit = visiting.current()
    found = store.find_all(visit.key)
    people = store.members(visit.key) if rules.can_name(visit.reader) else []
    return pages.show(
        "community/connectors/show.html",
        visit,
        territories=vocabulary.territories(),
        connectors=found,
        people=sorted(people, key=lambda one: collation.key(beside.person_name(one))),
        days=rules.PATIENCE.days,
        connector_rules=rules,
        has_digest=smtp.account() is not None,
        person_name=beside.person_name,
    )


@blueprint.post(CONNECTORS + "/name")
def name() -> ResponseReturnValue:
    """Let a member look after a territory."""
    given = request.form.get("territory", "")
    store.name(visiting.current(), given, request.form.get("person", 0, type=int), vocabulary.places(), now())
    db.session.commit()
    return _back()


@blueprint.post(CONNECTORS + "/end")
def end() -> ResponseReturnValue:
    """Let nobody look after a territory any more."""
    store.end(visiting.current(), request.form.get("territory", ""))
    db.session.commit()
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("connectors.show"), HTTPStatus.SEE_OTHER)
