"""Line items as platforms list them."""

from dataclasses import replace

import pytest
from flask import Flask

from lti_tool.database import db
from lti_tool.lti.platform import line_items
from lti_tool.lti.platform.line_items import LineItem
from lti_tool.lti.platform.services import connect
from lti_tool.lti.tables import RegistrationRow
from tests.lti_tool.platform import Answer, Platform, json_answer

READ = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"
MATRIX = "exercise/needs-matrix"


def item(name: str, **values: str) -> LineItem:
    return {"id": name, "resourceLinkId": "7", **values}


@pytest.mark.parametrize(
    ("items", "chosen"),
    [
        ([], None),
        ([item("a", resourceLinkId="8")], None),
        ([{"id": "a"}], None),
        ([{"resourceLinkId": "7"}], None),
        ([{"id": "a", "resourceLinkId": 7}], "a"),
        ([item("a"), item("b")], "a"),
        ([item("a"), item("b", tag="exercise")], "b"),
        ([item("a", tag="exercise"), item("b", resourceId=MATRIX)], "b"),
        ([item("a"), item("b", resourceId=MATRIX, resourceLinkId="8")], "a"),
    ],
)
def test_of_a_links_line_items_ours_comes_first(items: list[LineItem], chosen: str | None) -> None:
    assert line_items.choose(items, "7", MATRIX) == chosen


def test_an_activity_that_nobody_chose_has_the_first() -> None:
    assert line_items.choose([item("a", tag=""), item("b")], "7", None) == "a"


@pytest.mark.parametrize(
    ("link", "following"),
    [
        ("", None),
        ('<https://m.example.org/l?from=1>; rel="next"', "https://m.example.org/l?from=1"),
        ("<https://m.example.org/L?from=1>; rel=next", "https://m.example.org/L?from=1"),
        ('<https://m.example.org/a>; rel="prev", <https://m.example.org/b>; rel="next"', "https://m.example.org/b"),
        ('<https://m.example.org/a>; rel="prev"', None),
        (
            "<https://m.example.org/l?type_id=1&amp;limit=2&amp;from=2>; rel=“next”".encode().decode("latin-1"),
            "https://m.example.org/l?type_id=1&limit=2&from=2",
        ),
    ],
)
def test_the_next_page_is_found_as_moodle_writes_it_too(link: str, following: str | None) -> None:
    assert line_items.next_page(link) == following


# Over the wire


def page(*items: LineItem, link: str = "") -> Answer:
    answer = json_answer([dict(one) for one in items])
    return replace(answer, headers={**answer.headers, "Link": link.encode().decode("latin-1")})


def found(app: Flask, platform: Platform, *scopes: str) -> str | None:
    platform.answers["/token"] = json_answer({"access_token": "made up", "expires_in": 3600})
    with app.app_context():
        connector = connect(db.session.get_one(RegistrationRow, 1))
        return line_items.find(connector, scopes or (READ,), f"{platform.origin}/lineitems?type_id=1", "7", MATRIX)


def test_all_pages_are_read_with_one_token(app: Flask, platform: Platform) -> None:
    platform.register(app)
    last = f"{platform.origin}/last"
    platform.answers["/lineitems"] = page(item(f"{platform.origin}/a"), link=f"<{last}?a=1&amp;b=2>; rel=“next”")
    platform.answers["/last"] = page(item(f"{platform.origin}/b", resourceId=MATRIX))

    address = found(app, platform)

    assert address == f"{platform.origin}/b"
    paths = [path for path, _ in platform.asked]
    assert paths == ["/token", "/lineitems?type_id=1&resource_link_id=7", "/last?a=1&b=2"]
    assert {shown for _, shown in platform.asked[1:]} == {"Bearer made up"}


def test_neither_a_page_nor_a_line_item_of_another_origin_is_believed(app: Flask, platform: Platform) -> None:
    platform.register(app)
    elsewhere = platform.origin.replace("127.0.0.1", "localhost")
    platform.answers["/lineitems"] = page(item(f"{elsewhere}/a"), link=f'<{elsewhere}/last>; rel="next"')
    platform.answers["/last"] = page(item(f"{platform.origin}/b"))

    assert found(app, platform) is None
    assert "/last" not in [path for path, _ in platform.asked]


def test_without_the_right_to_list_nobody_is_asked(app: Flask, platform: Platform) -> None:
    platform.register(app)

    assert found(app, platform, "https://purl.imsglobal.org/spec/lti-ags/scope/score") is None
    assert platform.asked == []
