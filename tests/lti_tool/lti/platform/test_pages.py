"""The link from one page of a service's answer to the next."""

import pytest

from lti_tool.lti.platform import pages


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
    assert pages.next_page(link) == following


def test_a_header_that_begins_many_links_and_ends_none_is_read_at_once() -> None:
    assert pages.next_page("<" * 60_000) is None
