"""What is new in a workspace, as every page that shows one asks again and again; mostly nothing is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy import RowMapping

from lti_tool.clock import now
from lti_tool.errors import NotFound, SessionEnded
from lti_tool.exercises import (
    access,
    answers,
    around,
    ballots,
    modes,
    opened,
    owners,
    polled,
    presences,
    ranks,
    stacking,
    stacks,
    stage_told,
    voting,
)
from lti_tool.exercises.access import Elsewhere, Situation
from lti_tool.exercises.ballots import Place
from lti_tool.exercises.bringing.wording import title_of
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.photos import store as photos
from lti_tool.exercises.polled import NOTE, PERSON, Found
from lti_tool.exercises.shut import WorkspaceShut
from lti_tool.exercises.voting_wording import told
from lti_tool.groups.wording import name_of
from lti_tool.i18n import language, speak
from lti_tool.lti.launch.session import PREFIX, display_name, launch_id, require_open, require_own
from lti_tool.lti.statements import Transaction

blueprint = Blueprint("changes", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the page has: it gives back the numbers that it was told."""

    version: int
    people: int
    stage: str

    @classmethod
    def of_request(cls) -> "Known":
        """Read what the address says; a page that says nothing has nothing."""
        ask = request.args.get
        return cls(
            version=ask("version", 0, type=int), people=ask("people", -1, type=int), stage=ask("stage", "", type=str)
        )


@blueprint.get(PREFIX + "/exercise/changes")
def show() -> ResponseReturnValue:
    """Tell what is new, which may be nothing; one statement reads the session with all that decides it."""
    owner, known = owners.read(request.args.get(opened.IN, "")), Known.of_request()
    with Transaction(each_alone=True):
        found = _admitted(polled.find(launch_id(), owner))
        _require_reader(found, owner)
        news = _news(found, owner, known, now())
    return news or ("", HTTPStatus.NO_CONTENT)


def _admitted(found: Found | None) -> Found:
    """Hold the request to what opening a session does: this endpoint opens its own."""
    if found is None:
        raise SessionEnded("session_foreign")
    standing = found.standing
    require_own(standing.secret_hash)
    speak(standing.locale, standing.timezone)
    require_open(standing.ends_at, registration=standing.registration, deployment=standing.deployment)
    return found


def _require_reader(found: Found, owner: Owner | None) -> None:
    """Let only those go on who may read the workspace; a page whose person changed group hears why."""
    if not found.activity.startswith(polled.EXERCISE):
        raise NotFound("not_an_exercise")
    if owner is None:
        if opened.IN in request.args:
            raise NotFound("workspace_unknown")
    elif not access.may_read(found.situation, owner, found.group):
        raise WorkspaceShut(Elsewhere.NOT_YOURS) if owner.can_be_left else NotFound("workspace_unknown")


# What is new


def _news(found: Found, owner: Owner | None, known: Known, moment: datetime) -> Mapping[str, object] | None:
    mark = mark_of(found.situation, moment)
    if (found.version, found.people_version, mark) == (known.version, known.people, known.stage):
        return None
    return {
        "version": found.version,
        "notes": _notes(found, known.version),
        "stacks": _stacks(found, known.version),
        "photos": _are_photos_new(found, known.version),
        "people": _people(found, moment) if found.people_version != known.people else None,
        "stage": {**stage_told.told(found.situation, moment), "mark": mark} if mark != known.stage else None,
        **_votes(found, owner, known, moment),
        **_around(found, owner, known),
        **_answered(found, known),
    }


def mark_of(situation: Situation, moment: datetime) -> str:
    """Tell one state of the stage from another: some of it changes by the clock, and nobody counts that."""
    shut = modes.shut(situation.arrangement.dates, situation.stage, moment)
    return f"{situation.stage.version}-{access.home(situation, moment)}-{shut or ''}"


