"""What machines ask: is the process alive, should it get requests, and how is everything going."""

import logging
from dataclasses import asdict
from hmac import compare_digest
from http import HTTPStatus

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from lti_tool.clock import now
from lti_tool.database import Tables, db, state_of_tables
from lti_tool.delivery.store import newest_beat
from lti_tool.operations import metrics, rules, store
from lti_tool.operations.rules import Finding
from lti_tool.proxies import is_local

blueprint = Blueprint("operations", __name__)
log = logging.getLogger("lti_tool.operations")

WHO_MAY_LOOK = "Show METRICS_TOKEN as a bearer token; where none is set, ask from this machine and through no proxy.\n"


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers; nothing else is looked at, since restarting it would mend nothing else."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether this process should get requests, and what those who run it should look at."""
    findings = _look()
    is_ready = rules.is_ready(list(findings.values()))
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return {"ready": is_ready, "checks": {name: asdict(found) for name, found in findings.items()}}, status


def _look() -> dict[str, Finding]:
    try:
        tables = state_of_tables()
        if tables is Tables.OLDER:
            return {"database": rules.OK, "migrations": rules.OLDER_TABLES}
        return {
            "database": rules.OK,
            "migrations": rules.OK if tables is Tables.RIGHT else rules.NEWER_TABLES,
            "worker": rules.judge_worker(newest_beat(), now()),
            "key": rules.judge_key(store.key_made_at(), now()),
        }
    except SQLAlchemyError as error:
        db.session.rollback()
        log.error("the database can't be used", exc_info=error)  # noqa: TRY400 - as the formatter tells it
        return {"database": rules.NO_DATABASE}


@blueprint.get("/metrics")
def measured() -> ResponseReturnValue:
    """Tell Prometheus everything that is measured."""
    if not _may_look():
        headers = {"WWW-Authenticate": "Bearer", "Content-Type": "text/plain; charset=utf-8"}
        return Response(WHO_MAY_LOOK, HTTPStatus.UNAUTHORIZED, headers)
    return Response(metrics.page(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _may_look() -> bool:
    token: str | None = current_app.config["METRICS_TOKEN"]
    if token is None:
        return is_local(request.environ)
    given = request.headers.get("Authorization", "")
    return compare_digest(given.encode(), f"Bearer {token}".encode())
