"""What a group hands in is in Moodle's gradebook once for each who took part, at the activity that each came by."""

import pytest
from sqlalchemy import select, update

from lti_tool.database import db
from lti_tool.delivery import worker as delivery
from lti_tool.demo.moodle.placing import Column, place_activity
from lti_tool.demo.moodle.tables import Activity, Grade, GradeItem, Section
from lti_tool.exercises.modes import Mode
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import PlacementRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.sharing import Canvas
from tests.lti_tool.exercises.writing import hand_in as hand_in_alone
from tests.lti_tool.facilitation.trainers import submission_ids
from tests.lti_tool.reading import rows_of, words_in
from tests.lti_tool.results.conftest import School
from tests.lti_tool.reviews.releasing import release

SECOND = "the same exercise once more"


@pytest.fixture
def second(school: School) -> int:
    """Place the same exercise once more in the course; give the number of its column."""
    with school.site.session() as session:
        first = session.scalars(select(Activity)).one()
        activity = Activity(course_id=school.seeded.course, name="Once more", tool_id=first.tool_id)
        place_activity(session, session.get_one(Section, school.seeded.sections[0]), activity, Column(maximum=10))
        return session.scalars(select(GradeItem.id).filter_by(activity_id=activity.id)).one()


@pytest.fixture
def ana(school: School) -> Client:
    return school.enter("trainee1")


@pytest.fixture
def ben(school: School, second: int, ana: Client) -> Client:
    """Give somebody who came by the second activity, whose column the platform has confirmed."""
    person = school.enter("trainee2", link=SECOND)
    column = school.column.replace(f"/lineitems/{school.item_id}/", f"/lineitems/{second}/")
    with school.tool.app_context():
        of_second = update(PlacementRow).where(PlacementRow.id == person.placement_id)
        db.session.execute(of_second.values(confirmed_url=column))
        db.session.commit()
    return person


@pytest.fixture
def canvas(school: School, ana: Client, ben: Client) -> Canvas:
    course = Course(app=school.tool, course_id=ana.course_id)
    for person in (ana, ben):
        course.put_in(person, "12")
    course.arrange(mode=Mode.GROUP)
    return Canvas(app=school.tool, owner=f"group/{course.group('12')}")


def work(school: School) -> None:
    """Let all scores leave."""
    school.ticker.move(seconds=2)
    with school.tool.app_context():
        delivery.sweep()


def gradebook(school: School) -> dict[tuple[int, str], float | None]:
    """Give every grade in Moodle, by column and account."""
    names = {number: name for name, number in school.seeded.people.items()}
    with school.site.session() as session:
        return {(row.item_id, names[row.user_id]): row.final for row in session.scalars(select(Grade))}


def test_each_of_two_members_has_one_score_at_their_own_activity(
    school: School, canvas: Canvas, second: int, ana: Client, ben: Client
) -> None:
    canvas.write(ben)

    canvas.hand_in(ana)
    work(school)

    assert gradebook(school) == {(school.item_id, "trainee1"): 50, (second, "trainee2"): 10}
    for person in (ana, ben):
        assert "The score has reached Moodle." in words_in(canvas.page(person))


def test_whom_a_scribe_ticks_has_the_score_too(
    school: School, canvas: Canvas, second: int, ana: Client, ben: Client
) -> None:
    canvas.write(ana)

    canvas.hand_in(ana)
    work(school)
    before = gradebook(school)
    canvas.hand_in(ana, ben)
    work(school)

    assert before == {(school.item_id, "trainee1"): 50}
    assert gradebook(school) == {(school.item_id, "trainee1"): 50, (second, "trainee2"): 10}


def test_a_mark_that_is_released_is_in_both_columns_and_stays_there(
    school: School, canvas: Canvas, second: int, ana: Client, ben: Client
) -> None:
    canvas.write(ben)
    canvas.hand_in(ana)
    work(school)

    reader = school.enter("trainer", role=Role.TRAINER, link="link-of-the-trainer")
    release(reader, submission_ids(school.tool)[0], "60")
    work(school)
    canvas.write(ana)
    canvas.hand_in(ben)
    work(school)

    assert gradebook(school) == {(school.item_id, "trainee1"): 30, (second, "trainee2"): 6}
    assert rows_of(reader.get())[0].count("Arrived") == 2


def test_a_trial_reaches_no_gradebook(school: School) -> None:
    hand_in_alone(school.enter("trainer", role=Role.TRAINER))

    work(school)

    assert gradebook(school) == {}
