"""A search tells nothing of what isn't for whoever asks: the page is the one that words nobody wrote have."""

from http import HTTPStatus

import pytest

from tests.lti_tool.community.talking import Enter, change, member, post, reply, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of

NOBODY_WROTE = "zzqqxxkk"
FOR_NOBODY = ("hiddenword", "deletedword", "hiddenreply", "Xenophontia", "otherword", "foreignword")
ELSEWHERE = {"otherword": {"activity": "community/other"}, "foreignword": {"issuer": "http://localhost:8200"}}


def found(client: Client, words: str) -> str:
    answer = client.get("community/search", query_string={"q": words})
    assert answer.status_code == HTTPStatus.OK
    return words_of(answer).replace(words, "WORDS")


@pytest.fixture
def written(enter: Enter) -> None:
    """Let a word stand in each thing that isn't for a peer, and one that is."""
    author, teacher = member(enter, "Xenophontia"), trainer(enter)
    post(author, title="A post for all", text="plainword", is_nameless="yes")
    hidden = post(author, text="hiddenword")
    change(teacher, f"posts/{hidden}", "hide", reason="x")
    change(author, f"posts/{post(author, text='deletedword')}", "delete")
    hidden_reply = reply(author, post(author), "hiddenreply")
    change(teacher, f"replies/{hidden_reply}", "hide", reason="x")
    for words, launch in ELSEWHERE.items():
        post(member(enter, "Elsewhere", **launch), text=words)


@pytest.mark.usefixtures("written")
def test_a_member_finds_what_is_for_all_and_nothing_else(enter: Enter) -> None:
    peer = member(enter, "Peer")

    assert "A post for all" in found(peer, "plainword")
    for words in FOR_NOBODY:
        assert found(peer, words) == found(peer, NOBODY_WROTE), words


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("elsewhere", ELSEWHERE.values())
def test_from_another_community_or_site_nothing_is_found(enter: Enter, elsewhere: dict[str, str]) -> None:
    outsider = trainer(enter, **elsewhere)

    for words in ("plainword", *FOR_NOBODY[:4]):
        assert found(outsider, words) == found(outsider, NOBODY_WROTE), words
