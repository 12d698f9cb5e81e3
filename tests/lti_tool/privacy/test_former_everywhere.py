"""Every page of the tool goes on for the others, once one of them is erased."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from tests.lti_tool.databases import new_sqlite_database
from tests.lti_tool.everywhere import NotedRequest
from tests.lti_tool.facilitation.trainers import submission_ids
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.privacy.asking import erase, whose
from tests.lti_tool.reviews.test_readers_everywhere import make_everything, read, readers
from tests.lti_tool.ticking import Ticker

LEFT = ("ben", "dora", "trainer")
ALONE = ("secret of", "later words of", "said of", "remark on", "own view of", "draft of")
"""What there was of Ana's own work."""


def test_the_others_read_all_they_read_before_but_what_was_hers_alone(tmp_path: Path) -> None:
    app = make_app(new_sqlite_database(tmp_path), Ticker())
    app.request_class = NotedRequest
    world = make_everything(app)

    erase(app, whose(world.people["ana"], "ana"))

    parameters: Mapping[str, list[object]] = {"in": list(world.owners.values()), "since": list(submission_ids(app))}
    found = {name: read(app, world.people[name], parameters) for name in LEFT}
    assert [name for name, one in found.items() if HTTPStatus.INTERNAL_SERVER_ERROR in one.statuses] == []
    assert readers(found, "secret of g12") == {"ben", "trainer"}
    assert readers(found, "answer to g12") == {"ben", "trainer"}
    assert readers(found, "A former member") == set(LEFT)
    assert [words for words in ALONE if readers(found, f"{words} ana")] == []
    close_app(app)
