"""Plans as files: written for one's own eyes, and read again with care."""

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from moodle_sync.applying.cost import Cost
from moodle_sync.errors import PlanRefused
from moodle_sync.planning.plan import Options
from moodle_sync.session.plan_file import Allowed, PlanFile, load, save, text
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.group import CreateGroup
from moodle_sync.things.membership import AddMember
from tests.moodle_sync.examples import GROUP, MEMBER

SITE = "https://moodle.example.org"
PLANNED = PlanFile(
    site=SITE,
    made=datetime(2026, 10, 1, 9, tzinfo=UTC),
    options=Options(today=1_790_000_000, unenrol=True, targets=frozenset({"course:tot", "person:ana"})),
    allowed=Allowed(removals=7, mails=100),
    actions=(CreateGroup(GROUP), AddMember(MEMBER)),
    conflicts=(Conflict("person", "ana", "is somebody else"),),
    remarks=(Remark("person", "sami", "deserves a look"),),
    cost=Cost(mails=0, removals=0, requests=2),
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    save(PLANNED, tmp_path / "plan.json")

    assert load(tmp_path / "plan.json", SITE) == PLANNED


def test_the_same_plan_is_the_same_text_with_its_counts() -> None:
    document = json.loads(text(PLANNED))

    assert text(PLANNED) == text(PLANNED)
    assert document["counts"] == {"new groups": 1, "new group members": 1}
    assert document["options"]["targets"] == ["course:tot", "person:ana"]
    assert (document["version"], document["site"], document["made"]) == (1, SITE, "2026-10-01T09:00:00+00:00")


def test_a_file_of_a_version_that_made_no_remarks_is_read(tmp_path: Path) -> None:
    parts = json.loads(text(PLANNED))
    del parts["remarks"]
    (tmp_path / "plan.json").write_text(json.dumps(parts), encoding="utf-8")

    assert load(tmp_path / "plan.json", SITE) == replace(PLANNED, remarks=())


def test_what_findings_have_in_common_is_in_the_file_where_it_is_said(tmp_path: Path) -> None:
    said = Remark("course", "tot", "was changed", "its order", differs=True)
    save(replace(PLANNED, remarks=(*PLANNED.remarks, said)), tmp_path / "plan.json")

    plain, changed = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["remarks"]
    assert plain == {"kind": "person", "key": "sami", "message": "deserves a look"}
    assert (changed["cause"], changed["differs"]) == ("its order", True)
    read = load(tmp_path / "plan.json", SITE).remarks[1]
    assert (read.cause, read.differs) == ("its order", True)


def test_only_its_owner_can_read_it_also_where_others_could_before(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text("before")
    file.chmod(0o644)

    save(PLANNED, file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_can_not_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(PlanRefused, match="can't be written: No such file or directory"):
        save(PLANNED, tmp_path / "nowhere" / "plan.json")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("{", "", "is no plan: it isn't JSON"),
        ("moodle-sync plan", "shopping list", "is no plan: make one with `moodle-sync plan -o FILE`"),
        ('"version": 1', '"version": 2', "was written by another version of moodle-sync: make the plan again"),
        ("AddMember", "RemoveEverybody", "is damaged: make the plan again"),
        ('"mails": 0', '"mails": "none"', "is damaged: make the plan again"),
        ("sami", "eva", "was changed after it was made: make the plan again"),
        ('"unenrol": true', '"unenrol": false', "was changed after it was made: make the plan again"),
    ],
    ids=["cut", "other", "version", "action", "part", "person", "option"],
)
def test_a_file_that_is_no_plan_any_more_is_refused(tmp_path: Path, before: str, after: str, said: str) -> None:
    file = tmp_path / "plan.json"
    file.write_text(text(PLANNED).replace(before, after, 1), encoding="utf-8")

    with pytest.raises(PlanRefused) as refused:
        load(file, SITE)

    assert str(refused.value) == f"{file}: {said}"


def test_a_plan_for_another_site_is_refused(tmp_path: Path) -> None:
    save(PLANNED, tmp_path / "plan.json")

    with pytest.raises(PlanRefused, match=f"is a plan for {SITE}, and the configuration names https://other.org"):
        load(tmp_path / "plan.json", "https://other.org")


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(PlanRefused, match="can't be read: No such file or directory"):
        load(tmp_path / "plan.json", SITE)
