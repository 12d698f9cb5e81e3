"""Entries from many processes at once, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti import registry
from lti_tool.lti.launch import store
from lti_tool.lti.launch.claims import Launch, Message
from lti_tool.lti.launch.store import Begun
from lti_tool.lti.roles import Role
from lti_tool.lti.secrets import hashed, new_secret
from lti_tool.lti.tables import CourseRow, LaunchRow, PersonRow, PlacementRow, SiteRow
from tests.lti_tool.platform import Platform
from tests.lti_tool.together import at_once
from tests.lti_tool.watching import statements

AT_ONCE = 6


def a_launch(app: Flask, platform: Platform) -> Launch:
    """Make what a verified message says; the verifier's own tests are elsewhere."""
    platform.register(app)
    with app.app_context():
        registration = registry.find_registration(platform.origin, None)
        return Launch(
            registration_id=registration.id,
            deployment_id=registry.usable_deployment(registration.id, "1"),
            site_id=registration.site_id,
            sub="5",
            name=None,
            email=None,
            role=Role.TRAINEE,
            message=Message.RESOURCE_LINK,
            context_id="2",
            course_title=None,
            resource_link_id="7",
            title=None,
            activity="exercise/needs-matrix",
            locale="en",
            timezone=None,
            return_url=None,
            line_item_url=None,
            line_items_url=None,
            scopes=(),
            context_history=(),
            group_ids=None,
            for_sub=None,
            memberships_url=None,
            deep_linking=None,
        )


def arrive_together(app: Flask, launches: list[Launch]) -> None:
    """Let everybody arrive at the same moment, each in a transaction of their own."""
    together = Barrier(len(launches))

    def arrive(launch: Launch) -> None:
        with app.app_context():
            db.session.execute(select(SiteRow))
            together.wait(timeout=30)
            store.arrive(launch, new_secret(), new_secret(), now())
            db.session.commit()

    with ThreadPoolExecutor(len(launches)) as pool:
        list(pool.map(arrive, launches))


def counts(app: Flask) -> list[int | None]:
    with app.app_context():
        tables = (LaunchRow, PersonRow, CourseRow, PlacementRow)
        return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_one_person_who_arrives_many_times_at_once_is_one_person(app: Flask, platform: Platform) -> None:
    launch = a_launch(app, platform)

    arrive_together(app, [launch] * AT_ONCE)

    assert counts(app) == [AT_ONCE, 1, 1, 1]


def test_people_who_arrive_at_once_have_a_number_each(app: Flask, platform: Platform) -> None:
    launch = a_launch(app, platform)

    arrive_together(app, [replace(launch, sub=f"person-{number}") for number in range(AT_ONCE)])

    assert counts(app) == [AT_ONCE, AT_ONCE, 1, 1]
    with app.app_context():
        numbers = db.session.scalars(select(PersonRow.number)).all()
        assert sorted(numbers) == list(range(1, AT_ONCE + 1))


def test_an_entry_that_is_taken_back_leaves_nobody_behind(app: Flask, platform: Platform) -> None:
    launch = a_launch(app, platform)
    with app.app_context():
        store.arrive(launch, new_secret(), new_secret(), now())
        db.session.flush()

        db.session.rollback()

    assert counts(app) == [0, 0, 0, 0]


def test_what_is_said_of_groups_costs_no_further_statement(app: Flask, platform: Platform) -> None:
    silent = a_launch(app, platform)
    telling = replace(silent, group_ids=("7", "8"))

    def sent(launch: Launch) -> list[str]:
        with app.app_context(), statements(app) as found:
            store.arrive(launch, new_secret(), new_secret(), now())
            db.session.commit()
        return [" ".join(one.split()[:3]) for one in found]

    sent(silent)

    assert sent(replace(telling, sub="6")) == sent(replace(silent, sub="7")), "who comes for the first time"
    assert sent(replace(telling, sub="7")) == sent(replace(silent, sub="6")), "who comes again"


def test_a_login_that_many_use_at_once_is_used_once(app: Flask, platform: Platform) -> None:
    platform.register(app)
    with app.app_context():
        login = Begun(
            nonce="nonce",
            browser_hash=hashed("browser"),
            target_link_uri="",
            login_hint="5",
            message_hint=None,
            is_awaited=False,
            registration=registry.find_registration(platform.origin, None),
        )
        store.add_login("state", login, "address", now())
        db.session.commit()

    def use_up() -> bool:
        return store.use_up_login("state", now()) is not None

    used = at_once(app, *[use_up] * AT_ONCE)

    assert sorted(used) == [False] * (AT_ONCE - 1) + [True]
