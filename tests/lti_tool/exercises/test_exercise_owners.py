"""What follows from whose a workspace is."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lti_tool.exercises import owners
from lti_tool.exercises.owners import Owner

PERSON, GROUP, COURSE, TRIAL = owners.person(3), owners.group(7), owners.COURSE, owners.trial(5)
ALL = (PERSON, GROUP, COURSE, TRIAL)


@pytest.mark.parametrize(
    ("question", "those"),
    [
        (lambda owner: owner.is_shared, [GROUP, COURSE]),
        (lambda owner: owner.is_alone, [PERSON]),
        (lambda owner: owner.is_trial, [TRIAL]),
        (lambda owner: owner.is_course, [COURSE]),
        (lambda owner: owner.can_be_left, [GROUP]),
        (lambda owner: owner.group_id == owner.id == 7, [GROUP]),
        (lambda owner: owner.group_id is not None, [GROUP]),
    ],
    ids=["shared", "alone", "trial", "course", "can be left", "number of the group", "a group's"],
)
def test_an_owner_answers_for_what_depends_on_whose_it_is(
    question: Callable[[Owner], bool], those: list[Owner]
) -> None:
    assert [owner for owner in ALL if question(owner)] == those


@pytest.mark.parametrize("owner", ALL, ids=str)
def test_an_owner_reads_as_it_was_written(owner: Owner) -> None:
    assert owners.read(str(owner)) == owner


ASKS = re.compile(r"""owner\.kind (is|==|!=|in|not in)( not)? (OwnerKind|[("'{])""")
HOUSE = Path(owners.__file__).parents[1]


def test_nothing_else_asks_which_kind_an_owner_is() -> None:
    files = [path for ending in ("py", "html", "txt") for path in HOUSE.rglob(f"*.{ending}")]

    asking = [path.relative_to(HOUSE) for path in files if ASKS.search(path.read_text(encoding="utf-8"))]

    assert not asking, "what depends on it stands with the owner, in owners.py"
