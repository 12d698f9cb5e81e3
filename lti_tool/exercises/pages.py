"""The exercise's pages, from what is saved: the canvas, one note's editor, and the sheet of paper."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import get_template_attribute, render_template, request
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from content.model import Exercise, ExerciseText
from content.parts.part import Part, PartText
from content.text import pick
from lti_tool.clock import now
from lti_tool.exercises import (
    access,
    around,
    ballots,
    beside,
    canvas_wording,
    changes,
    checks,
    handed_in,
    onward,
    opened,
    origins,
    owners,
    posters,
    running,
    sheet,
    situations,
    stacks,
    staging,
    store,
    wording,
)
from lti_tool.exercises.access import Elsewhere
from lti_tool.exercises.answers import Answer
from lti_tool.exercises.bringing import offers
from lti_tool.exercises.harvest import Harvest
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.owners import Owner, OwnerKind
from lti_tool.exercises.photos import store as photos
from lti_tool.exercises.rules import Decision, Draft, Note, Problem, Verdict
from lti_tool.exercises.sheet import Around
from lti_tool.exercises.store import Workspace, WorkspaceKey
from lti_tool.exercises.voting import Standing
from lti_tool.groups.rules import Trouble
from lti_tool.groups.wording import name_of
from lti_tool.learning.store import reader_language, writing_language
from lti_tool.lti.launch.activities import Looking
from lti_tool.lti.launch.session import current
from lti_tool.referral import shown

STATIC = Path(__file__).parents[1] / "static"
SCRIPTS = (*sorted(f"exercises/{path.name}" for path in (STATIC / "exercises").glob("*.js")), "keeping.js")
"""All that the page's script imports: fetched at once, and not one after the other as they are found."""
OPEN = {Verdict.CONFLICT: HTTPStatus.CONFLICT, Verdict.REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY}


def text_of(exercise: Exercise) -> tuple[str, ExerciseText]:
    """Give the exercise's text in the person's language, with the language it is really in."""
    return pick(exercise.texts, reader_language())


def canvas(exercise: Exercise, key: WorkspaceKey | Trouble, *, problem: str | None = None) -> str:
    """Show a workspace's canvas; without one, an empty canvas and what keeps the person from having one."""
    arrangement = opened.situation().arrangement
    dates = canvas_wording.dates(arrangement.dates, now())
    if isinstance(key, Trouble):
        nowhere, hindrance = opened.key_of(opened.slug()), str(canvas_wording.TROUBLE[arrangement.counting.source, key])
        told: dict[str, Any] = {"hindrance": hindrance, "dates": dates, "readers": _readers(nowhere)}
        told["others"] = _others(nowhere, key, shown=None)
        return _canvas(
            exercise, nowhere, None, trouble=key, **told, **staging.on_page(nowhere, key), **_following(nowhere)
        )
    workspace, refusal, home = store.find_workspace(key), opened.refusal_of(key.owner, now()), opened.home()
    writes = refusal is None and (key.owner == home or current().is_trainer)
    why = None if writes else refusal or Elsewhere.LEFT_BEHIND
    said: dict[str, Any] = {
        "refusal": why,
        "hindrance": canvas_wording.hindrance(why, arrangement.dates) if why else None,
        "dates": dates,
    }
    said |= {"readers": _readers(key), "problem": problem, "voting": standing(key)}
    where: dict[str, Any] = {"home": home, "others": _others(key, home, shown=key.owner)}
    where |= {"group": _group(key), "along": offers.invitation(key, home) if writes else None, **_following(key)}
    said |= {"onward": onward.shown(key, workspace.id if workspace else None)}
    return _canvas(exercise, key, workspace, writes=writes, **where, **said, **staging.on_page(key, home))


def standing(key: WorkspaceKey) -> Standing | None:
    """Give how the newest ballot stands at a canvas, for the person who asks."""
    return ballots.standing(key, current().person_id, may_vote=opened.may_vote(key.owner))


