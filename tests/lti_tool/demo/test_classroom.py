"""The classroom in a box, as a newcomer finds it."""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from markupsafe import escape
from sqlalchemy import create_engine, text

from content.load import load
from lti_tool.community.posts import PostKind
from lti_tool.demo import at_work, rounds, talking, walk
from lti_tool.demo.browse import Browse
from lti_tool.demo.classroom import open_classroom
from lti_tool.demo.conversations import CONNECTORS, GROWN, THREADS, TWIN
from lti_tool.demo.filling import fill
from lti_tool.errors import ConfigurationError
from tests.spec.sync import run_sync
from tests.spec.tool import Tool, free_port

TEXT = load().courses["training-of-trainers"].texts["en"]
TRAINING = TEXT.title
MODULES = [module.title for module in TEXT.modules.values()]
COMMUNITY = "Community of practice"
"""Both its course and the activity there."""
PATIENCE = 30
"""Seconds until the classroom's worker must have sent a grade."""
LANGUAGES = ("en", "es", "pt", "el", "ar", "fr")


@dataclass(frozen=True)
class Opened:
    """A classroom that is open, and the folder it is in."""

    folder: Path
    url: str


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Open a classroom for all tests."""
    folder = tmp_path_factory.mktemp("classroom")
    with open_classroom(folder, port=free_port(), tool_port=free_port()) as url:
        yield Opened(folder, url)


def walk_in(opened: Opened, username: str, course: str = TRAINING) -> Browse:
    """Sign in, and go to a course."""
    visit = walk.visit(opened.url, username)
    visit.go(walk.courses(visit)[course])
    return visit


def rows_of(tool: Tool, query: str) -> list[tuple[str, ...]]:
    """Ask the tool's database."""
    engine = create_engine(tool.environment["DATABASE_URL"])
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found


def test_there_are_an_administrator_trainers_and_trainees_in_every_language(opened: Opened) -> None:
    page = Browse(opened.url).page.text

    people = re.findall(r'id="login-(\w+?)\d*">.*?language: <span>(\w+)</span>', page, re.DOTALL)
    assert [name for name, _ in people].count("trainee") == 50
    assert {lang for name, lang in people if name == "trainee"} == set(LANGUAGES)
    assert {name for name, _ in people} == {"admin", "trainer", "trainee", "former"}


@pytest.mark.parametrize("username", ["trainer", "trainee01", "trainee50"])
def test_the_course_has_five_sections_and_what_the_trainer_placed(opened: Opened, username: str) -> None:
    page = walk_in(opened, username).page.text

    assert re.findall(r'<h2 id="section-name-\d+">(.*?)</h2>', page) == MODULES
    assert "/mod/lti/view.php" in page


def test_the_sync_has_nothing_more_to_do(opened: Opened) -> None:
    environment = {**os.environ, "MOODLE_TOKEN": walk.make_token(opened.url)}

    planned = run_sync(opened.folder, "plan", environment=environment)

    assert (planned.returncode, planned.stdout) == (0, "Nothing to do: Moodle is as it should be.\n")


def test_ten_groups_of_five_came_with_it(opened: Opened) -> None:
    rows = (opened.folder / "people.csv").read_text().splitlines()

    assert [sum(row.endswith(f",Group {name}") for row in rows) for name in "ABCDEFGHIJ"] == [5] * 10


def rows_in(page: str) -> list[str]:
    """Give the rows of a page's tables."""
    return re.findall(r"<tr.*?</tr>", page, re.DOTALL)


def open_map(visit: Browse) -> str:
    """Open the exercise that is done in groups; give its page."""
    title = load().exercise(at_work.EXERCISE).texts["en"].title
    (module,) = re.findall(rf'/mod/lti/view\.php\?id=(\d+)">{re.escape(title)}<', visit.page.text)
    visit.go(f"/mod/lti/launch.php?id={module}")
    return visit.page.text