def _votes(found: Found, owner: Owner | None, known: Known, moment: datetime) -> Mapping[str, object]:
    """Give how the votes stand at a shared canvas; a vote is counted as somebody's coming is."""
    is_quiet = found.people_version == known.people and known.stage.startswith(f"{found.situation.stage.version}-")
    if is_quiet or owner is None or not owner.is_shared:
        return {}
    place = Place(course_id=found.course_id, exercise=found.exercise, workspace_id=found.workspace_id)
    may_vote = voting.refusal(found.situation, owner, found.group, moment) is None
    return {"votes": told(ballots.standing_at(place, found.situation.person_id, may_vote=may_vote))}


def _around(found: Found, owner: Owner | None, known: Known) -> Mapping[str, object]:
    """Give which state stands around a shared canvas's notes, whose change is counted as somebody's coming is."""
    if owner is None or not owner.is_shared or found.people_version == known.people:
        return {}
    return {"around": around.mark_of(found.workspace_id)}


def _answered(found: Found, known: Known) -> Mapping[str, object]:
    """Give how often a trainer answered; a release is counted as somebody's coming is."""
    if found.workspace_id is None or found.people_version == known.people:
        return {}
    return {"answered": answers.count(found.workspace_id)}


def _stacks(found: Found, version: int) -> Sequence[Mapping[str, object]]:
    if found.workspace_id is None or found.version == version:
        return []
    since = version if 0 <= version < found.version else 0
    return [stacking.told(stack) for stack in stacks.changed_since(found.workspace_id, since)]


def _are_photos_new(found: Found, version: int) -> bool:
    """Tell whether the page is to ask for the list of photos again."""
    if found.workspace_id is None or found.version == version:
        return False
    return photos.changed_since(found.workspace_id, version if 0 <= version < found.version else 0)


def _notes(found: Found, version: int) -> Sequence[Mapping[str, object]]:
    """Give what changed; all of it, where the page says a version that isn't there yet: a backup was put back."""
    if found.workspace_id is None or found.version == version:
        return []
    since = version if 0 <= version < found.version else 0
    rows = polled.changed_since(found.workspace_id, since)
    return [_note(row, found) for row in rows]


def _note(row: RowMapping, found: Found) -> Mapping[str, object]:
    deleted = row[NOTE.c.deleted]
    return {
        "id": row[NOTE.c.id],
        "part": row[NOTE.c.part],
        "cell": row[NOTE.c.cell],
        "values": {} if deleted else row[NOTE.c["values"]],
        "version": row[NOTE.c.version],
        "place": row[NOTE.c.place_version],
        "rank": row[NOTE.c.rank] or ranks.numbered(row[NOTE.c.position]),
        "language": row[NOTE.c.language],
        "deleted": deleted,
        "is_late": row[NOTE.c.is_late],
        "stack": row[NOTE.c.stack_id],
        **_signed(row, found),
    }


def _signed(row: RowMapping, found: Found) -> Mapping[str, object]:
    """Say where a note came from, and who wrote it, where names are shown."""
    said = {}
    if group := polled.origin(row, found.exercise):
        said["origin"] = name_of(group)
    if earlier := polled.earlier(row, found.exercise):
        said["along"] = str(title_of(earlier, found.standing.locale or language()))
    if found.situation.stage.shows_names:
        said["author"] = display_name(row[polled.AUTHOR], row[PERSON.c.number])
    return said


def _people(found: Found, moment: datetime) -> Mapping[str, object]:
    """Tell who else is here, and which notes they have open: by whom, only where names are shown."""
    me, names = found.situation.person_id, found.situation.stage.shows_names
    present = presences.visitors(found.workspace_id, moment) if found.workspace_id else []
    others = [one for one in present if one.person_id != me]
    return {
        "version": found.people_version,
        "here": [{"name": one.name, "trainer": one.is_trainer} for one in others],
        "open": [{"note": one.note_id, "name": one.name if names else None} for one in others if one.note_id],
    }
