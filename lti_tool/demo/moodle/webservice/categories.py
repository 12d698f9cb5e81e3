"""Categories of courses."""

from typing import Any

from sqlalchemy import select

from lti_tool.demo.moodle.webservice.refusal import refuse
from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.tables import Category

LONGEST_NAME, LONGEST_IDNUMBER = 255, 100


@function("core_course_get_categories")
def get_categories(call: Call) -> Any:
    """List the categories that have all that the criteria ask for; idnumbers are for those who manage them."""
    rows = call.db.scalars(select(Category).order_by(Category.id)).all()
    wanted = {criterion["key"]: criterion["value"] for criterion in call.given["criteria"]}
    if "idnumber" in wanted and not call.may("moodle/category:manage"):
        refuse("criteriaerror", "Missing permissions to search on a criterion.")
    if unknown := set(wanted) - {"id", "idnumber", "name", "parent"}:
        refuse("criteriaerror", f"You can not search on this criteria: {unknown.pop()}")
    return [_told(call, row) for row in rows if all(str(getattr(row, key)) == value for key, value in wanted.items())]


@function("core_course_create_categories")
def create_categories(call: Call) -> Any:
    """Make categories, all or none."""
    return [_create(call, given) for given in call.given["categories"]]


@function("core_course_update_categories")
def update_categories(call: Call) -> Any:
    """Change categories, all or none."""
    for given in call.given["categories"]:
        _change(call, given)


def _change(call: Call, given: dict[str, Any]) -> None:
    row = call.db.get(Category, given["id"])
    if row is None:
        refuse("unknowncategory", f'Unknown category with category ID number "{given["id"]}"')
    call.require("moodle/category:manage")
    _require_fit(given.get("name", row.name), given.get("idnumber", row.idnumber))
    if given.get("parent", row.parent) != row.parent:
        _require_elsewhere(call, row, given["parent"])
    for key in ("name", "idnumber", "parent", "description"):
        setattr(row, key, given.get(key, getattr(row, key)))


def _require_elsewhere(call: Call, row: Category, parent: int) -> None:
    """Refuse to put a category below itself."""
    above: int = parent
    while above:
        found = call.db.get(Category, above)
        if found is None or found is row:
            refuse("cannotmovecategory", "Cannot move category")
        above = found.parent


def _create(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    call.require("moodle/category:manage")
    idnumber = given.get("idnumber", "")
    _require_fit(given["name"], idnumber)
    if given["parent"] and call.db.get(Category, given["parent"]) is None:
        refuse("unknowcategory", "Unknown category!")
    if idnumber and call.db.scalars(select(Category).filter_by(idnumber=idnumber)).first():
        refuse("categoryidnumbertaken", "ID number is already used for another category")
    row = Category(
        name=given["name"], idnumber=idnumber, parent=given["parent"], description=given.get("description", "")
    )
    call.db.add(row)
    call.db.flush()
    return {"id": row.id, "name": call.shown.text(row.name)}


def _require_fit(name: str, idnumber: str) -> None:
    """Refuse what is too long, here with words."""
    if not name:
        refuse("categorynamerequired", "Category name is required")
    if len(name) > LONGEST_NAME:
        refuse("categorytoolong", "Category name too long")
    if len(idnumber) > LONGEST_IDNUMBER:
        refuse("idnumbertoolong", "ID number is too long")


def _told(call: Call, row: Category) -> dict[str, Any]:
    told = {
        "id": row.id,
        "name": call.shown.text(row.name),
        "description": row.description,
        "descriptionformat": 1,
        "parent": row.parent,
        "sortorder": row.id * 10_000,
        "coursecount": 0,
        "depth": 1,
        "path": f"/{row.id}",
    }
    return {**told, "idnumber": row.idnumber or None} if call.may("moodle/category:manage") else told
