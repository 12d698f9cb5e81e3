"""What the administrator reads of runs: which there were, and what became of each change."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo

from moodle_sync.journal.records import Ending, Fate, Item, Record
from moodle_sync.telling.alike import Told, in_few
from moodle_sync.telling.report import action_lines, amounts

GO_ON = "`moodle-sync resume` finds out what became of it, and does what is left."
STOPPED = "stopped, or still at work"
ENDINGS = {
    Ending.DONE: "done",
    Ending.PARTLY: "partly done",
    Ending.SUPERSEDED: "stopped; a later run went by a plan of its own",
    None: STOPPED,
}


def heading(record: Record) -> str:
    """Print a run as one line."""
    back = f"; takes {record.undoes} back" if record.undoes else ""
    return f"{record.id}  {_time(record.started)}  {ENDINGS[record.outcome]}{back}"


def run_list(records: Sequence[Record]) -> Iterator[str]:
    """Print all runs, the latest first."""
    yield from map(heading, records)
    if not records:
        yield "No runs yet."


def run_lines(record: Record, zone: tzinfo = UTC) -> Iterator[str]:
    """Print a run: how it ended, and what became of each of its actions."""
    ended = f", ended {_time(record.ended)}" if record.ended else ""
    yield f"Run {record.id}: begun {_time(record.started)}{ended}: {ENDINGS[record.outcome]}."
    if record.stopped:
        yield f"Stopped: {record.stopped}"
    source = f"Takes back: {record.undoes}" if record.undoes else f"People in the source: {record.rows}"
    yield f"{source}. Requests that wrote: {len(record.sends)}."
    yield ""
    yield from action_lines(tuple(item.action for item in record.of(Fate.DONE)), zone)
    yield from _items("Refused by Moodle", record.of(Fate.QUARANTINED), zone)
    yield from _items("Left out", record.of(Fate.LEFT_OUT), zone)
    yield from _items("Not there afterwards", record.of(Fate.LOST), zone)
    yield from _items("Done, and not as it should be", record.of(Fate.ALTERED), zone)
    yield from record.left_alone
    yield from record.remarks
    unknown, rest = record.unknown, record.rest
    if rest:
        yield f"Not done yet: {amounts(rest)}."
    if unknown:
        yield f"Of these nobody knows whether they were done: {amounts(unknown)}."
    if rest and record.outcome is None:
        yield GO_ON
    yield f"Done: {amounts(item.action for item in record.of(Fate.DONE))}."


def unfinished_lines(record: Record | None) -> Iterator[str]:
    """Say that a run was stopped, if one was."""
    if record:
        yield f"Run {record.id} of {_time(record.started)} isn't finished. {GO_ON}"


def superseding_lines(record: Record | None) -> Iterator[str]:
    """Say that a run that was stopped won't be gone on with, if one was."""
    if record:
        yield f"Run {record.id} of {_time(record.started)} isn't finished; this plan takes its place."


def given_up(record: Record) -> tuple[Item, ...]:
    """Give the actions of a run that were refused or left out."""
    return (*record.of(Fate.QUARANTINED), *record.of(Fate.LEFT_OUT))


def item_line(item: Item, zone: tzinfo = UTC) -> str:
    """Print an action that was not done."""
    return f"{item.action.line(zone)}: {item.reason}"


def each_in(run: str) -> str:
    """Say where each of those is told that are told together."""
    return f"Each of those that are told together has a line of its own with `moodle-sync report {run}`."


def given_up_lines(record: Record, zone: tzinfo = UTC) -> Iterator[str]:
    """Print what was refused or left out: many for the same in one line."""
    return in_few((_told(item, zone) for item in given_up(record)), each_in(record.id))


def _told(item: Item, zone: tzinfo) -> Told:
    action = item.action
    return Told(
        line=item_line(item, zone),
        title=action.noun.capitalize(),
        name=action.subject(),
        text=item.reason,
        cause=(type(action), item.fate, item.cause or item.reason),
    )


def _items(title: str, items: tuple[Item, ...], zone: tzinfo) -> Iterator[str]:
    if items:
        yield f"{title}: {len(items)}"
        yield from (f"  {item_line(item, zone)}" for item in items)
        yield ""


def _time(written: str) -> str:
    return f"{datetime.fromisoformat(written):%Y-%m-%d %H:%M:%S} UTC"
