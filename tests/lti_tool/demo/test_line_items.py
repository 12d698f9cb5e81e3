"""The line item service."""

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.claims import LINEITEM, LINEITEM_READ, SCORE
from lti_tool.demo.moodle.copying import restore_course
from lti_tool.demo.moodle.placing import Column, add_column, remove_column
from lti_tool.demo.moodle.tables import Activity, Course, Grade, GradeItem, LineItem
from tests.lti_tool.demo.classroom import MOODLE, SCORE_TYPE, Classroom, Json, at, read_json

CONTAINER = "application/vnd.ims.lis.v2.lineitemcontainer+json"
ITEM = "application/vnd.ims.lis.v2.lineitem+json"


def container(classroom: Classroom, query: str = "", course: int | None = None) -> str:
    place = course or classroom.seeded.course
    return f"/mod/lti/services.php/{place}/lineitems?type_id={classroom.tool_id}{query}"


def address_of(classroom: Classroom, item_id: int, course: int | None = None) -> str:
    return container(classroom, course=course).replace("?", f"/{item_id}/lineitem?")


def unknown_column(classroom: Classroom) -> tuple[str, str]:
    """Place an activity whose column is no line item; give the column's address and the activity's id."""
    _, activity_id = classroom.place(Column())
    item_id = classroom.column_of(activity_id)
    with classroom.site.session() as db:
        db.delete(db.get_one(LineItem, item_id))
    return address_of(classroom, item_id), str(activity_id)


def listed(classroom: Classroom, query: str = "", course: int | None = None) -> list[Json]:
    found = classroom.call("GET", container(classroom, query, course), LINEITEM_READ, CONTAINER).json
    assert isinstance(found, list)
    return found


def add(classroom: Classroom, **changes: object) -> Json:
    body = {"label": "Second column", "scoreMaximum": 20, **changes}
    answer = classroom.call("POST", container(classroom), LINEITEM, ITEM, body)
    assert answer.status_code == 201, answer.text
    return read_json(answer)


def test_the_columns_of_the_tool_are_listed(classroom: Classroom) -> None:
    _, activity_id = classroom.place(Column(maximum=50, resource_id="needs-map", tag="score"))

    assert listed(classroom) == [
        {
            "id": f"{MOODLE}/mod/lti/services.php/2/lineitems/1/lineitem?type_id=1",
            "label": "Needs map",
            "scoreMaximum": 50,
            "resourceId": "needs-map",
            "tag": "score",
            "resourceLinkId": str(activity_id),
            "ltiLinkId": str(activity_id),
        }
    ]


def test_the_columns_of_another_tool_are_not(classroom: Classroom) -> None:
    classroom.place(Column(), tool_id=99)

    assert listed(classroom) == []


def test_a_column_without_a_line_item_is_listed_as_its_activitys_and_has_no_resource_id(classroom: Classroom) -> None:
    address, link = unknown_column(classroom)

    item = read_json(classroom.call("GET", address, LINEITEM, ITEM))

    assert listed(classroom, f"&resource_link_id={link}") == listed(classroom) == [item]
    assert listed(classroom, "&tag=score") == []
    assert (item["tag"], item["resourceLinkId"]) == ("", link)
    assert "resourceId" not in item


def test_a_restored_column_is_not_listed_and_answers_at_its_address(classroom: Classroom) -> None:
    _, activity_id = classroom.place(Column(), tool_url=classroom.tool.launch_url)
    with classroom.site.session() as db:
        copy = restore_course(db, db.get_one(Course, classroom.seeded.course))
        restored = db.scalars(select(GradeItem).filter_by(course_id=copy.id)).one()
        address, link = address_of(classroom, restored.id, copy.id), str(restored.activity_id)

    item = read_json(classroom.call("GET", address, LINEITEM, ITEM))

    assert [known["resourceLinkId"] for known in listed(classroom)] == [str(activity_id)]
    assert listed(classroom, course=copy.id) == []
    assert item["resourceLinkId"] == link


def test_a_column_made_anew_is_the_one_that_is_listed(classroom: Classroom) -> None:
    _, activity_id = classroom.place(Column(resource_id="needs-map"))
    with classroom.site.session() as db:
        activity = db.get_one(Activity, activity_id)
        remove_column(db, activity)
        add_column(db, activity, Column())

    (item,) = listed(classroom)

    assert item["id"].startswith(f"{MOODLE}/mod/lti/services.php/2/lineitems/{classroom.column_of(activity_id)}/")
    assert (item["resourceLinkId"], item["resourceId"]) == (str(activity_id), "")