def test_a_group_is_at_work(opened: Opened) -> None:
    page = open_map(walk_in(opened, "trainee05"))

    assert page.count("data-note=") == len(at_work.WRITTEN)
    assert all(escape(note.values["actor"]) in page for note in at_work.WRITTEN)
    assert "data-note=" not in open_map(walk_in(opened, "trainee50"))


@pytest.mark.parametrize(
    ("group", "stage"),
    [
        ("Group A", "Draft"),
        ("Group B", "Waits for your mark"),
        ("Group C", "Draft begun"),
        ("Group D", "Given back"),
        ("Group E", "Handed in again since"),
        ("Group F", "85 of 100 points"),
        ("Group G", "Done"),
    ],
)
def test_its_trainer_sees_each_stage_of_an_answer(opened: Opened, group: str, stage: str) -> None:
    page = open_map(walk_in(opened, "trainer"))

    [row] = [row for row in rows_in(page) if f"<bdi>{group}</bdi>" in row]
    assert stage in [words.strip() for words in re.split(r"<[^>]+>", row)]


def test_a_draft_is_read_by_no_trainee(opened: Opened) -> None:
    page = open_map(walk_in(opened, "trainee13"))

    assert "It counts for:" in page
    assert "blockquote class=" not in page


def test_what_was_given_back_has_levels_comments_at_the_notes_and_a_reply(opened: Opened) -> None:
    page = open_map(walk_in(opened, "trainee19"))

    said = rounds.GIVEN_BACK.said
    reply = rounds.GIVEN_BACK.reply
    assert said is not None
    assert reply is not None
    assert page.count('class="remark"') == len(said.comments)
    assert all(escape(text) in page for text in (said.text, *said.comments.values(), reply.text))
    chosen = page.partition('class="chosen-levels"')[2].partition("</dl>")[0]
    assert chosen.count("<dd>") == len(said.levels)


def test_what_was_handed_in_again_has_the_answer_to_what_was_before(opened: Opened) -> None:
    page = open_map(walk_in(opened, "trainee25"))

    assert page.count("data-note=") == len([*rounds.AGAIN.notes, *rounds.AGAIN.then])
    assert "That was about what you handed in before." in page


def test_a_mark_is_in_the_gradebook_and_what_is_done_without_one_is_not(opened: Opened) -> None:
    title = load().exercise(at_work.EXERCISE).texts["en"].title

    def grade(username: str) -> str:
        visit = walk_in(opened, username)
        visit.go(walk.courses(visit)[TRAINING].replace("/course/view.php", "/grade/report/user/index.php"))
        return next(row for row in rows_in(visit.page.text) if title in row)

    deadline = time.monotonic() + PATIENCE
    while "85.00" not in grade("trainee26"):
        assert time.monotonic() < deadline, grade("trainee26")
    assert not re.search(r"\d\.\d\d", grade("trainee31"))


def test_its_trainer_reads_the_groups_by_their_names_in_moodle(opened: Opened) -> None:
    visit = walk_in(opened, "trainer")
    open_map(visit)

    visit.go("arrangement")

    assert re.findall(r"<legend><bdi>(.*?)</bdi>", visit.page.text) == [f"Group {name}" for name in "ABCDEFGHIJ"]


def test_the_sync_tells_the_tool_what_moodle_calls_the_groups_that_people_come_from(opened: Opened) -> None:
    tool = Tool(opened.folder)
    environment = {**os.environ, "MOODLE_TOKEN": walk.make_token(opened.url)}
    for username in ("trainee50", "trainer"):
        visit = walk_in(opened, username)
        (module, *_) = re.findall(r"/mod/lti/view\.php\?id=(\d+)", visit.page.text)
        visit.go(f"/mod/lti/launch.php?id={module}")

    written = run_sync(opened.folder, "groups", "--json", environment=environment)
    (opened.folder / "groups.json").write_text(written.stdout, encoding="utf-8")
    said = tool.command("groups", "name", "groups.json")
    again = tool.command("groups", "name", "groups.json")

    assert said == again == "Named: 0 of 10."
    told = rows_of(tool, "SELECT DISTINCT name, group_ids FROM attendances JOIN people ON id = person_id ORDER BY name")
    assert [row for row in told if row[0] in ("Trainee 50", "Trainer One")] == [
        ("Trainee 50", '["10"]'),
        ("Trainer One", "[]"),
    ]
    named = rows_of(tool, "SELECT platform_id, platform_name FROM groups ORDER BY id")
    assert sorted(named, key=lambda row: int(row[0])) == [
        (str(number), f"Group {name}") for number, name in enumerate("ABCDEFGHIJ", start=1)
    ]


