"""Courses' settings and categories that go on changing, in the file and in Moodle: what is done and what is shown."""

from dataclasses import replace

import pytest

from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.course import COURSES
from moodle_sync.things.courses import EMPTIED
from moodle_sync.things.kept import FOUND
from moodle_sync.webservice.functions import CREATE_CATEGORIES, UPDATE_CATEGORIES
from tests.moodle_sync.administered import Administered, look
from tests.moodle_sync.curriculum import WINS, change, lines, remarks, settled
from tests.moodle_sync.examples import CATEGORY, FULL, with_course

OTHER = Category(idnumber="other", name="Other")
STUCK = "which somebody put below it in Moodle: move that out there first"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fullname": "Formación"}, 'fullname from "Training" to "Formación"'),
        ({"page": "<p>More.</p>"}, 'summary from "<p>All of it.</p>" to "<p>More.</p>"'),
        ({"starts": 1_790_000_000, "ends": 1_800_000_000}, "enddate from"),
        ({"lang": "es"}, 'lang from "" to "es"'),
        ({"visible": False}, 'visible from "1" to "0"'),
        ({"kept_format": "weeks"}, 'format from "topics" to "weeks"'),
        ({"completion": False}, 'enablecompletion from "1" to "0"'),
        ({"group_mode": 2}, 'groupmode from "0" to "2"'),
    ],
    ids=str,
)
def test_a_setting_that_the_file_changed_is_written_once(
    site: Administered, changes: dict[str, object], said: str
) -> None:
    site.apply(settled())
    file = settled(**changes)

    planned = site.plan(file)
    site.apply(file)

    assert [line.startswith(f"course tot: {said}") for line in lines(planned)] == [True], lines(planned)
    again = site.plan(file)
    assert (again.actions, again.remarks) == ((), ())


def test_a_setting_that_somebody_changed_in_moodle_is_shown_and_left_unless_the_file_wins(site: Administered) -> None:
    site.apply(settled())
    change(site, fullname="My course", visible=0, summary="<p>My own.</p>")

    planned = site.plan(settled())

    assert (planned.actions, remarks(planned)) == (
        (),
        [
            'fullname is "My course" and not "Training"',
            'summary is "<p>My own.</p>" and not "<p>All of it.</p>"',
            'visible is "0" and not "1"',
        ],
    )
    assert lines(site.plan(settled(fullname="Formación"))) == ['course tot: fullname from "My course" to "Formación"']
    site.apply(settled(), options=WINS)
    assert (site.plan(settled()).actions, site.plan(settled()).remarks) == ((), ())
    assert look(site.miniature.client()).state[COURSES]["tot"].fullname == "Training"


def test_a_summary_that_was_there_before_the_journal_knew_is_left_until_it_is_emptied(site: Administered) -> None:
    site.apply(settled())
    change(site, summary="<p>My own.</p>")
    site.lose_the_journal()

    planned = site.plan(settled())

    assert (planned.actions, [remark.message for remark in planned.remarks]) == (
        (),
        [f'summary is "<p>My own.</p>" and not "<p>All of it.</p>": {FOUND}{EMPTIED}'],
    )
    change(site, summary="")
    assert lines(site.plan(settled())) == ['course tot: summary from "" to "<p>All of it.</p>"']
    change(site, summary="<p>My own.</p>")
    assert lines(site.plan(settled(), WINS)) == [
        'course tot: summary from "<p>My own.</p>" to "<p>All of it.</p>"',
    ]


def test_a_new_course_may_be_hidden_until_somebody_opens_it(site: Administered) -> None:
    file = with_course(FULL, hidden_at_first=True)
    site.apply(file)
    assert look(site.miniature.client()).state[COURSES]["tot"].visible is False

    change(site, visible=1)

    assert (site.plan(file).actions, site.plan(file).remarks) == ((), ())


