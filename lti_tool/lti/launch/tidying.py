"""What the edge forgets: launches long over, logins that nobody finished, and addresses whose window is over."""

from datetime import datetime, timedelta

from lti_tool.database import db
from lti_tool.lti.launch import limits, store

KEEP_LAUNCHES = timedelta(days=30)
"""After their end: a trace of who came in when, for questions that come late. They hold no text."""


def tidy(now: datetime) -> None:
    """Forget what nobody needs any more, in a transaction of its own; mostly there is nothing."""
    store.purge_launches(now - KEEP_LAUNCHES)
    store.purge_logins(now)
    limits.purge(now)
    db.session.commit()
