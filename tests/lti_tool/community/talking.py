"""What browsers without JavaScript send to the community, and what a person reads there."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_in, words_of

Enter = Callable[..., Client]

HERE = "community/practice"


def new_id() -> str:
    """Make the id of a form as the page does."""
    return str(uuid4())


def member(enter: Enter, name: str | None = "Ana", **launch: Any) -> Client:
    """Let a trainee into the community."""
    return enter(**{"sub": name, "name": name, "activity": HERE, **launch})


def trainer(enter: Enter, **launch: Any) -> Client:
    """Let a trainer into the community."""
    return member(enter, "Trainer", role=Role.TRAINER, **launch)


def post_form(**given: str) -> dict[str, str]:
    """Give the fields of a post's form."""
    words = {"kind": "need", "title": "Who knows a time bank?", "text": "We begin one.", "language": "en"}
    return {"id": new_id(), "version": "0", **words, **given}


def post(client: Client, **given: str) -> str:
    """Publish a post and insist that it was; give its id."""
    form = post_form(**given)
    answer = client.post("community/posts", **form)
    assert answer.status_code == 303, words_of(answer)
    return form["id"]


def reply_form(text: str = "Ask in Campolide.", **given: str) -> dict[str, str]:
    """Give the fields of a reply's form."""
    return {"id": new_id(), "version": "0", "text": text, "language": "en", **given}


def reply(client: Client, post_id: str, text: str = "Ask in Campolide.", **given: str) -> str:
    """Reply to a post and insist that it was published; give the reply's id."""
    form = reply_form(text, **given)
    answer = client.post(f"community/posts/{post_id}/replies", **form)
    assert answer.status_code == 303, words_of(answer)
    return form["id"]


def thread(client: Client, post_id: str) -> TestResponse:
    """Open a post."""
    return client.get(f"community/posts/{post_id}")


def change(client: Client, what: str, action: str, **form: str) -> int:
    """Press a button on `posts/<id>` or `replies/<id>`; give the answer's status."""
    return client.post(f"community/{what}/{action}", **form).status_code


def titles_of(answer: TestResponse) -> list[str]:
    """Give the titles in the list, in their order."""
    headings = re.findall(r"<h2>(.*?)</h2>", answer.text, flags=re.DOTALL)
    return [words_in(heading) for heading in headings]


def link_of(answer: TestResponse, words: str) -> str | None:
    """Give where a link leads."""
    found = re.search(rf'<a (?:rel="\w+" )?href="([^"]+)">{words}</a>', answer.text)
    return unescape(found[1]) if found else None