def test_a_column_answers_under_any_course_and_says_whose_it_is(classroom: Classroom) -> None:
    _, activity_id = classroom.place(Column())
    with classroom.site.session() as db:
        db.add(Course(id=77, shortname="OTHER", fullname="Another course"))
    address = address_of(classroom, classroom.column_of(activity_id), 77)

    item = read_json(classroom.call("GET", address, LINEITEM, ITEM))

    assert item["id"] == f"{MOODLE}{address}"
    assert item["resourceLinkId"] == str(activity_id)


def test_another_tools_column_can_be_read_but_not_graded(classroom: Classroom) -> None:
    _, activity_id = classroom.place(Column(), tool_id=99)
    address = address_of(classroom, classroom.column_of(activity_id))
    scores = address.replace("/lineitem?", "/lineitem/scores?")

    read = classroom.call("GET", address, LINEITEM, ITEM)
    graded = classroom.call("POST", scores, SCORE, SCORE_TYPE, {})

    assert (read.status_code, graded.status_code) == (200, 403)


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("&tag=a", ["First"]),
        ("&resource_id=two", ["Second"]),
        ("&resource_link_id=2", ["Second"]),
        ("&tag=none", []),
    ],
)
def test_the_list_can_be_narrowed(classroom: Classroom, query: str, labels: list[str]) -> None:
    classroom.place(Column(resource_id="one", tag="a"), name="First")
    classroom.place(Column(resource_id="two", tag="b"), name="Second")

    assert [item["label"] for item in listed(classroom, query)] == labels


@pytest.mark.parametrize("accept", ["*/*", ITEM, "application/json"])
def test_the_list_wants_its_own_media_type(classroom: Classroom, accept: str) -> None:
    assert classroom.call("GET", container(classroom), LINEITEM, accept).status_code == 400


def test_paging_links_have_curly_quotes_and_escaped_ampersands(classroom: Classroom) -> None:
    for name in ("First", "Second", "Third"):
        classroom.place(Column(), name=name)

    answer = classroom.call("GET", container(classroom, "&limit=1&from=1"), LINEITEM, CONTAINER)

    address = f"{MOODLE}/mod/lti/services.php/2/lineitems?type_id=1&amp;limit=1&amp;from="
    link = answer.headers["Link"].encode("latin-1").decode()
    assert [item["label"] for item in answer.json or []] == ["Second"]
    assert link == (
        f"<{address}0>; rel=“first”, <{address}0>; rel=“prev”, <{address}1>; rel=“canonical”, "
        f"<{address}2>; rel=“next”, <{address}3>; rel=“last”"
    )


def test_the_first_and_last_page_lack_the_link_that_leads_nowhere(classroom: Classroom) -> None:
    classroom.place(Column())

    answer = classroom.call("GET", container(classroom, "&limit=5"), LINEITEM, CONTAINER)

    link = answer.headers["Link"].encode("latin-1").decode()
    assert "prev" not in link
    assert "next" not in link


def test_a_column_of_its_own_can_be_added(classroom: Classroom) -> None:
    made = add(classroom, resourceId="extra", tag="bonus")

    shown = classroom.call("GET", made["id"], LINEITEM_READ, ITEM)
    assert read_json(shown) == {
        "id": made["id"],
        "label": "Second column",
        "scoreMaximum": 20,
        "resourceId": "extra",
        "tag": "bonus",
    }


def test_a_column_can_be_added_to_an_activity(classroom: Classroom) -> None:
    _, activity_id = classroom.place()

    add(classroom, resourceLinkId=str(activity_id))

    assert listed(classroom)[0]["resourceLinkId"] == str(activity_id)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"label": "No maximum"}, 400),
        ({"scoreMaximum": 1}, 400),
        ({"label": "A word", "scoreMaximum": "many"}, 400),
        ({"label": "A strange link", "scoreMaximum": 1, "resourceLinkId": "x"}, 400),
        ({"label": "A foreign link", "scoreMaximum": 1, "resourceLinkId": "77"}, 403),
        ([], 400),
    ],
    ids=str,
)
def test_a_wrong_column_is_refused(classroom: Classroom, body: object, status: int) -> None:
    assert classroom.call("POST", container(classroom), LINEITEM, ITEM, body).status_code == status


