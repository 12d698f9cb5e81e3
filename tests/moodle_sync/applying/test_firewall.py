"""What stands before a Moodle: a firewall that dislikes a text, or everybody; a limit of requests; maintenance."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Response, request

from lti_tool.demo.moodle.faults import Lasting, Work
from lti_tool.demo.moodle.tables import ADMIN, User
from moodle_sync.applying.apply import HANDFUL
from moodle_sync.errors import Blocked, Unreachable
from moodle_sync.journal.records import Ending, Fate
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.person import CreatePerson
from moodle_sync.webservice.client import Client
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.crowds import crowd
from tests.moodle_sync.miniature import TOKEN

CREATE = "core_user_create_users"
ENROL = "enrol_manual_enrol_users"
PAGE = (
    "<html>\n<head><style>h1 {color: red}</style></head>\n<body>\n<h1>Request blocked</h1>\n<p>Id: 7</p></body></html>"
)


def dislike(*texts: str, status: int = 403) -> Callable[[Work], Response]:
    """Let nothing pass that holds one of these texts."""

    def judge(work: Work) -> Response:
        body = request.get_data(as_text=True)
        return Response(PAGE, status=status) if any(text in body for text in texts) else work()

    return judge


@pytest.mark.parametrize("status", [403, 406, 413])
def test_the_row_whose_text_a_firewall_dislikes_is_found_and_the_others_go_on(site: Administered, status: int) -> None:
    desired = crowd(60)
    site.miniature.order_faults(CREATE, Lasting(dislike("trainee007", status=status)))

    outcome = site.apply(desired)

    first = outcome.failed[0]
    assert isinstance(first.action, CreatePerson)
    assert (first.action.person.username, first.fate) == ("trainee007", Fate.QUARANTINED)
    assert f'answers {CREATE} with status {status}: "Request blocked"; look at the address, and at' in first.reason
    assert {failure.fate for failure in outcome.failed[1:]} == {Fate.LEFT_OUT}
    assert sum(isinstance(action, Enrol) for action in outcome.done) == 59
    assert site.journal.runs()[0].outcome is Ending.PARTLY


def test_where_a_firewall_lets_nothing_pass_a_handful_of_rows_is_tried(site: Administered) -> None:
    desired = crowd(200)
    site.miniature.order_faults(CREATE, Lasting(dislike("users")))

    with pytest.raises(Blocked, match="one after the other were refused so"):
        site.apply(desired)

    assert site.miniature.calls.count(CREATE) < 20
    record = site.journal.unfinished()
    assert record is not None
    assert HANDFUL <= len(record.of(Fate.QUARANTINED)) <= HANDFUL + 1  # two are on their way at once


def test_rows_that_are_disliked_here_and_there_stop_nothing(site: Administered) -> None:
    disliked = [f"trainee{number:03}" for number in range(0, 60, 6)]
    site.miniature.order_faults(CREATE, Lasting(dislike(*disliked)))

    outcome = site.apply(crowd(60))

    failed = {f.action.person.username for f in outcome.failed if isinstance(f.action, CreatePerson)}
    assert failed == set(disliked)


def test_a_write_that_comes_too_soon_is_waited_for_as_long_as_the_site_says(site: Administered) -> None:
    waited: list[float] = []
    site.miniature.order_faults(ENROL, *(Response(status=429, headers={"Retry-After": "7"}) for _ in range(2)))
    actions = site.plan().actions
    client = Client(site.miniature.site.settings.wwwroot, TOKEN, site.miniature.send, sleep=waited.append)

    applying = site.begin(actions, client)
    applying.run(actions)

    assert (waited, applying.outcome.failed, site.miniature.mails()) == ([7, 7], [], 2)


def test_a_site_that_never_takes_a_write_is_left_and_nothing_of_it_is_given_up(site: Administered) -> None:
    site.miniature.order_faults(ENROL, Lasting(Response(status=429)))

    with pytest.raises(Unreachable, match="fewer requests"):
        site.apply()

    record = site.journal.unfinished()
    assert record is not None
    assert (record.of(Fate.QUARANTINED), record.unknown, site.miniature.mails()) == ((), (), 0)


def test_a_site_under_limited_maintenance_can_not_be_reached(site: Administered) -> None:
    with site.miniature.site.session() as db:
        db.get_one(User, ADMIN).is_admin = False
    site.miniature.site.settings = replace(site.miniature.site.settings, maintenance=True)

    with pytest.raises(Unreachable, match=r"is closed for now: .* \(sitemaintenance\)"):
        site.plan()
