"""Names with brackets become lists and mappings, as PHP reads them."""

import pytest

from lti_tool.demo.moodle.webservice.brackets import Variables, parse


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("a=1&b=x+y%26", {"a": "1", "b": "x y&"}),
        ("a=", {"a": ""}),
        ("a=1&a=2", {"a": "2"}),
        ("a%5B0%5D%5Bb%5D=1", {"a": {"0": {"b": "1"}}}),
        ("a[0][b]=1&a[0][c]=2&a[1][b]=3", {"a": {"0": {"b": "1", "c": "2"}, "1": {"b": "3"}}}),
        ("a[]=1&a[]=2", {"a": {"0": "1", "1": "2"}}),
        ("a=1&a[b]=2", {"a": {"b": "2"}}),
        ("a[b=1", {"a_b": "1"}),
        ("a.b c=1", {"a_b_c": "1"}),
        ("", {}),
    ],
)
def test_variables_are_read_as_php_reads_them(body: str, read: Variables) -> None:
    assert parse(body, 1000) == read


def test_what_is_more_than_one_too_many_is_dropped() -> None:
    assert parse("a[0]=1&a[1]=2&b=3", 1) == {"a": {"0": "1", "1": "2"}}
