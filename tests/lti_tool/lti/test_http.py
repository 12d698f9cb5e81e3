"""Requests to platforms: bounded, to public addresses only, and never redirected."""

import gzip
import socket

import pytest

from lti_tool.errors import PlatformAnswered, PlatformUnreachable
from lti_tool.lti.http import MAX_BYTES, PlatformSession, get_json, require_allowed
from tests.lti_tool.signing import Answer, Platform, json_answer


def loopback() -> PlatformSession:
    return PlatformSession(allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://[::]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
    ],
)
def test_a_private_address_is_refused_however_it_is_written(url: str) -> None:
    with pytest.raises(PlatformUnreachable, match=r"is not a public address|can't be looked up"):
        require_allowed(url, allow_private=False)


@pytest.mark.parametrize("url", ["https://93.184.215.14/", "https://[2606:2800:220:1::1]:8443/x?y"])
def test_a_public_address_is_allowed(url: str) -> None:
    require_allowed(url, allow_private=False)


@pytest.mark.parametrize("allow_private", [True, False])
@pytest.mark.parametrize(
    "url",
    [
        "",
        "/etc/passwd",
        "file:///etc/passwd",
        "ftp://moodle.example.org/",
        "gopher://127.0.0.1:6379/_SET",
        "https://",
        "https://[",
        "https://[::1",
        "https://name:word@93.184.215.14/",
        "https://93.184.215.14:port/",
        "https://93.184.215.14:99999/",
        f"https://{'a' * 64}.example/",
        "https://..example/",
        "https://exa mple/",
        "https://93.184.215.14\\@127.0.0.1/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str, allow_private: bool) -> None:  # noqa: FBT001 - a table
    with pytest.raises(PlatformUnreachable):
        PlatformSession(allow_private=allow_private).get(url)


def test_plain_http_is_refused_outside_of_development() -> None:
    with pytest.raises(PlatformUnreachable, match="does not use https"):
        require_allowed("http://93.184.215.14/", allow_private=False)


def test_a_session_asks_nobody_before_the_address_is_allowed(platform: Platform) -> None:
    with pytest.raises(PlatformUnreachable):
        PlatformSession(allow_private=False).get(platform.configuration_url)

    assert platform.asked == []


def test_a_document_is_read(platform: Platform) -> None:
    assert get_json(loopback(), platform.configuration_url) == platform.configuration()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(platform: Platform, status: int) -> None:
    platform.answers["/configuration"] = Answer(body=b"", status=status, headers={"Location": "/keys"})

    with pytest.raises(PlatformUnreachable, match="redirects elsewhere"):
        get_json(loopback(), platform.configuration_url)

    assert [path for path, _ in platform.asked] == ["/configuration"]


def test_an_answer_that_is_too_large_is_refused(platform: Platform) -> None:
    platform.answers["/configuration"] = json_answer("x" * MAX_BYTES)

    with pytest.raises(PlatformUnreachable, match=f"more than {MAX_BYTES} bytes"):
        get_json(loopback(), platform.configuration_url)


def test_an_answer_that_unpacks_to_too_much_is_refused(platform: Platform) -> None:
    packed = gzip.compress(b"[" + b" " * 20 * MAX_BYTES + b"]")
    platform.answers["/configuration"] = Answer(body=packed, headers={"Content-Encoding": "gzip"})

    with pytest.raises(PlatformUnreachable, match="bytes"):
        get_json(loopback(), platform.configuration_url)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff\xfe\xfa"])
def test_an_answer_that_is_no_json_is_refused(platform: Platform, body: bytes) -> None:
    platform.answers["/configuration"] = Answer(body=body)

    with pytest.raises(PlatformUnreachable, match="did not answer with JSON"):
        get_json(loopback(), platform.configuration_url)


def test_an_answer_packed_wrongly_is_refused(platform: Platform) -> None:
    platform.answers["/configuration"] = Answer(body=b"not gzip", headers={"Content-Encoding": "gzip"})

    with pytest.raises(PlatformUnreachable, match="gave no answer"):
        get_json(loopback(), platform.configuration_url)


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_an_error_status_is_told(platform: Platform, status: int) -> None:
    platform.answers["/configuration"] = Answer(body=b"{}", status=status)

    with pytest.raises(PlatformAnswered) as caught:
        get_json(loopback(), platform.configuration_url)

    assert caught.value.status == status


def test_nobody_listening_is_no_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        with pytest.raises(PlatformUnreachable, match="gave no answer: ConnectionError"):
            loopback().get(f"http://127.0.0.1:{port}/")


def test_no_error_repeats_a_query_or_a_password(platform: Platform) -> None:
    urls = [f"{platform.origin}/nowhere?token=secret", "https://name:secret@moodle.example.org/", "ftp://x/?secret"]
    errors = []

    for url in urls:
        with pytest.raises((PlatformAnswered, PlatformUnreachable)) as caught:
            get_json(loopback(), url)
        errors.append(str(caught.value))

    assert [error for error in errors if "secret" in error] == []


def test_passwords_and_proxies_of_the_machine_are_left_alone(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    get_json(loopback(), platform.configuration_url)

    assert platform.asked == [("/configuration", "")]
