"""Categories that Moodle may take for others: nothing is made that it would refuse."""

import pytest

from moodle_sync.planning.plan import Plan, plan
from moodle_sync.site.found import CourseFound, Found
from moodle_sync.site.observed import observe
from moodle_sync.site.seen.sight import Known
from moodle_sync.things.category import CATEGORIES, Category, CreateCategory
from moodle_sync.things.change import Change
from moodle_sync.things.course import ChangeCourse
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.state import State
from moodle_sync.webservice.replies import CategoryReply, CourseReply
from tests.moodle_sync.examples import DESIRED, ROLE_IDS, TEACHES

INNER = Category(idnumber="inner", name="Inner", parent="medtown")
OTHER = CategoryReply(id=7, name="Live", idnumber="MedTówn", parent=0)
WRITE = "write it as it stands there, or choose one that differs in more than capitals or accents"
SAID = f"Moodle has the category Live with the idnumber MedTówn: {WRITE}"


def planned(desired: State, found: Found) -> Plan:
    return plan(desired, observe(found, desired, Known(roles=ROLE_IDS)))


@pytest.mark.parametrize("idnumber", ["MedTówn", "MEDTOWN", "med\u200btown"])
def test_another_spelling_of_an_idnumber_is_left_alone_with_all_that_would_be_made_in_it(idnumber: str) -> None:
    desired = DESIRED.having(CATEGORIES, {**DESIRED[CATEGORIES], "inner": INNER})
    found = Found(owner=2, categories=(with_idnumber(idnumber),))

    made = planned(desired, found)

    assert [conflict.message for conflict in made.conflicts] == [
        SAID.replace("MedTówn", idnumber),
        "isn't made, since the category medtown is left alone",
        "isn't made, since the category medtown is left alone",
    ]
    assert [(conflict.kind, conflict.key) for conflict in made.conflicts] == [
        ("category", "medtown"),
        ("category", "inner"),
        ("course", "tot"),
    ]
    assert not [action for action in made.actions if "tot" in str(action) or isinstance(action, CreateCategory)]


def test_a_course_that_is_there_already_stays_where_it_is_and_gets_its_people() -> None:
    reply = CourseReply(id=4, shortname="TOT", fullname="Old", idnumber="tot", categoryid=9, format="topics")
    found = Found(owner=2, categories=(OTHER,), courses={"tot": CourseFound(course=reply)})

    made = planned(DESIRED, found)

    assert [(conflict.kind, conflict.key) for conflict in made.conflicts] == [("category", "medtown")]
    assert ChangeCourse("tot", (Change("fullname", "Old", "Training"),)) in made.actions
    assert Enrol(TEACHES) in made.actions


def test_a_category_that_is_there_already_needs_none_above_it() -> None:
    desired = DESIRED.having(CATEGORIES, {**DESIRED[CATEGORIES], "inner": INNER})
    inner = CategoryReply(id=9, name="Inner", idnumber="inner", parent=7)

    made = planned(desired, Found(owner=2, categories=(OTHER, inner)))

    assert [conflict.key for conflict in made.conflicts] == ["medtown", "tot"]


@pytest.mark.parametrize(
    "replies",
    [
        (OTHER, CategoryReply(id=8, name="MedTOWN", idnumber="medtown", parent=0)),
        (OTHER, CategoryReply(id=8, name="MedTOWN", parent=0)),
        (CategoryReply(id=8, name="Medtown", idnumber="another", parent=0),),
        (CategoryReply(id=8, name="Medtown", idnumber="", parent=0),),
    ],
    ids=["its own is there too", "one without an idnumber", "another idnumber", "no idnumber"],
)
def test_only_an_idnumber_that_would_be_refused_is_in_the_way(replies: tuple[CategoryReply, ...]) -> None:
    assert planned(DESIRED, Found(owner=2, categories=replies)).conflicts == ()


def with_idnumber(idnumber: str) -> CategoryReply:
    return OTHER.model_copy(update={"idnumber": idnumber})
