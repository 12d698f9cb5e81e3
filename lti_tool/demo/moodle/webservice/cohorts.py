"""Cohorts: people of a category or of the whole site. Their names are told as they are, never escaped."""

from typing import Any

from sqlalchemy import ColumnElement, false, or_, select, true

from lti_tool.demo.moodle.webservice.lengths import COHORT, require_fit
from lti_tool.demo.moodle.webservice.refusal import refuse_missing, refuse_parameters, refuse_slip
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.tables import Category, Cohort

WHOLE_SITE = 0
SYSTEM_CONTEXT = 1
VIEW = ("moodle/cohort:manage", "moodle/cohort:view")


@function("core_cohort_create_cohorts")
def create_cohorts(call: Call) -> Any:
    """Make cohorts, all or none; an idnumber is there once, even an empty one."""
    return [_create(call, given) for given in call.given["cohorts"]]


@function("core_cohort_update_cohorts")
def update_cohorts(call: Call) -> Any:
    """Change cohorts, all or none. A format that isn't given is HTML; description, visibility and theme stay then."""
    for given in call.given["cohorts"]:
        _change(call, given)


@function("core_cohort_get_cohorts")
def get_cohorts(call: Call) -> Any:
    """List cohorts by their numbers; without any, all of them. One that isn't there is left out."""
    numbers = call.given["cohortids"]
    query = select(Cohort).order_by(Cohort.id)
    rows = call.db.scalars(query.where(Cohort.id.in_(numbers)) if numbers else query).all()
    if rows:
        call.require(*VIEW)
    return [_told(row) for row in rows]


@function("core_cohort_search_cohorts")
def search_cohorts(call: Call) -> Any:
    """Find cohorts by a part of their name, idnumber or description. `limitfrom` counts pages, not rows."""
    call.require(*VIEW)
    query = select(Cohort).where(_placed(call), _matching(call.given["query"])).order_by(Cohort.name, Cohort.idnumber)
    page, size = call.given["limitfrom"], call.given["limitnum"]
    rows = call.db.scalars(query.offset(page * size).limit(size) if size else query)
    return {"cohorts": [_told(row) for row in rows]}


def _create(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    category = _category(call, **given["categorytype"])
    if call.db.scalars(select(Cohort).filter_by(idnumber=given["idnumber"])).first():
        refuse_parameters()
    call.require("moodle/cohort:manage")
    require_fit(COHORT, given)
    row = Cohort(
        name=given["name"],
        idnumber=given["idnumber"],
        description=given.get("description", ""),
        description_format=int(given["descriptionformat"]),
        visible=given.get("visible", True),
        theme=given.get("theme", ""),
        category_id=category,
    )
    call.db.add(row)
    call.db.flush()
    return _told(row)


def _change(call: Call, given: dict[str, Any]) -> None:
    if not given["name"].strip():
        refuse_parameters()
    row = call.db.get(Cohort, given["id"]) or refuse_missing("cohort")
    call.require("moodle/cohort:manage")
    row.category_id = _category(call, **given["categorytype"])
    require_fit(COHORT, given)
    row.description_format = int(given["descriptionformat"])
    for key in ("name", "idnumber", "description", "visible", "theme"):
        setattr(row, key, given.get(key, getattr(row, key)))


def _category(call: Call, type: str, value: str) -> int:  # noqa: A002  # the contract's names
    if type == "system":
        return WHOLE_SITE
    if type not in ("id", "idnumber"):
        refuse_parameters()
    column = Category.id if type == "id" else Category.idnumber
    return call.db.scalars(select(Category.id).where(column == value)).first() or refuse_parameters()


def _placed(call: Call) -> ColumnElement[bool]:
    """Choose by place: the whole site's and, from within a category, its own too."""
    place, includes = call.given["context"], call.given["includes"]
    if includes not in ("all", "parents", "self"):
        refuse_slip("Invalid parameter value for 'includes'.")
    own = _number(place)
    if includes == "all":
        return true()
    return Cohort.category_id.in_([own] if includes == "self" else [own, WHOLE_SITE])


def _number(place: dict[str, Any]) -> int:
    if place["contextid"] == SYSTEM_CONTEXT or place["contextlevel"] == "system":
        return WHOLE_SITE
    if place["contextlevel"] != "coursecat":
        refuse_parameters()
    number: int = place["instanceid"]
    return number


def _matching(part: str) -> ColumnElement[bool]:
    columns = (Cohort.name, Cohort.idnumber, Cohort.description)
    return or_(false(), *(column.icontains(part, autoescape=True) for column in columns))


def _told(row: Cohort) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "idnumber": row.idnumber,
        "description": row.description,
        "descriptionformat": row.description_format,
        "visible": row.visible,
        "theme": row.theme,
        "customfields": [],
    }
