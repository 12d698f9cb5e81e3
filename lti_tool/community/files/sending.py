"""What a form of the community says of files."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask import request

from lti_tool.clock import now
from lti_tool.community.files import store, taking
from lti_tool.community.files.rules import (
    A_DAY,
    LARGEST_PICTURE,
    MOST,
    Content,
    Problem,
    Refusal,
    Refused,
    Sent,
    alt_of,
)
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.community.typed import is_id

FILE, ALT, REMOVE = "file-", "alt-", "remove-"
"""Begin the names of the fields; the number of a new file follows, or the id of one that is there."""
SLOTS = range(1, MOST + 1)


def came() -> bool:
    """Tell whether files came with a form: they have to be chosen again where it is shown once more."""
    return any(file.filename for file in request.files.values())


def read(person_id: int, row: PostRow | ReplyRow | None) -> Sent:
    """Read what a form says; `row` is the piece where it is there already."""
    new, refusals = _new()
    ticked = {name.removeprefix(REMOVE) for name in request.form if name.startswith(REMOVE)}
    removed = {file_id for file_id in ticked if is_id(file_id)}
    alts, wrong = _alts()
    refusals = [*refusals, *wrong, *_too_much(person_id, row, new, removed)]
    return Sent(new=new, removed=removed, alts=alts, refusals=refusals)


def _new() -> tuple[Sequence[Content], Sequence[Refusal]]:
    taken, refusals = list[Content](), list[Refusal]()
    for slot in SLOTS:
        file = request.files.get(f"{FILE}{slot}")
        if not file or not file.filename:
            continue
        try:
            content = taking.take(file.read(LARGEST_PICTURE + 1), file.filename)
            taken.append(replace(content, alt=alt_of(request.form.get(f"{ALT}{slot}", ""))))
        except Refused as refused:
            refusals.append(Refusal(name=file.filename, problem=refused.problem))
    return taken, refusals


def _alts() -> tuple[dict[str, str], Sequence[Refusal]]:
    found, refusals = dict[str, str](), list[Refusal]()
    for name, text in request.form.items():
        file_id = name.removeprefix(ALT)
        if file_id == name or not is_id(file_id):
            continue
        try:
            found[file_id] = alt_of(text)
        except Refused as refused:
            refusals.append(Refusal(name="", problem=refused.problem))
    return found, refusals


def _too_much(
    person_id: int, row: PostRow | ReplyRow | None, new: Sequence[Content], removed: set[str]
) -> Iterator[Refusal]:
    if not new:
        return
    there = store.digests(row, removed) if row else set()
    if len(there | {file.digest for file in new}) > MOST:
        yield Refusal(name="", problem=Problem.FULL)
    added = sum(len(file.content) for file in new if file.digest not in there)
    if store.added_within_a_day(person_id, now()) + added > A_DAY:
        yield Refusal(name="", problem=Problem.DAY_FULL)
