"""Makes the files that people asked for, in slices, so that no grade waits for them.

One slice counts the pieces of work, gathers one of them, or looks for half a second whether the file is made. That is
done beside the worker, in a process of its own, since typst's time and memory are bounded from outside alone. What is
gathered is kept, and a worker that is killed costs its lease and one slice.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g
from flask_babel import force_locale, gettext, ngettext

from content.text import pick
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exports import blocks, gathering, letters, store
from lti_tool.exports.blocks import EXERCISE, Block
from lti_tool.exports.forms import FORMS
from lti_tool.exports.press import Press, PressFailed
from lti_tool.exports.rules import LARGEST_FILE, LEASE, LONGEST_SETTING, LOOK, MOST_TRIES, Problem, Wanted
from lti_tool.exports.store import Taken
from lti_tool.exports.telling import Reader
from lti_tool.i18n import moment
from lti_tool.learning.store import exercise as find_exercise

log = logging.getLogger("lti_tool.exports")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A file that this worker has made, and since when."""

    taken: Taken
    press: Press
    since: datetime


def init_app(app: Flask) -> None:
    """Give each worker room for the one file that it has made."""
    app.extensions["exports_under_way"] = None


def go_on() -> bool:
    """Do one slice of what is wanted, if anything is; tell whether there may be more."""
    under_way: UnderWay | None = current_app.extensions["exports_under_way"]
    if under_way is not None:
        _look(under_way)
        return True
    taken = store.take_due(now())
    db.session.rollback()  # a look at nothing holds no transaction either
    if taken is not None:
        _go_on(taken)
    return taken is not None


def _go_on(taken: Taken) -> None:
    if taken.attempts > MOST_TRIES:
        log.warning("export %s: given up", taken.export.id)
        store.fail(taken, Problem.BROKEN)
        return
    try:
        with _speaking(taken.export.wanted):
            _slice(taken)
    except NotFound:  # the exercise is no longer in the curriculum
        db.session.rollback()
        store.fail(taken, Problem.NOTHING)
    except Exception:
        db.session.rollback()
        store.put_off(taken, now())
        raise


@contextmanager
def _speaking(wanted: Wanted) -> Iterator[None]:
    """Speak as the page did on which somebody asked."""
    g.timezone = wanted.timezone
    with force_locale(wanted.language):
        yield


def _slice(taken: Taken) -> None:
    wanted = taken.export.wanted
    if taken.workspace_ids is None:
        found = gathering.workspaces(wanted)
        db.session.rollback()
        store.count(taken, found, now()) if found else store.fail(taken, Problem.NOTHING)
    elif taken.export.done < len(taken.workspace_ids):
        _gather(taken, taken.workspace_ids[taken.export.done])
    else:
        _begin(taken)


def _gather(taken: Taken, workspace_id: int) -> None:
    wanted, form = taken.export.wanted, FORMS[taken.export.wanted.form]
    with_images = form.shows_photos and wanted.workspace_id is not None
    work = gathering.gather(wanted, workspace_id, with_images=with_images)
    piece = form.piece(work, _reader(wanted)) if work else None
    db.session.rollback()  # what was read belongs to no transaction of what is written
    if piece is None:
        store.fail(taken, Problem.NOTHING)
    else:
        store.add(taken, piece, now())


def _reader(wanted: Wanted) -> Reader:
    return Reader(language=wanted.language, reads=wanted.reads)


def _begin(taken: Taken) -> None:
    order = _order(taken.export.wanted, store.pieces(taken))
    db.session.rollback()
    under_way = UnderWay(taken=taken, press=Press(order), since=now())
    current_app.extensions["exports_under_way"] = under_way


def _order(wanted: Wanted, pieces: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Say what is to be made: the pieces, behind what stands above them all."""
    language, text = pick(find_exercise(wanted.exercise).texts, wanted.reads)
    return {
        "form": wanted.form,
        "title": letters.run(text.title, language),
        "cover": _cover(wanted, blocks.heading(EXERCISE, text.title, language), len(pieces)),
        "pieces": pieces,
    }


def _cover(wanted: Wanted, title: Block, count: int) -> Sequence[Block]:
    course = gathering.course_title(wanted.course_id)
    counted = ngettext("%(num)s piece of work that was handed in", "%(num)s pieces of work that were handed in", count)
    return [
        title,
        *([blocks.labelled(str(gettext("Course")), course, wanted.language)] if course else []),
        blocks.labelled(str(gettext("Made")), moment(now()), wanted.language),
        *([blocks.line(str(counted), wanted.language)] if wanted.workspace_id is None else []),
    ]


def _look(under_way: UnderWay) -> None:
    """See whether the file is made; one that takes too long never will be."""
    taken, press = under_way.taken, under_way.press
    if press.is_done(LOOK):
        current_app.extensions["exports_under_way"] = None
        _end(taken, press)
    elif now() - under_way.since > LONGEST_SETTING:
        current_app.extensions["exports_under_way"] = None
        press.stop()
        store.fail(taken, Problem.TOO_LONG)
    elif taken.leased_until - now() < LEASE / 2:
        store.lengthen(taken, now())


def _end(taken: Taken, press: Press) -> None:
    try:
        made = press.file()
    except PressFailed as error:
        log.warning("export %s: the press %s", taken.export.id, error)
        store.fail(taken, Problem.TOO_LARGE if error.was_stopped else Problem.BROKEN)
        return
    if len(made) > LARGEST_FILE:
        store.fail(taken, Problem.TOO_LARGE)
    else:
        store.keep(taken, made, now())
    log.info("export %s: %s bytes", taken.export.id, len(made))