def test_a_column_is_not_added_in_the_containers_media_type(classroom: Classroom) -> None:
    body = {"label": "Column", "scoreMaximum": 1}

    assert classroom.call("POST", container(classroom), LINEITEM, CONTAINER, body).status_code == 400


def test_reading_scope_adds_nothing(classroom: Classroom) -> None:
    body = {"label": "Column", "scoreMaximum": 1}

    assert classroom.call("POST", container(classroom), LINEITEM_READ, ITEM, body).status_code == 401


def test_an_update_blanks_what_is_not_sent_again(classroom: Classroom) -> None:
    _, activity_id = classroom.place(Column(resource_id="needs-map", tag="score"))
    item = listed(classroom)[0]

    classroom.call("PUT", item["id"], LINEITEM, ITEM, {"label": "Renamed", "scoreMaximum": 100})

    after = read_json(classroom.call("GET", item["id"], LINEITEM, ITEM))
    assert item["resourceLinkId"] == str(activity_id)
    assert (after["label"], after["resourceId"], after["tag"]) == ("Renamed", "", "")
    assert "resourceLinkId" not in after


def test_an_update_keeps_what_is_sent_again(classroom: Classroom) -> None:
    classroom.place(Column(resource_id="needs-map", tag="score"))
    item = listed(classroom)[0]

    answer = classroom.call("PUT", item["id"], LINEITEM, ITEM, {**item, "label": "Renamed"})

    assert read_json(answer) == {**item, "label": "Renamed"}
    assert read_json(classroom.call("GET", item["id"], LINEITEM, ITEM)) == {**item, "label": "Renamed"}


def test_a_new_maximum_scales_the_grades_that_are_there(classroom: Classroom) -> None:
    classroom.place(Column(maximum=50))
    item = listed(classroom)[0]
    score = {
        "userId": str(classroom.seeded.people["trainee1"]),
        "timestamp": at(0),
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "scoreGiven": 25,
        "scoreMaximum": 50,
    }
    classroom.call("POST", item["id"].replace("?", "/scores?"), SCORE, SCORE_TYPE, score)

    classroom.call("PUT", item["id"], LINEITEM, ITEM, {**item, "scoreMaximum": 10})

    assert (
        '<span class="grade">5.00</span>'
        in classroom.walk_in("trainer").get("/grade/report/grader/index.php?id=2").text
    )


def test_a_new_maximum_leaves_an_empty_grade_empty(classroom: Classroom) -> None:
    address, link = unknown_column(classroom)
    item_id, person = classroom.column_of(int(link)), classroom.seeded.people["trainee1"]
    with classroom.site.session() as db:
        db.add(Grade(item_id=item_id, user_id=person, maximum=100))

    answer = classroom.call("PUT", address, LINEITEM, ITEM, {"label": "Renamed", "scoreMaximum": 10})

    assert read_json(answer)["label"] == "Renamed"
    page = classroom.walk_in("trainer").get("/grade/report/grader/index.php?id=2").text
    assert '<span class="grade">–</span>' in page


def test_submission_review_can_be_set_by_an_update(classroom: Classroom) -> None:
    classroom.place(Column())
    item = listed(classroom)[0]
    review = {"url": "http://127.0.0.1/review", "custom": {"view": "all"}}

    classroom.call("PUT", item["id"], LINEITEM, ITEM, {**item, "submissionReview": review})

    assert read_json(classroom.call("GET", item["id"], LINEITEM, ITEM))["submissionReview"] == review


def test_a_column_can_be_deleted(classroom: Classroom) -> None:
    made = add(classroom)

    answer = classroom.call("DELETE", made["id"], LINEITEM, None)

    assert (answer.status_code, answer.text) == (204, "")
    assert listed(classroom) == []


def test_a_column_that_lti_knows_nothing_of_cannot_be_deleted(classroom: Classroom) -> None:
    address, _ = unknown_column(classroom)

    answer = classroom.call("DELETE", address, LINEITEM, None)

    assert answer.status_code == 403


def test_deleting_an_activity_deletes_its_column(classroom: Classroom) -> None:
    module_id, _ = classroom.place(Column())
    trainer = classroom.walk_in("trainer")
    key = trainer.get("/").text.split('name="sesskey" value="')[1].split('"')[0]

    trainer.post("/course/mod.php", data={"delete": module_id, "sesskey": key})

    assert listed(classroom) == []
