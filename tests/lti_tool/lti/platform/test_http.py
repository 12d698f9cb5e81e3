"""Requests to platforms: bounded, to public addresses only, and never redirected."""

import gzip
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from lti_tool.errors import PlatformAnswered, PlatformUnreachable
from lti_tool.lti.platform.connections import is_public
from lti_tool.lti.platform.http import MAX_BYTES, PlatformSession, get_json, place
from tests.lti_tool.platform import Answer, Platform, json_answer


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
        "https://0177.0.0.1/",
        "https://0x7f.1/",
        "https://017700000001/",
        "https://localhost./",
        "https://127.0.0.1./",
        "https://LOCALHOST:8443/x?y",
        "https://[0:0:0:0:0:ffff:7f00:1]/",
        "https://[::ffff:a9fe:a9fe]/",
    ],
)
def test_a_private_address_is_refused_however_it_is_written(url: str) -> None:
    with pytest.raises(PlatformUnreachable, match=r"is not a public address|can't be looked up"):
        PlatformSession(allow_private=False).get(url)


PUBLIC = [
    "1.1.1.1",
    "93.184.215.14",
    "100.63.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "198.20.0.1",
    "223.255.255.255",
    "2000::1",
    "2001:200::1",
    "2606:2800:220:1::1",
    "2a00:1450:4001::1",
    "::ffff:93.184.215.14",
    "64:ff9b::808:808",
    "2002:808:808::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_open_internet_is_allowed(address: str) -> None:
    assert is_public(address)


NOT_PUBLIC = [
    # IANA's registry of special addresses of version four
    "0.0.0.0",
    "0.1.2.3",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.255.255.255",
    "169.254.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.8",
    "192.0.0.9",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    # and of version six
    "::",
    "::1",
    "100::1",
    "100:0:0:1::1",
    "2001::1",
    "2001:2::1",
    "2001:10::1",
    "2001:1ff::1",
    "2001:db8::1",
    "3fff::1",
    "3fff:fff::1",
    "5f00::1",
    "fc00::1",
    "fdff::1",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "ff0e::1",
    # what no registry gave to anybody, or took back
    "fec0::1",
    "feff::1",
    "4000::1",
    "e000::1",
    # those that carry one of version four
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:192.0.0.8",
    "::ffff:0:127.0.0.1",
    "::ffff:0:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::c000:8",
    "64:ff9b:1::7f00:1",
    "64:ff9b:1::808:808",
    "2002:7f00:1::",
    "2002:c000:8::1",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_a_special_address_is_none_of_the_open_internet(address: str) -> None:
    assert not is_public(address)


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
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://①②⑦.0.0.1/",
        "https://127。0。0。1/",
        "https://localhost%00.example.org/",
        "https://127.0.0.1%2f.example.org/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str, allow_private: bool) -> None:  # noqa: FBT001 - a table
    with pytest.raises(PlatformUnreachable):
        PlatformSession(allow_private=allow_private).get(url)


def test_plain_http_is_refused_outside_of_development() -> None:
    with pytest.raises(PlatformUnreachable, match="does not use https"):
        PlatformSession(allow_private=False).get("http://93.184.215.14/")


def test_a_session_asks_nobody_before_the_address_is_allowed(platform: Platform) -> None:
    with pytest.raises(PlatformUnreachable):
        PlatformSession(allow_private=False).get(platform.configuration_url)

    assert platform.asked == []


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["0.0.0.0"]]
)
def test_a_name_that_leads_to_a_private_address_is_not_connected_to(addresses: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        session = PlatformSession(allow_private=False, look_up=lambda _: addresses)

        with pytest.raises(PlatformUnreachable, match="is not a public address"):
            session.get(f"https://moodle.example.org:{listening.getsockname()[1]}/")
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_a_name_is_looked_up_once_so_what_was_checked_is_what_is_reached(platform: Platform) -> None:
    answers = iter([["127.0.0.1"], ["192.0.2.1"]])
    session = PlatformSession(allow_private=True, look_up=lambda _: next(answers))

    get_json(session, platform.configuration_url.replace("127.0.0.1", "moodle.example.org"))

    assert [path for path, _ in platform.asked] == ["/configuration"]
    assert next(answers) == ["192.0.2.1"]


def test_where_one_address_of_a_host_does_not_answer_the_next_is_tried(platform: Platform) -> None:
    session = PlatformSession(allow_private=True, look_up=lambda _: ["127.0.0.2", "127.0.0.1"])

    document = get_json(session, platform.configuration_url.replace("127.0.0.1", "moodle.example.org"))

    assert document == platform.configuration()


def test_a_certificate_is_asked_for_by_the_hosts_name() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        session = PlatformSession(allow_private=True, look_up=lambda _: ["127.0.0.1"])
        url = f"https://moodle.example.org:{listening.getsockname()[1]}/"

        with ThreadPoolExecutor() as pool:
            hello = pool.submit(greeted, listening)
            with pytest.raises(PlatformUnreachable):
                session.get(url)

    assert b"moodle.example.org" in hello.result()


def greeted(listening: socket.socket) -> bytes:
    """Take a connection, read how it begins, and end it."""
    with listening.accept()[0] as connection:
        return connection.recv(4_096)


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


HEAD = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def dripping(first: bytes, drop: bytes) -> Iterator[str]:
    """Serve, until the end of the block, an answer that begins well and goes on for ever, a little at a time."""
    over = Event()

    def drip(listening: socket.socket) -> None:
        connection = listening.accept()[0]
        with connection:
            connection.sendall(first)
            while not over.wait(0.01):
                try:
                    connection.sendall(drop)
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=drip, args=[listening])
        thread.start()
        yield f"//127.0.0.1:{listening.getsockname()[1]}/"
        over.set()
        thread.join()


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"", b"H"),
        (HEAD + b"X-Long: ", b"x"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"Content-Length: 9000\r\n\r\n{", b" "),
        (HEAD + b"\r\n{}", b" "),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    ],
)
def test_an_answer_that_drips_is_cut_off(first: bytes, drop: bytes) -> None:
    with dripping(first, drop) as place:
        session = PlatformSession(allow_private=True, lasts=0.2)

        with pytest.raises(PlatformUnreachable, match="took too long to answer"):
            get_json(session, "http:" + place)


