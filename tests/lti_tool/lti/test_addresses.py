"""Addresses that strangers wrote: what comes out fits into a header."""

import pytest

from lti_tool.lti.addresses import origin


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://moodle.example.org", "https://moodle.example.org"),
        ("https://Moodle.Example.org/course/view.php?id=2#top", "https://moodle.example.org"),
        ("https://moodle.example.org:8443/", "https://moodle.example.org:8443"),
        ("http://localhost:8100?x", "http://localhost:8100"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443"),
        ("https://moodle.example.org#\n", "https://moodle.example.org"),
        ("", None),
        ("moodle.example.org", None),
        ("//moodle.example.org", None),
        ("javascript://moodle.example.org/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("https://[", None),
        ("https://name@moodle.example.org", None),
        ("https://moodle.example.org:port", None),
        ("https://moodle.example.org; script-src *", None),
        ("https://moodle.example.org *", None),
        ("https://moodle.example.org\r\nSet-Cookie: x=y", None),
        ("https://moodle.example.org\n", None),
        ("https://moodle.example.org\\@evil.example", None),
        ("https://moodle.example.org,evil.example", None),
        ("https://*.example.org", None),
        ("https://möödle.example.org", None),
    ],
)
def test_an_origin_is_a_scheme_a_host_and_a_port_or_nothing(url: str, found: str | None) -> None:
    assert origin(url) == found
