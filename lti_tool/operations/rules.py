"""Whether this process is ready for people: pure decisions, in words that tell a stranger nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WORKER_MISSED_AFTER = timedelta(minutes=2)
KEY_OLD_AFTER = timedelta(days=365)


class Level(StrEnum):
    """How much a check's finding weighs."""

    OK = "ok"
    WARNING = "warning"
    """Somebody should look at it; the process serves people well meanwhile."""
    FAILED = "failed"
    """This process should get no requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found, and what to do."""

    level: Level
    advice: str | None = None


OK = Finding(level=Level.OK)
NO_DATABASE = Finding(level=Level.FAILED, advice="The database can't be used; the log says why.")
OLDER_TABLES = Finding(level=Level.FAILED, advice="The database is older than this version. Run: lti-tool migrate")
NEWER_TABLES = Finding(level=Level.WARNING, advice="The database is newer than this process. Restart it.")
"""An upgrade migrates first and restarts then; until then the old processes are all there is."""
NO_WORKER = Finding(level=Level.WARNING, advice="No worker was seen lately; grades wait. Start one: lti-tool worker")
"""Pages need no worker, and what people hand in waits safely: turning them away would only make it worse."""
NO_KEY = Finding(level=Level.FAILED, advice="The tool has no key. Run: lti-tool migrate")
OLD_KEY = Finding(level=Level.WARNING, advice="The tool's key is more than a year old. Run: lti-tool keys rotate")


def judge_worker(seen_at: datetime | None, now: datetime) -> Finding:
    """Decide by when a worker was last seen."""
    return OK if seen_at and now - seen_at <= WORKER_MISSED_AFTER else NO_WORKER


def judge_key(made_at: datetime | None, now: datetime) -> Finding:
    """Decide by when the key that signs was made."""
    if made_at is None:
        return NO_KEY
    return OK if now - made_at <= KEY_OLD_AFTER else OLD_KEY


def is_ready(findings: list[Finding]) -> bool:
    """Tell whether people may be sent to this process."""
    return all(finding.level is not Level.FAILED for finding in findings)
