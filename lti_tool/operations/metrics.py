"""What is measured, in Prometheus' terms; labels are endpoints, states and reasons from the code, never a person's."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from tempfile import mkdtemp

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy.exc import SQLAlchemyError

from lti_tool import logs
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.operations import store
from lti_tool.operations.store import Numbers

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable by which prometheus_client knows where the processes' numbers meet."""
LAUNCH = "lti.launch"
WAYS_IN = frozenset({"lti.login", "lti.go_on", LAUNCH})
"""Where somebody on the way in can be refused; who gets through the last one has arrived."""
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
PLATFORMS_WORDS = "platform_"
"""What the reason begins with when the rest of it is the platform's own text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """What this process counts itself."""

    own: CollectorRegistry
    launches: Counter
    request_seconds: Histogram


def init_app(app: Flask) -> None:
    """Measure every request of the application."""
    app.extensions["metrics"] = _new_metrics()
    app.after_request(_measure)


def _new_metrics() -> Metrics:
    own = CollectorRegistry()
    return Metrics(
        own=own,
        launches=Counter("medtown_launches", "Attempts to enter from Moodle.", ["result", "reason"], registry=own),
        request_seconds=Histogram(
            "medtown_request_seconds", "Time to answer.", ["endpoint", "status"], registry=own, buckets=SECONDS
        ),
    )


def share_between_processes(app: Flask) -> Path:
    """Let the processes that this one will start add up what they count.

    Give the new folder in which their numbers meet; whoever called takes it away in the end. No process has gauges of
    its own, so nothing need be done when one ends: what it counted stays.
    """
    folder = mkdtemp(prefix="lti-tool-metrics-")
    os.environ[FOLDER] = folder
    values.ValueClass = values.MultiProcessValue()
    app.extensions["metrics"] = _new_metrics()
    return Path(folder)


def _metrics() -> Metrics:
    found: Metrics = current_app.extensions["metrics"]
    return found


def _measure(response: Response) -> Response:
    status = f"{response.status_code // 100}xx"
    _metrics().request_seconds.labels(logs.endpoint(), status).observe(logs.seconds_so_far())
    refused = g.get("refused")
    if request.endpoint in WAYS_IN and (refused or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR):
        _metrics().launches.labels("refused" if refused else "crashed", _bounded(refused or "")).inc()
    elif request.endpoint == LAUNCH and response.status_code == HTTPStatus.SEE_OTHER:
        _metrics().launches.labels("opened", "").inc()
    return response


def _bounded(reason: str) -> str:
    """Leave a platform's own words out, of which there may be any number."""
    return "platform" if reason.startswith(PLATFORMS_WORDS) else reason


def page() -> bytes:
    """Write everything that is measured: what all processes counted, and what the database holds."""
    whole = CollectorRegistry()
    folder = os.environ.get(FOLDER)
    whole.register(MultiProcessCollector(None, folder) if folder else _metrics().own)
    whole.register(_Database())
    return generate_latest(whole)


class _Database:
    """Reads the database when somebody asks; without one the other numbers are still told."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        moment = now()
        try:
            found = store.numbers(moment)
        except SQLAlchemyError:
            db.session.rollback()
            found = None
        yield GaugeMetricFamily("medtown_database_up", "Whether the database answers.", value=float(found is not None))
        if found is not None:
            yield _deliveries(found)
            yield GaugeMetricFamily(
                "medtown_unfinished_logins", "Logins that wait for Moodle.", value=found.unfinished_logins
            )
            yield from _ages(found, moment)


def _deliveries(found: Numbers) -> GaugeMetricFamily:
    family = GaugeMetricFamily("medtown_deliveries", "Grades in the outbox.", labels=["state"])
    for state, number in found.deliveries.items():
        family.add_metric([state], number)
    return family


def _ages(found: Numbers, moment: datetime) -> Iterator[GaugeMetricFamily]:
    """Tell how long ago things were; of a worker or key that never was, nothing."""
    ages = (
        ("medtown_oldest_undelivered_grade_seconds", "How long a grade has waited.", found.oldest_due or moment),
        ("medtown_worker_seen_seconds", "How long ago a worker was seen.", found.worker_seen_at),
        ("medtown_signing_key_age_seconds", "How old the tool's key is.", found.key_made_at),
    )
    for name, meaning, since in ages:
        if since is not None:
            yield GaugeMetricFamily(name, meaning, value=(moment - since).total_seconds())