def _group(key: WorkspaceKey) -> str | None:
    """Name the group whose canvas it is."""
    found = situations.group_of(key.course_id, key.owner)
    return name_of(found) if found else None


def _readers(key: WorkspaceKey) -> str:
    return canvas_wording.readers(opened.situation(), key.owner, now())


def _following(key: WorkspaceKey) -> Mapping[str, Any]:
    """Give what the page needs to follow others: nothing changes where each works alone and no trainer ever led."""
    situation, moment = opened.situation(), now()
    is_led = situation.arrangement.mode is not Mode.ALONE or situation.stage.version > 0
    mark = changes.mark_of(situation, moment)
    return {"follows": key.owner.is_shared or is_led, "home_kind": access.home(situation, moment), "stage_mark": mark}


def _others(key: WorkspaceKey, home: Owner | Trouble, *, shown: Owner | None) -> Mapping[Owner, LazyString]:
    """Name the other canvases that there are for this person: those with something in them, and where they write."""
    candidates = {
        opened.own(): canvas_wording.OTHERS[opened.own().kind],
        owners.COURSE: canvas_wording.OTHERS[OwnerKind.COURSE],
    }
    if isinstance(home, Owner):
        candidates[home] = canvas_wording.OTHERS[home.kind]
    begun = store.begun(key, candidates)
    return {owner: name for owner, name in candidates.items() if owner != shown and (owner in begun or owner == home)}


def preview(slug: str, exercise: Exercise, looking: Looking) -> str:
    """Show an empty canvas to a trainer who thinks about placing the exercise."""
    return _canvas(
        exercise, opened.key_of(slug), None, readers=canvas_wording.READERS[OwnerKind.PERSON], looking=looking
    )


def _canvas(
    exercise: Exercise,
    key: WorkspaceKey,
    workspace: Workspace | None,
    *,
    voting: Standing | None = None,
    authors: Mapping[str, str] = sheet.NOBODY,
    **given: Any,
) -> str:
    notes = list(workspace.notes.values()) if workspace else []
    mark = _mark(workspace) if key.owner.is_shared else None  # before what it names: what comes between is told again
    state, told = checks.state(exercise, notes), handed_in.told(key, workspace)
    answer: Answer | None = told.get("answer")
    margin = answer.at_notes if answer else {}
    return _page(
        "exercises/page.html",
        exercise,
        notes,
        replace(_around(workspace), voting=voting, authors=authors, margin=margin),
        state=state,
        ready=wording.ready(state),
        key=key,
        workspace=workspace,
        inside=opened.address(key.owner).get(opened.IN),
        around=mark,
        is_framed=request.headers.get("Sec-Fetch-Dest") == "iframe",
        scripts=SCRIPTS,
        **told,
        **given,
    )


def editor(
    exercise: Exercise,
    draft: Draft,
    notes: Sequence[Note],
    *,
    theirs: Note | None = None,
    problems: Sequence[str] = (),
) -> str:
    """Show one note's editor, with what stands in the way of saving it; `notes` are those of its part."""
    part = exercise.part(draft.part)
    others = [note for note in notes if note.id != draft.id]
    return _page(
        "exercises/edit.html",
        exercise,
        notes,
        part=part,
        words=text_of(exercise)[1].parts[draft.part],
        draft=draft,
        neighbours=[note for note in others if note.cell == draft.cell],
        others={note.id: note.values.get(part.fields[0].id, "") for note in others},
        theirs=theirs,
        problems=problems,
    )


def paper(exercise: Exercise, key: WorkspaceKey, *, is_blank: bool, size: str) -> str:
    """Show the exercise as a sheet to print."""
    workspace = None if is_blank else store.find_workspace(key)
    notes = list(workspace.notes.values()) if workspace else []
    plan = exercise.facilitation if is_blank and current().is_trainer else None
    begins = running.begins(plan.steps) if plan else ()
    given: dict[str, Any] = {
        "is_blank": is_blank,
        "size": size,
        "begins": begins,
        "has_poster": bool(posters.of(exercise)),
    }
    return _page("exercises/paper.html", exercise, notes, _around(workspace), **given)


