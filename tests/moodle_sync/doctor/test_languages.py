"""Whether readers see one language of what is in several."""

import json
from collections.abc import Iterator

import pytest

from moodle_sync.doctor.languages import Tried, try_languages
from moodle_sync.multilang import in_languages
from moodle_sync.webservice.client import Answer, Client
from tests.moodle_sync.examples import DESIRED, with_course

TITLE = in_languages({"en": "R & D", "ar": "البحث"})
WANTED = with_course(DESIRED, fullname=TITLE)


def site(*titles: str | None) -> Client:
    """Give a site that answers with these titles in turn, and refuses where there is None."""
    answers: Iterator[Answer] = (Answer(200, json.dumps(_answer(title))) for title in titles)
    return Client("https://moodle.example.org", "t", lambda _address, _body: next(answers), sleep=lambda _: None)


def _answer(title: str | None) -> dict[str, object]:
    if title is None:
        return {"exception": "moodle_exception", "errorcode": "errorcoursecontextnotvalid", "message": "No."}
    course = {"id": 4, "shortname": "TOT", "fullname": title, "categoryid": 7}
    return {"courses": [course] if title else []}


@pytest.mark.parametrize(
    ("titles", "tried"),
    [
        ([TITLE, "R &amp; D"], Tried("TOT", is_one=True)),
        ([TITLE, "البحث"], Tried("TOT", is_one=True)),
        ([TITLE, "R &amp; Dالبحث"], Tried("TOT")),
        ([TITLE, None], Tried("")),
        (["By hand"], Tried("")),
        ([""], Tried("")),
        ([None], Tried("")),
    ],
)
def test_a_page_s_title_is_one_of_those_that_are_kept(titles: list[str | None], tried: Tried) -> None:
    assert try_languages(site(*titles), WANTED) == tried


def test_where_no_course_is_in_several_languages_nothing_is_asked() -> None:
    assert try_languages(site(), DESIRED) is None
