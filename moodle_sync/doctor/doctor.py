"""What an administrator has to mend before a sync can work, in the words of Moodle's own menus."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from moodle_sync.applying.probe import measure
from moodle_sync.doctor.languages import try_languages
from moodle_sync.doctor.questions import ask
from moodle_sync.doctor.rights import PURPOSES, needed_rights, rights_of
from moodle_sync.errors import BY_ERRORCODE, NotAllowed, RightMissing
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.records import Item, Record
from moodle_sync.session.session import Session
from moodle_sync.site.identity import GUEST
from moodle_sync.site.roles import ADVICE
from moodle_sync.telling.history import heading
from moodle_sync.telling.report import changes
from moodle_sync.things.course import COURSES
from moodle_sync.things.role import ROLES
from moodle_sync.things.state import State
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.functions import (
    COPIED,
    COPYING,
    FILLING,
    FUNCTIONS,
    GET_COURSES,
    GET_SITE_INFO,
    GET_USERS,
    OPTIONAL,
    Named,
    SiteInfo,
)

SERVICES = "Site administration > Server > Web services > External services > Functions"
TOKENS = "Site administration > Server > Web services > Manage tokens"
ACCOUNTS = "Site administration > Users > Accounts > Browse list of users"
RIGHTS = "Site administration > Users > Permissions > Define roles: tick it for a role of the token's account"
FILTERS = (
    "Site administration > Plugins > Filters > Manage filters: Multi-Language Content must be On, and applied to "
    "Content and headings"
)
CHECK = "Site administration > Users > Permissions > Check system permissions"
ASSIGN = "Site administration > Users > Permissions > Define roles > Allow role assignments"
RECOMMENDED = 5000
"""Moodle's own advice for PHP's max_input_vars."""
AT_ONCE = 200
"""Accounts asked for in one request."""


class Mark(StrEnum):
    """What begins a line, for eyes, ears and programs."""

    OK = "ok"
    WRONG = "!!"
    NOTE = "--"


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the report."""

    mark: Mark
    text: str

    def __str__(self) -> str:
        """Write it as a line."""
        return f"{self.mark}  {self.text}"


def _ok(text: str) -> Finding:
    return Finding(Mark.OK, text)


def _wrong(text: str) -> Finding:
    return Finding(Mark.WRONG, text)


def _note(text: str) -> Finding:
    return Finding(Mark.NOTE, text)


def examine(client: Client, file: Path, session: Session | None, journal: Journal | None) -> Iterator[Finding]:
    """Look at the site and the token without changing anything; without a session the source had mistakes.

    `file` is where the journal is or will be.

    NotAllowed, Unreachable or NotMoodle end it where Moodle doesn't even say whose the token is.
    """
    wrong = False
    for finding in _site(client, session, journal):
        wrong = wrong or finding.mark is Mark.WRONG
        yield finding
    if session and not wrong:
        yield from _roles(session)
    yield from _journal(file, journal)


def _site(client: Client, session: Session | None, journal: Journal | None) -> Iterator[Finding]:
    info = client.call(GET_SITE_INFO)
    yield _ok(f"Connected to {info.sitename}, Moodle {info.release}, as {info.username}.")
    needed = needed_functions(session.input.state if session else State())
    missing = missing_functions(info, needed)
    yield from _functions(info, missing, needed)
    yield from _rights(info, (*needed, *COPIED) if needed != FUNCTIONS else needed)
    yield from _questions(client, session, missing)
    if session and GET_COURSES.name not in missing:
        yield from _languages(client, session.input.state)
    if GET_USERS.name not in missing:
        yield from _sight(client, journal)
        yield from _limit(client)


def advice(error: NotAllowed) -> str:
    """Say where to click when Moodle refuses the token at once."""
    if error.errorcode == "invalidtoken":
        return f"Make a token for the account in {TOKENS}, and give it to moodle-sync."
    if error.errorcode == "accessexception":
        return (
            f"Look in {SERVICES.removesuffix(' > Functions')} whether the service is switched on, has the function "
            f"and takes this account, and in {TOKENS} whether the token has ended or is bound to another address."
        )
    if error.errorcode == "forbidden":
        return f"Then look whether the account has the right webservice/rest:use ({CHECK})."
    return f"Look at the token's account in {ACCOUNTS}: whether it is confirmed, active, and complete."


def needed_functions(desired: State) -> Sequence[Named]:
    """List the functions that a source takes: those that copy only where a course has a template."""
    courses = desired[COURSES].values()
    copying = COPYING if any(course.template for course in courses) else ()
    filling = FILLING if any(course.fill for course in courses) else ()
    return (*FUNCTIONS, *copying, *filling)


def missing_functions(info: SiteInfo, needed: Sequence[Named]) -> list[str]:
    """List the functions that the token's service lacks."""
    there = {function.name for function in info.functions}
    return [function.name for function in needed if function.name not in there]


def _functions(info: SiteInfo, missing: list[str], needed: Sequence[Named]) -> Iterator[Finding]:
    for name in missing:
        yield _wrong(f"The token's service lacks {name}: add it in {SERVICES}.")
    for function in OPTIONAL:
        if function.name not in {there.name for there in info.functions}:
            yield _note(f"The token's service lacks {function.name}: its check is left out. Add it in {SERVICES}.")
    if not missing:
        yield _ok(f"The token's service has all {len(needed)} functions that are needed.")