@pytest.mark.parametrize(
    ("category", "said"),
    [
        (replace(CATEGORY, name="MedTOWN 2026"), 'category medtown: name from "MedTOWN" to "MedTOWN 2026"'),
        (replace(CATEGORY, parent="other"), 'category medtown: parent from "" to "other"'),
        (replace(CATEGORY, description="<p>All.</p>"), 'category medtown: description from "" to "<p>All.</p>"'),
    ],
)
def test_what_the_file_changed_of_a_category_is_written_once(site: Administered, category: Category, said: str) -> None:
    site.apply(FULL.having(CATEGORIES, {"other": OTHER, "medtown": CATEGORY}))
    file = FULL.having(CATEGORIES, {"other": OTHER, "medtown": category})

    assert lines(site.plan(file)) == [said]
    site.apply(file)

    again = site.plan(file)
    assert (again.actions, again.remarks) == ((), ())
    assert look(site.miniature.client(), file).state[CATEGORIES]["medtown"].name == category.name


def test_a_category_that_somebody_renamed_in_moodle_is_shown_and_left_unless_the_file_wins(site: Administered) -> None:
    site.apply()
    number = look(site.miniature.client()).ids[CATEGORIES]["medtown"]
    site.miniature.client().call(UPDATE_CATEGORIES, categories=[{"id": number, "name": "Ours"}])

    planned = site.plan()

    assert (planned.actions, remarks(planned)) == ((), ['name is "Ours" and not "MedTOWN"'])
    assert [remark.differs for remark in planned.remarks] == [True]
    assert lines(site.plan(options=WINS)) == ['category medtown: name from "Ours" to "MedTOWN"']


def test_a_category_that_comes_below_what_somebody_put_below_it_stays_where_it_is(site: Administered) -> None:
    site.apply(FULL.having(CATEGORIES, {"medtown": CATEGORY, "other": OTHER}))
    file = FULL.having(CATEGORIES, {"medtown": CATEGORY, "other": replace(OTHER, parent="medtown")})
    client = site.miniature.client()
    ids = look(client, file).ids[CATEGORIES]
    client.call(UPDATE_CATEGORIES, categories=[{"id": ids["medtown"], "parent": ids["other"]}])

    planned = site.plan(file)

    assert (planned.actions, remarks(planned)[1:]) == ((), [f"can't come below medtown, {STUCK}"])
    assert all(remark.differs for remark in planned.remarks)
    site.apply(file, options=WINS)
    assert site.plan(file, WINS).actions == ()


def test_a_category_that_was_made_by_hand_gets_its_idnumber_and_is_not_doubled_when_the_file_renames_it(
    site: Administered,
) -> None:
    client = site.miniature.client()
    client.call(CREATE_CATEGORIES, categories=[{"name": CATEGORY.name, "parent": 0}])
    file = FULL.having(CATEGORIES, {"medtown": replace(CATEGORY, name="MedTOWN 2026")})

    assert lines(site.plan())[0] == 'category medtown: idnumber from "" to "medtown"'
    site.apply()
    planned = site.plan(file)

    assert lines(planned) == ['category medtown: name from "MedTOWN" to "MedTOWN 2026"']


def test_a_course_that_lost_its_idnumber_in_moodle_gets_it_back_and_is_not_doubled(site: Administered) -> None:
    site.apply(settled())
    change(site, idnumber="")

    assert lines(site.plan(settled())) == ['course tot: idnumber from "" to "tot"']
    site.apply(settled())

    assert lines(site.plan(settled(shortname="TOT 2"))) == ['course tot: shortname from "TOT" to "TOT 2"']


@pytest.mark.parametrize("ends", [1_800_000_000, None], ids=["that the file says", "that nobody says"])
def test_a_course_that_changes_to_weeks_keeps_the_end(site: Administered, ends: int | None) -> None:
    site.apply(settled(ends=ends))
    before = look(site.miniature.client()).state[COURSES]["tot"].ends
    file = settled(ends=ends, kept_format="weeks", format="weeks")

    site.apply(file)

    assert look(site.miniature.client()).state[COURSES]["tot"].ends == before
    assert (site.plan(file).actions, site.plan(file).remarks) == ((), ())


def test_a_new_course_in_weeks_ends_when_the_file_says(site: Administered) -> None:
    file = settled(ends=1_800_000_000, kept_format="weeks", format="weeks")

    site.apply(file)

    assert look(site.miniature.client()).state[COURSES]["tot"].ends == 1_800_000_000
    assert (site.plan(file).actions, site.plan(file).remarks) == ((), ())
