"""What a reader of a unit answers for themselves: kept for them alone."""

import re
from collections.abc import Callable

import pytest

from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client

Enter = Callable[..., Client]

UNIT, QUESTION = "unit/needs-and-satisfiers", "chosen-first"
ADDRESS = f"unit/answers/{QUESTION}"
SECRET = "The day centre, and only I know why"


def kept(reader: Client) -> str:
    """Give what stands in the question's form."""
    [form] = re.findall(rf'<form class="own" id="question-{QUESTION}".*?</form>', reader.get().text, flags=re.DOTALL)
    [text] = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", form, flags=re.DOTALL)
    return str(text)


def test_an_answer_is_kept_and_found_again_at_the_next_launch(enter: Enter) -> None:
    answer = enter(activity=UNIT).post(ADDRESS, text=SECRET, version="0")

    assert answer.status_code == 303
    assert answer.location.endswith(f"#question-{QUESTION}")
    assert kept(enter(activity=UNIT)) == SECRET


@pytest.mark.parametrize(
    "other",
    [
        {"sub": "another"},
        {"sub": "trainer-1", "role": Role.TRAINER},
        {"course": "another"},
        {"issuer": "http://localhost:8200", "client_id": "other"},
        {"activity": "unit/facilitating-groups"},
    ],
)
def test_nobody_else_and_no_other_course_is_shown_it(sqlite_enter: Enter, other: dict[str, str]) -> None:
    sqlite_enter(activity=UNIT).post(ADDRESS, text=SECRET, version="0")

    assert SECRET not in sqlite_enter(**{"activity": UNIT, **other}).get().text


@pytest.mark.parametrize(
    ("activity", "address"),
    [(UNIT, "unit/answers/gone"), ("unit/facilitating-groups", ADDRESS), ("community", ADDRESS)],
)
def test_what_is_not_asked_here_is_not_kept(sqlite_enter: Enter, activity: str, address: str) -> None:
    assert sqlite_enter(activity=activity).post(address, text=SECRET, version="0").status_code == 404


def test_two_pages_at_one_answer_lose_neither_text(enter: Enter) -> None:
    reader = enter(activity=UNIT)
    reader.post(ADDRESS, text="from the phone", version="0")

    answer = reader.post(ADDRESS, text="from the laptop", version="0")

    assert answer.status_code == 409
    assert "from the phone</blockquote>" in answer.text
    assert "from the laptop</textarea>" in answer.text
    assert '<input type="hidden" name="version" value="1">' in answer.text
    assert kept(reader) == "from the phone"


def test_the_same_sent_twice_is_kept_once_and_refused_never(sqlite_enter: Enter) -> None:
    reader = sqlite_enter(activity=UNIT)
    for _time in range(2):
        assert reader.post(ADDRESS, text=SECRET, version="0").status_code == 303

    assert reader.post(ADDRESS, text="", version="1").status_code == 303
    assert kept(reader) == ""


def test_what_is_too_long_is_shown_again_with_what_to_do(sqlite_enter: Enter) -> None:
    reader = sqlite_enter(activity=UNIT)

    answer = reader.post(ADDRESS, text="a" * 4010, version="0")

    assert answer.status_code == 422
    assert "shorten it by 10 characters" in answer.text
    assert "a" * 4010 in answer.text


def test_the_script_is_answered_without_a_page(sqlite_enter: Enter) -> None:
    reader = sqlite_enter(activity=UNIT)

    def send(text: str) -> dict[str, object]:
        data = {"text": text, "version": "0", "csrf": reader.csrf}
        headers = {"Origin": reader.origin, "Accept": "application/json"}
        answer = reader.browser.post(f"/l/{reader.launch_id}/{ADDRESS}", data=data, headers=headers)
        return {"status": answer.status_code, **(answer.json or {})}

    assert send("one") == {"status": 200, "version": 1, "theirs": None, "problem": None}
    assert send("two") == {"status": 409, "version": 1, "theirs": "one", "problem": None}


def test_whoever_looks_at_a_unit_to_place_it_is_asked_and_has_no_form_to_fill(sqlite_enter: Enter) -> None:
    page = sqlite_enter(activity=UNIT, locale="en").get().text

    assert "Which service that you know was chosen before anybody asked about the need?" in page
    assert page.count("<textarea") == 2