def _rights(info: SiteInfo, needed: Sequence[Named]) -> Iterator[Finding]:
    """Moodle tells nobody's rights; only of an administrator is it known that none is missing."""
    if info.userissiteadmin:
        yield _ok(f"{info.username} is a site administrator and may do everything.")
        return
    yield _note(f"{info.username} is no site administrator. It needs these rights ({RIGHTS}):")
    yield _note(f"What it has is shown in {CHECK}; reading shows little of what it may write.")
    yield from (_note(f"  {right}: {PURPOSES[right]}") for right in needed_rights(needed))
    yield _note(f"It may only give the roles that are ticked for its own in {ASSIGN}.")


def _questions(client: Client, session: Session | None, missing: list[str]) -> Iterator[Finding]:
    """Try what reads: a right that is missing shows only there."""
    if session is None:
        yield _wrong("The files have mistakes, so courses and roles weren't tried: `moodle-sync validate` names them.")
    answers = ask(client, session.input.state if session else State(), frozenset(missing))
    for refusal in answers.refusals:
        about = f"{refusal.about} of {', '.join(refusal.courses)}" if refusal.courses else refusal.about
        yield _wrong(f"{about}: {refusal.said}. It takes {refusal.right} ({RIGHTS}).")
    if not answers.refusals:
        yield _ok("Everything that was tried could be read.")
    if answers.changeable:
        yield _ok(f"The account may name sections and make groups in {', '.join(answers.changeable)}.")


def _languages(client: Client, desired: State) -> Iterator[Finding]:
    """Try whether readers see one language of what is in several; that shows only in a course that is there."""
    tried = try_languages(client, desired)
    if tried is None:
        return
    if not tried.course:
        yield _note(f"No course in several languages is there yet; before it is, look at {FILTERS}.")
    elif tried.is_one:
        yield _ok(f"Readers see one language of what is in several (tried in {tried.course}).")
    else:
        yield _wrong(f"Readers see all languages of {tried.course} at once: {FILTERS}.")


def _sight(client: Client, journal: Journal | None) -> Iterator[Finding]:
    """Look for accounts that are there: who isn't shown looks as if they had no account."""
    rights = "moodle/user:viewdetails and moodle/user:viewalldetails"
    if not client.call(GET_USERS, field="username", values=[GUEST]):
        yield _wrong(f"The token's account can't see other people: give it {rights} ({RIGHTS}).")
        return
    yield _ok("The token's account sees other people.")
    known = journal.people() if journal else {}
    numbers = sorted(known)
    seen: set[int] = set()
    for start in range(0, len(numbers), AT_ONCE):
        seen |= {user.id for user in client.call(GET_USERS, field="id", values=numbers[start : start + AT_ONCE])}
    for number in sorted(known.keys() - seen):
        yield _wrong(f"{known[number]} (account {number}), whom the journal knows, isn't seen: deleted, or hidden.")
    if known and seen == known.keys():
        yield _ok(f"It sees all {len(known)} people whom the journal knows.")


def _limit(client: Client) -> Iterator[Finding]:
    limit = measure(client)
    where = "max_input_vars in the server's php.ini, then Site administration > Server > Environment"
    if limit is None:
        yield _wrong(f"Not even small requests come through whole: look at {where}.")
    elif limit < RECOMMENDED:
        yield _note(f"A request may have {limit} variables: it works, and is faster with {RECOMMENDED} ({where}).")
    else:
        yield _ok(f"A request may have {limit} variables.")


def _roles(session: Session) -> Iterator[Finding]:
    """Say which numbers the source's roles have; nothing in Moodle lists them."""
    wanted = sorted({enrolment.role for enrolment in session.input.state[ROLES]})
    if not wanted:
        return
    observed = session.observe()
    known = observed.ids[ROLES]
    assumed = {remark.key: remark.message for remark in observed.remarks if remark.kind == "role"}
    for role in wanted:
        if role in assumed:
            yield _note(f"The role {role}: {assumed[role]}.")
        elif role in known:
            yield _ok(f"The role {role} has the number {known[role]}.")
        else:
            yield _wrong(f"The role {role}: nobody in these courses has it: {ADVICE}.")


def _journal(file: Path, journal: Journal | None) -> Iterator[Finding]:
    if journal is None:
        yield _note(f"There is no journal yet: `moodle-sync apply` makes {file}. Until then, nothing is taken away.")
        return
    runs = journal.runs()
    yield _ok(f"The journal is {file}.")
    if runs:
        yield _note(f"Runs: {len(runs)}, the first of them: {heading(runs[-1])}")
        yield _note(f"Last run: {heading(runs[0])}")
        yield from _refused(journal.run(runs[0].id))
    if unfinished := journal.unfinished():
        yield _wrong(f"Run {unfinished.id} isn't finished: `moodle-sync resume` goes on with it.")


def _refused(record: Record) -> Iterator[Finding]:
    """Say what a run was refused since a right is missing: what may be written shows in no other way."""
    refused: dict[str, list[Item]] = {}
    for item in record.items:
        function, _, code = item.cause.partition(" ")
        if BY_ERRORCODE.get(code.partition(" ")[0]) is RightMissing:
            refused.setdefault(function, []).append(item)
    for function, items in refused.items():
        rights = ", ".join(rights_of(function))
        yield _note(
            f"It was refused {changes(len(items))}, since a right was missing: {items[0].reason}. "
            f"{function} takes {rights} ({RIGHTS}). Once that is mended, the next run says so."
        )
