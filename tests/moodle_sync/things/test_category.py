"""What is told of a category, in our words."""

import pytest

from moodle_sync.things.category import as_category
from moodle_sync.webservice.replies import CategoryReply


@pytest.mark.parametrize(
    ("case", "told", "idnumber"),
    [
        ("it has one", {"idnumber": "medtown"}, "medtown"),
        ("it has none", {"idnumber": None}, ""),
        ("the token may not see it", {}, "ours"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_category_lacks_an_idnumber_only_where_moodle_says_so(
    case: str, told: dict[str, str | None], idnumber: str
) -> None:
    reply = CategoryReply.model_validate({"id": 7, "name": "MedTOWN", "parent": 0, **told})

    category = as_category(reply, "ours", {})

    assert category.idnumber == idnumber, case
