"""Line items as platforms list them."""

import pytest

from lti_tool.lti import line_items
from lti_tool.lti.line_items import LineItem

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
