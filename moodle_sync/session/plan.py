"""Plans with their context: what they were made from, what they cost, and what stands in their way."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from moodle_sync.applying.cost import Cost, mails, requests
from moodle_sync.applying.resume import settle
from moodle_sync.errors import StalePlan
from moodle_sync.planning import guards
from moodle_sync.planning.plan import Options, Plan
from moodle_sync.session.plan_file import Allowed, PlanFile
from moodle_sync.session.session import Session
from moodle_sync.site.installed import examine
from moodle_sync.site.observed import Observed

NOTHING_ALLOWED = Allowed()
SHOWN = 5
"""How many differences of a stale plan are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan with what it was made from, and what stands in its way."""

    plan: Plan
    options: Options
    allowed: Allowed
    cost: Cost
    stops: tuple[str, ...]
    observed: Observed


def plan(session: Session, options: Options | None = None, allowed: Allowed = NOTHING_ALLOWED) -> Planned:
    """Read the site and decide what to do there; nothing is changed in Moodle.

    Who may write finds out first what an earlier run left in doubt. Without options it is the usual plan of today.
    """
    observed = session.observe()
    if session.writes and settle(session.journal, session.client, observed.ids):
        observed = session.observe()  # Moodle may have ended it only since
    chosen = options or session.usual()
    return _plan(session, observed, chosen, allowed)


def _plan(session: Session, observed: Observed, chosen: Options, allowed: Allowed) -> Planned:
    new_accounts = session.settings.new_accounts
    made = session.decide(observed, chosen)
    examined = examine(session.client, observed, made.actions)
    if examined is not observed:
        observed, made = examined, session.decide(examined, chosen)
    cost = Cost(
        mails=mails(made.actions, new_accounts),
        removals=guards.removals(made.actions, chosen.today),
        requests=requests(made.actions, new_accounts, session.room()),
    )
    applied, rows = session.applied(observed), session.rows(chosen)
    stops = guards.stops(made, applied, rows, allowed.removals, allowed.mails, cost.mails)
    return Planned(
        plan=made,
        options=chosen,
        allowed=allowed,
        cost=cost,
        stops=tuple(stop.message for stop in stops),
        observed=observed,
    )


def as_file(session: Session, planned: Planned, made: datetime) -> PlanFile:
    """Make a plan into what a file of it holds."""
    return PlanFile(
        site=session.settings.site,
        made=made,
        options=planned.options,
        allowed=planned.allowed,
        actions=planned.plan.actions,
        conflicts=planned.plan.conflicts,
        remarks=planned.plan.remarks,
        cost=planned.cost,
    )


def check_fresh(file: PlanFile, planned: Planned, zone: tzinfo) -> None:
    """Refuse a plan from a file that isn't what would be done now: StalePlan names the first differences."""
    then, now = set(file.actions), set(planned.plan.actions)
    gone = [f"not to be done any more: {action.line(zone)}" for action in file.actions if action not in now]
    new = [f"not in the file: {action.line(zone)}" for action in planned.plan.actions if action not in then]
    different = gone + new
    if different:
        more = [f"and {len(different) - SHOWN} more"] if len(different) > SHOWN else []
        head = "the plan is stale, and nothing was sent: make it again"
        raise StalePlan("\n".join([head, *different[:SHOWN], *more]))