def poster(exercise: Exercise) -> str:
    """Show the exercise as a large blank sheet for a wall, page by page."""
    found = posters.of(exercise)
    given: dict[str, Any] = {"is_blank": True, "size": "poster", "posters": found, "has_poster": bool(found)}
    return _page("exercises/poster.html", exercise, (), **given)


def example(exercise: Exercise, notes: Sequence[Note], **given: Any) -> str:
    """Show a worked example of the exercise."""
    return _page("exercises/example.html", exercise, notes, **given)


def alike(exercise: Exercise, part: Part, notes: Sequence[Note], **given: Any) -> str:
    """Show the notes of a cell to be put under a heading."""
    words = text_of(exercise)[1].parts[part.id]
    return _page("exercises/alike.html", exercise, notes, part=part, words=words, cell_notes=notes, **given)


def to_send(exercise: Exercise, workspace: Workspace | None, **given: Any) -> str:
    """Show a group's notes, to be ticked for the course's canvas."""
    notes = list(workspace.notes.values()) if workspace else []
    return _page("exercises/send_up.html", exercise, notes, _around(workspace), **given)


def to_bring(exercise: Exercise, **given: Any) -> str:
    """Show what can be brought along from earlier exercises, to be ticked."""
    return _page("exercises/bring.html", exercise, (), **given)


def harvest(exercise: Exercise, harvests: Sequence[Harvest]) -> str:
    """Show what came out of canvases, as lists and as plain text."""
    plain = _page("exercises/harvest.txt", exercise, (), harvests=harvests, caption=caption)
    return _page("exercises/harvest.html", exercise, (), harvests=harvests, plain=plain)


def caption(part: Part, words: PartText, cell: str) -> str:
    """Name a cell as pages do, in plain text."""
    written = get_template_attribute(f"exercises/parts/{part.kind}.html", "caption")(words, cell)
    return Markup(written).unescape()  # noqa: S704 - the template escaped it, which is undone here


def surroundings(exercise: Exercise, key: WorkspaceKey) -> tuple[str, str]:
    """Give the state of what stands around a canvas's notes, and that itself, as the page shows it."""
    workspace = store.find_workspace(key)
    mark = _mark(workspace)
    notes = list(workspace.notes.values()) if workspace else []
    told = handed_in.told(key, workspace)
    writes = opened.refusal_of(key.owner, now()) is None
    return mark, _page("exercises/around.html", exercise, notes, _around(workspace), writes=writes, **told)


def _mark(workspace: Workspace | None) -> str:
    return around.mark_of(workspace.id if workspace else None)


def _around(workspace: Workspace | None) -> Around:
    """Give what is shown around a workspace's notes, to whomever."""
    if workspace is None:
        return sheet.ALONE
    came = origins.find(workspace.id)
    return Around(
        brought=beside.find(workspace.id),
        stacks=stacks.in_all([workspace.id])[workspace.id],
        origins=came.groups,
        earlier=came.exercises,
        photos=photos.in_workspace(workspace.id),
    )


def status(decision: Decision, problems: Sequence[Problem] = ()) -> HTTPStatus:
    """Choose the status of the answer to a save, after which a move may have had its own problems."""
    return OPEN.get(decision.verdict, HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK)


def _page(
    template: str,
    exercise: Exercise,
    notes: Sequence[Note],
    surrounding: Around = sheet.ALONE,
    **given: Any,
) -> str:
    language, text = text_of(exercise)
    return render_template(
        template,
        exercise=exercise,
        text=text,
        text_language=language,
        sheet=sheet.lay_out(writing_language(), notes, surrounding),
        turn=shown.near(near_violence=exercise.near_violence),
        **given,
    )