def test_a_classroom_that_can_not_be_filled_says_why(opened: Opened, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"moodle-sync said:\nError: .*\(invalidtoken\)"):
        fill(tmp_path, opened.url, "f" * 32)


def open_community(visit: Browse) -> None:
    (module,) = re.findall(rf'/mod/lti/view\.php\?id=(\d+)">{COMMUNITY}<', visit.page.text)
    visit.go(f"/mod/lti/launch.php?id={module}")


def test_whose_training_ended_opens_the_same_community_from_its_own_course(opened: Opened) -> None:
    trainee = walk_in(opened, "trainee01")
    open_community(trainee)
    [new] = re.findall(r'href="([^"]+/posts/new)"', trainee.page.text)
    trainee.go(new)
    title, typed = "Who has begun a time bank?", [("kind", "need"), ("text", "Nobody has here."), ("language", "en")]
    trainee.submit(trainee.form_with(typed[0]), {"title": title}, ticked=typed)

    former = walk_in(opened, "former", COMMUNITY)
    open_community(former)

    assert TRAINING not in walk.courses(walk.visit(opened.url, "former"))
    assert title in former.page.text


def in_community(username: str, opened: Opened, page: str = "") -> str:
    """Read a page of the community as one of its members does."""
    members = talking.Community(opened.url, COMMUNITY, COMMUNITY)
    return members.at(username, page).page.text


@pytest.mark.parametrize("state", ["open", "offered", "accepted", "closed", "answered"])
def test_the_community_has_a_post_at_each_stage(opened: Opened, state: str) -> None:
    assert f"is-{state}" in in_community("trainee01", opened)


def test_the_community_has_all_kinds_in_all_languages(opened: Opened) -> None:
    page = in_community("trainee01", opened)

    assert {kind for kind in PostKind if f"tag kind-{kind}" in page} == set(PostKind)
    assert {lang for lang in LANGUAGES if f'<bdi lang="{lang}">' in page} == set(LANGUAGES)
    assert all(escape(thread.title) in page for thread in THREADS)


def test_of_a_post_without_a_name_only_trainers_read_who_wrote_it(opened: Opened) -> None:
    assert "Trainee 13" not in in_community("trainee01", opened)
    assert "Trainee 13" in in_community("trainer", opened)


def test_something_is_planned_and_somebody_looks_after_territories(opened: Opened) -> None:
    assert "https://example.org/meet" in in_community("trainee01", opened, "/calendar")
    assert all(name in in_community("trainee01", opened, "/connectors") for name in CONNECTORS.values())


def read_post(opened: Opened, title: str) -> str:
    """Open the post of this title, from the list; give its page."""
    visit = talking.Community(opened.url, COMMUNITY, COMMUNITY).at("trainee01", "")
    [there] = re.findall(rf'<a href="([^"]+)"[^>]*>\s*<bdi [^>]*>{re.escape(str(escape(title)))}<', visit.page.text)
    visit.go(there)
    return visit.page.text


def test_a_need_grew_from_a_canvas(opened: Opened) -> None:
    assert "This grew out of an exercise:" in read_post(opened, GROWN.title)


def test_two_needs_that_ask_the_same_are_one(opened: Opened) -> None:
    page = read_post(opened, TWIN.other)

    assert "Was a post of its own" in page
    assert escape(TWIN.title) in page
    assert escape(TWIN.title) not in in_community("trainee01", opened)
