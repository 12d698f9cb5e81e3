"""Line items as platforms list them."""

from dataclasses import replace

import pytest
from flask import Flask
from pylti1p3.exception import LtiServiceException

from lti_tool.database import db
from lti_tool.errors import PlatformUnreachable
from lti_tool.lti.platform import line_items
from lti_tool.lti.platform.line_items import LineItem, Wanted
from lti_tool.lti.platform.services import connect
from lti_tool.lti.tables import RegistrationRow
from tests.lti_tool.platform import Answer, Platform, json_answer

READ = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"
MATRIX = "exercise/needs-matrix"


def item(name: str, **values: str) -> LineItem:
    return {"id": name, "resourceLinkId": "7", **values}


def wanted(activity: str | None, claimed: str | None = None) -> Wanted:
    return Wanted(link="7", activity=activity, claimed=claimed)


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
    assert line_items.choose(items, wanted(MATRIX)) == chosen


def test_an_activity_that_nobody_chose_has_the_first() -> None:
    assert line_items.choose([item("a", tag=""), item("b")], wanted(None)) == "a"


# Over the wire


def page(*items: LineItem, link: str = "") -> Answer:
    answer = json_answer([dict(one) for one in items])
    return replace(answer, headers={**answer.headers, "Link": link.encode().decode("latin-1")})


def found(app: Flask, platform: Platform, claimed: str | None = None) -> str | None:
    platform.answers["/token"] = json_answer({"access_token": "made up", "expires_in": 3600})
    with app.app_context():
        connector = connect(db.session.get_one(RegistrationRow, 1))
        return line_items.find(connector, [READ], f"{platform.origin}/lineitems?type_id=1", wanted(MATRIX, claimed))


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


def test_a_line_item_of_another_origin_is_not_believed(app: Flask, platform: Platform) -> None:
    platform.register(app)
    elsewhere = platform.origin.replace("127.0.0.1", "localhost")
    platform.answers["/lineitems"] = page(item(f"{elsewhere}/a"))

    assert found(app, platform) is None


def test_a_list_that_goes_on_elsewhere_or_for_ever_tells_nothing(sqlite_app: Flask, platform: Platform) -> None:
    platform.register(sqlite_app)
    for following in (platform.origin.replace("127.0.0.1", "localhost") + "/last", f"{platform.origin}/lineitems"):
        platform.answers["/lineitems"] = page(item(f"{platform.origin}/a"), link=f'<{following}>; rel="next"')

        with pytest.raises(PlatformUnreachable):
            found(sqlite_app, platform)

    assert "/last" not in [path for path, _ in platform.asked]


# What a launch claims


def test_of_a_links_line_items_the_claimed_one_comes_first() -> None:
    items = [item("a", resourceId=MATRIX), item("b")]

    assert line_items.choose(items, wanted(MATRIX, "b")) == "b"


def test_a_claimed_line_item_of_another_link_is_not_chosen() -> None:
    items = [item("a"), item("b", resourceLinkId="8")]

    assert line_items.choose(items, wanted(MATRIX, "b")) == "a"


@pytest.fixture
def unlisted(sqlite_app: Flask, platform: Platform) -> Platform:
    """Give a platform whose list is empty, as Moodle's is for what came from another Moodle's backup."""
    platform.register(sqlite_app)
    platform.answers["/lineitems"] = page()
    return platform


def test_a_claimed_line_item_that_names_the_link_itself_is_found(sqlite_app: Flask, unlisted: Platform) -> None:
    claimed = f"{unlisted.origin}/lineitems/9/lineitem?type_id=1"
    unlisted.answers["/lineitems/9/lineitem"] = json_answer(dict(item(claimed)))

    assert found(sqlite_app, unlisted, claimed) == claimed


@pytest.mark.parametrize(
    "answer",
    [
        json_answer({"resourceLinkId": "8"}),
        json_answer({"id": "x"}),
        json_answer({"resourceLinkId": None}),
        json_answer([]),
        *(json_answer([], status) for status in (400, 403, 404, 410)),
    ],
)
def test_a_claimed_line_item_that_does_not_is_not(sqlite_app: Flask, unlisted: Platform, answer: Answer) -> None:
    unlisted.answers["/lineitems/9/lineitem"] = answer

    assert found(sqlite_app, unlisted, f"{unlisted.origin}/lineitems/9/lineitem?type_id=1") is None


def test_a_claimed_line_item_that_cannot_be_read_now_is_not_given_up(sqlite_app: Flask, unlisted: Platform) -> None:
    unlisted.answers["/lineitems/9/lineitem"] = json_answer([], 503)

    with pytest.raises(LtiServiceException):
        found(sqlite_app, unlisted, f"{unlisted.origin}/lineitems/9/lineitem?type_id=1")


LIST = "https://m.example.org/services.php/2/lineitems?type_id=1"


@pytest.mark.parametrize(
    ("url", "is_under"),
    [
        ("https://m.example.org/services.php/2/lineitems/9/lineitem?type_id=1", True),
        ("https://m.example.org/services.php/2/lineitems/9", True),
        ("https://m.example.org/services.php/2/lineitems", False),
        ("https://m.example.org/services.php/2/lineitems/", False),
        ("https://m.example.org/services.php/2/lineitems9/lineitem", False),
        ("https://m.example.org/services.php/3/lineitems/9/lineitem?type_id=1", False),
        ("https://m.example.org/services.php/2/lineitems/../../3/lineitems/9/lineitem", False),
        ("https://m.example.org/services.php/2/lineitems/%2e%2e/%2e%2e/3/lineitems/9", False),
        ("https://m.example.org/services.php/2/lineitems/..%2f..%2f3", False),
        ("https://m.example.org/services.php/2/lineitems//9", False),
        ("https://m.example.org/services.php/2/lineitems/.hidden", False),
        ("https://m.example.org/services.php/2/lineitems\\..\\..\\3", False),
        ("https://m.example.org/lineitem?under=/services.php/2/lineitems/9", False),
        ("https://other.example.org/services.php/2/lineitems/9/lineitem", False),
        ("http://m.example.org/services.php/2/lineitems/9/lineitem", False),
        ("https://m.example.org@other.example.org/services.php/2/lineitems/9", False),
        ("/services.php/2/lineitems/9", False),
        ("", False),
    ],
)
def test_only_what_goes_on_from_the_lists_path_lies_under_it(url: str, is_under: bool) -> None:  # noqa: FBT001 - a column of the table
    assert line_items.lies_under(url, LIST) is is_under


def test_what_does_not_lie_under_the_list_is_not_even_read(sqlite_app: Flask, unlisted: Platform) -> None:
    unlisted.answers["/3/lineitems/9"] = json_answer(dict(item("x")))

    assert found(sqlite_app, unlisted, f"{unlisted.origin}/3/lineitems/9") is None
    assert "/3/lineitems/9" not in [path for path, _ in unlisted.asked]
