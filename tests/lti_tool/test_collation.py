import re
from itertools import permutations
from pathlib import Path

import pytest

import lti_tool
from lti_tool import collation


@pytest.mark.parametrize(
    "ordered",
    [
        ["Ábaco", "abeja", "éter", "Ñandú", "Nube"],
        ["Άλφα", "βήτα", "Ωμέγα"],
        ["آمنة", "أحمد", "إيمان", "باسم"],
        ["ana", "Ana", "Anabel", "Zoe", "Άννα", "أحمد"],
    ],
    ids=["Spanish", "Greek", "Arabic", "mixed"],
)
def test_names_are_ordered_as_people_look_them_up(ordered: list[str]) -> None:
    for given in permutations(ordered):
        assert sorted(given, key=collation.key) == ordered


def test_nothing_is_ordered_by_a_name_or_title_in_sql() -> None:
    root = Path(lti_tool.__file__).parent
    ours = [path for path in root.rglob("*.py") if "demo" not in path.relative_to(root).parts]
    found = [
        path.name
        for path in ours
        if re.search(r"order_by\([^)]*\.(name|title|text|words)\b", path.read_text(encoding="utf-8"))
    ]

    assert ours
    assert found == []
