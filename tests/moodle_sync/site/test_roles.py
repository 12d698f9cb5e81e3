"""Numbers of roles: shown, said, or as Moodle has them at first; and never those where a site has its own."""

from collections.abc import Mapping

import pytest

from moodle_sync.site.roles import STOCK, assumed, numbers

NOTHING: Mapping[str, int] = {}


def test_on_a_fresh_site_they_are_moodle_s_own() -> None:
    assert numbers(NOTHING, NOTHING) == STOCK == {"manager": 1, "editingteacher": 3, "teacher": 4, "student": 5}


def test_what_moodle_shows_and_then_what_is_said_comes_first() -> None:
    assert numbers({"student": 5, "tutor": 9}, {"guide": 10, "tutor": 8}) == {**STOCK, "tutor": 9, "guide": 10}


@pytest.mark.parametrize(
    ("learnt", "given"),
    [({"student": 15}, NOTHING), (NOTHING, {"student": 15}), ({"tutor": 4}, NOTHING), (NOTHING, {"tutor": 4})],
    ids=["shown otherwise", "said otherwise", "shown as another's", "said to be another's"],
)
def test_where_one_is_another_none_is_taken_for_granted(learnt: Mapping[str, int], given: Mapping[str, int]) -> None:
    assert numbers(learnt, given) == {**learnt, **given}


def test_what_is_taken_for_granted_is_said() -> None:
    (remark,) = assumed(["student", "teacher", "tutor", "editingteacher"], {"teacher": 4}, {"editingteacher": 3})

    assert (remark.kind, remark.key) == ("role", "student")
    assert remark.message == (
        "taken to be number 5, as Moodle has it at first, since nobody in these courses has it yet; if it is another, "
        "write its number under [roles] in the configuration; it is the roleid in the address of "
        "Site administration > Users > Permissions > Define roles > the role"
    )


def test_on_a_site_with_numbers_of_its_own_nothing_is_taken_for_granted() -> None:
    assert list(assumed(["student", "teacher"], {"student": 15}, NOTHING)) == []
