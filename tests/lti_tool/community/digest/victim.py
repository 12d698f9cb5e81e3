"""A worker that sends digests and is killed: `victim.py`, told line by line at which of its moments, and the time.

Each line is answered twice: with the number of the process that begins, and with what became of it. That process is a
copy of this one, which has touched no database: so many moments cost little more than one. The moments lie around each
commit: before it, after it, and before the statement that follows, when a mail server has had its say meanwhile. All
others leave behind what one of these does.
"""

import os
import signal
import sys
from datetime import datetime
from itertools import count

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from lti_tool import clock
from lti_tool.app import create_app
from lti_tool.community.digest import worker
from lti_tool.config import Settings


def work(app: Flask, at: int, moment: datetime) -> None:
    """Do all that is due, unless killed at the moment of this number."""
    counted, is_new = count(1), True

    def see(*_: object, after: bool = False) -> None:
        nonlocal is_new
        is_new = after
        if next(counted) >= at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", lambda *_: see() if is_new else None)
    event.listen(Engine, "commit", see)
    event.listen(Session, "after_commit", lambda _session: see(after=True))
    clock.init_app(app, lambda: moment)
    with app.app_context():
        while worker.go_on():
            pass


def main() -> None:
    """Begin a copy for each line."""
    app = create_app(Settings.from_environment(os.environ))
    for line in sys.stdin:
        at, moment = line.split()
        if (pid := os.fork()) == 0:
            work(app, int(at), datetime.fromisoformat(moment))
            os._exit(0)
        print(pid, flush=True)  # noqa: T201 - who runs it reads this
        status = os.waitpid(pid, 0)[1]
        print("done" if status == 0 else f"killed by {status}", flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main()
