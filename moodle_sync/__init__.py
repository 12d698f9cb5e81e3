"""Put courses and people into a Moodle site, as the curriculum and a file of people say.

`moodle-sync` is the program; this is the same as a library. In a folder with a `moodle-sync.toml`, and with a token in
MOODLE_TOKEN:

>>> from pathlib import Path
>>> import moodle_sync
>>> from moodle_sync.things.course import COURSES
>>> from moodle_sync.webservice.functions import GET_SITE_INFO
>>> files = moodle_sync.read_files(Path("moodle-sync.toml"))
>>> with moodle_sync.open_session(files, to_write=True) as session:
...     planned = moodle_sync.plan(session)
...     record = moodle_sync.apply(session, planned)
...     rest = moodle_sync.plan(session)
...     course = rest.observed.ids[COURSES]["basics"]
...     first = next(moodle_sync.participants(session.client, course))
...     site = session.client.call(GET_SITE_INFO)
>>> len(planned.plan.actions), str(record.outcome), rest.plan.actions
(8, 'done', ())
>>> first.username, site.sitename
('ana', 'A miniature of Moodle')

- `plan` reads and decides, and changes nothing: its actions (`moodle_sync.things`) are values to print or compare, and
  `.stops` says what a guard has against it. `apply` does what was planned; GuardStopped where a guard stops it.
- `open_undo` opens a session whose `plan` and `apply` take back what a run did: `record.id`, or one that `moodle-sync
  report` lists. It reads neither the file of people nor the curriculum.
- `Client.call` calls any function that is described as those in `moodle_sync.webservice.functions`; `connect` makes a
  client.
- `participants` and `all_cohorts` read page by page, each page when its first row is asked for.
- Whatever goes wrong on purpose is a `SyncError`: the tree is in `moodle_sync.errors`. Moodle's own errors are
  `Refused` with their `errorcode`, and those that speak of the token and its rights have classes of their own:

>>> with moodle_sync.open_undo(Path("moodle-sync.toml"), record.id) as session:
...     planned = moodle_sync.plan(session)
...     back = moodle_sync.apply(session, planned)
>>> [action.noun for action in back.effects], planned.plan.conflicts[-1].key
(['changed courses', 'group members taken out', 'suspended enrolments'], 'medtown')

>>> try:
...     moodle_sync.connect(files.settings.site, "0" * 32).call(GET_SITE_INFO)
... except moodle_sync.TokenRefused as error:
...     print(error.errorcode)
invalidtoken
"""

from moodle_sync.errors import (
    AccessRefused,
    Blocked,
    ExportRefused,
    FateUnknown,
    Garbled,
    GuardStopped,
    InputRefused,
    Interrupted,
    JournalError,
    MoodleError,
    NotAllowed,
    NotMoodle,
    PlanRefused,
    Refused,
    RightMissing,
    StalePlan,
    SyncError,
    TokenRefused,
    TooMany,
    Unreachable,
)
from moodle_sync.exporting.export import Export, export
from moodle_sync.journal.records import Record
from moodle_sync.planning.plan import Options
from moodle_sync.session.apply import apply
from moodle_sync.session.drift import drift
from moodle_sync.session.plan import Planned, plan
from moodle_sync.session.plan_file import Allowed
from moodle_sync.session.session import Session, connect, open_session, read_files
from moodle_sync.session.undo import open_undo
from moodle_sync.site.cohorts import all_cohorts
from moodle_sync.site.participants import participants
from moodle_sync.site.whole import Choice
from moodle_sync.webservice.client import Client

__all__ = [
    "AccessRefused",
    "Allowed",
    "Blocked",
    "Choice",
    "Client",
    "Export",
    "ExportRefused",
    "FateUnknown",
    "Garbled",
    "GuardStopped",
    "InputRefused",
    "Interrupted",
    "JournalError",
    "MoodleError",
    "NotAllowed",
    "NotMoodle",
    "Options",
    "PlanRefused",
    "Planned",
    "Record",
    "Refused",
    "RightMissing",
    "Session",
    "StalePlan",
    "SyncError",
    "TokenRefused",
    "TooMany",
    "Unreachable",
    "all_cohorts",
    "apply",
    "connect",
    "drift",
    "export",
    "open_session",
    "open_undo",
    "participants",
    "plan",
    "read_files",
]