def test_a_handshake_that_drips_is_cut_off() -> None:
    with dripping(b"\x16\x03\x03\x40\x00", b"\x02") as place:
        session = PlatformSession(allow_private=True, lasts=0.2)

        with pytest.raises(PlatformUnreachable, match="took too long to answer"):
            session.get("https:" + place)


@pytest.mark.parametrize(
    "head", [b"X-Long: " + b"x" * 70_000 + b"\r\n", b"".join(b"X-%d: x\r\n" % number for number in range(200))]
)
def test_a_header_that_is_too_large_is_refused(head: bytes) -> None:
    with dripping(HEAD + head, b"\r\n") as place, pytest.raises(PlatformUnreachable, match="gave no answer"):
        loopback().get("http:" + place)


def test_no_cookie_of_a_platform_is_kept(platform: Platform) -> None:
    platform.answers["/configuration"] = Answer(body=b"{}", headers={"Set-Cookie": "a=b"})
    session = loopback()

    get_json(session, platform.configuration_url)

    assert len(session.cookies) == 0


def test_an_answer_nested_too_deeply_is_refused(platform: Platform) -> None:
    platform.answers["/configuration"] = Answer(body=b"[" * 500_000)

    with pytest.raises(PlatformUnreachable, match="did not answer with JSON"):
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


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://moodle.example.org/mod/lti/certs.php", "https://moodle.example.org/mod/lti/certs.php"),
        ("http://localhost:8045/mod/lti/certs.php", "http://localhost:8045/mod/lti/certs.php"),
        ("https://[2001:db8::1]:8443/keys", "https://[2001:db8::1]:8443/keys"),
        ("https://somebody:secret@Moodle.Example.org:8443/keys?user=5#x", "https://moodle.example.org:8443/keys"),
    ],
)
def test_a_place_in_a_message_keeps_its_port_and_names_nobody(url: str, told: str) -> None:
    assert place(url) == told
