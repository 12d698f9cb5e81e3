"""The board: how far everybody in a course is with its exercises, for its trainers, as a page and as a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from content.text import pick
from lti_tool import collation, spreadsheet
from lti_tool.clock import now
from lti_tool.facilitation import works
from lti_tool.facilitation.board import cells, people, rules, store, way, wording
from lti_tool.facilitation.board.rules import Choice, Column, Row, Shown, Someone
from lti_tool.facilitation.board.store import Groups
from lti_tool.learning.store import curriculum, reader_language
from lti_tool.lti.launch.session import PREFIX, require_trainer
from lti_tool.readings.rules import Reading
from lti_tool.roster import store as rosters

blueprint = Blueprint("board", __name__)
blueprint.app_url_defaults(way.keep)
blueprint.add_app_template_global(way.back, "way_back_to_board")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """An exercise at the head of its column."""

    slug: str
    title: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a trainer asked for."""

    choice: Choice
    headings: Sequence[Heading]
    """Of the columns that are shown."""
    activities: Sequence[Heading]
    """Of all that can be chosen."""
    groups: Sequence[Someone]
    """That can be chosen."""
    rows: Sequence[Row]
    others: Sequence[Row]
    """Of people who are no trainees in the course now, and have work."""
    roster: Reading | None

    @property
    def is_of_groups(self) -> bool:
        """Whether groups stand in the rows."""
        return self.choice.shown is Shown.GROUPS

    def name_of(self, someone: Someone) -> str:
        """Name whoever a row is of."""
        return (wording.name_of_group if self.is_of_groups else wording.name_of_person)(someone)


@blueprint.get(PREFIX + "/board")
def show() -> ResponseReturnValue:
    """Show the board."""
    board = _board()
    counts = rules.count([*board.rows, *board.others])
    return render_template(
        "facilitation/board/board.html",
        board=board,
        page=rules.page_of(board.rows, board.choice.page),
        page_address=lambda number: replace(board.choice, page=number).address(),
        counts=counts,
        wording=wording,
        cells_of=cells.Writer(board.choice, [one.slug for one in board.headings]).row,
        now=now(),
    )


@blueprint.get(PREFIX + "/board.csv")
def download() -> ResponseReturnValue:
    """Give the same as a file for spreadsheets."""
    board = _board()
    heading = str(gettext("Group")) if board.is_of_groups else str(gettext("Person"))
    told = cache(wording.told)
    shown = [*board.rows, *board.others]
    rows = [[board.name_of(row.who), *(told(cell and cell.alike) for cell in row.cells)] for row in shown]
    text = spreadsheet.written([[heading, *(one.title for one in board.headings)], *rows])
    answer = Response(text, mimetype=spreadsheet.MIMETYPE)
    answer.headers.set("Content-Disposition", "attachment", filename="board.csv")
    return answer


def _board() -> Board:
    session, choice, roster = require_trainer(), way.read(request.args), works.roster()
    groups = store.find_groups(session.course_id)
    slugs = _slugs(session.course_id)
    wanted = [choice.activity] if choice.activity in slugs else slugs
    columns = store.find_columns(session.course_id, wanted, groups, now())
    named = [Someone(id=one.id, name=one.name, number=one.number, groups=frozenset([one.id])) for one in groups.all]
    of_groups = rules.rows_of_groups(columns, named)
    choice = replace(choice, shown=choice.shown or (Shown.GROUPS if of_groups else Shown.PEOPLE))
    rows, others = (of_groups, []) if choice.shown is Shown.GROUPS else _people(columns, groups, roster)
    columns, rows = rules.without_empty(columns, rows) if choice.shown is Shown.GROUPS else (columns, rows)
    name_of = wording.name_of_group if choice.shown is Shown.GROUPS else wording.name_of_person
    return Board(
        choice=choice,
        headings=[_heading(one.exercise) for one in columns],
        activities=[_heading(one) for one in slugs],
        groups=sorted(named, key=lambda one: collation.key(wording.name_of_group(one))),
        rows=rules.chosen(rows, choice, name_of),
        others=rules.chosen(others, choice, name_of),
        roster=roster,
    )


def _slugs(course_id: int) -> list[str]:
    """Name the exercises of a course, in the curriculum's order."""
    there = store.exercises_of(course_id)
    return [slug for slug in curriculum().exercises if slug in there]


def _people(columns: Sequence[Column], groups: Groups, roster: Reading | None) -> tuple[list[Row], list[Row]]:
    """Make the rows of those who are trainees in the course, and of the others who have work there."""
    course_id, fetched_at = require_trainer().course_id, roster.fetched_at if roster else None
    known = store.find_people(course_id, groups)
    listed = people.listed(known, rosters.participants(course_id) if fetched_at else [], fetched_at)
    others = people.others(known, rules.with_work(columns), listed)
    return rules.rows_of_people(columns, listed), rules.rows_of_people(columns, others)


def _heading(slug: str) -> Heading:
    language, text = pick(curriculum().exercise(slug).texts, reader_language())
    return Heading(slug=slug, title=text.title, language=language)
