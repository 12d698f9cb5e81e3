"""Whoever may be mailed is mailed once their account is as it shall be."""

from dataclasses import replace

from sqlalchemy import update

from lti_tool.demo.moodle.tables import User
from moodle_sync.things.account import Person
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.state import State
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.examples import FULL, without

SAMI = FULL[PEOPLE]["sami"]
BEFORE = {"email": SAMI.email or "", "idnumber": SAMI.idnumber or "", "firstname": "Sami", "lastname": "Haddad"}


def with_sami(sami: Person) -> State:
    return FULL.having(PEOPLE, {**FULL[PEOPLE], "sami": sami})


def test_a_welcome_goes_to_the_corrected_address(site: Administered) -> None:
    site.apply(without("sami"))
    site.miniature.add_account("sami", **{**BEFORE, "email": "typing.error@example.org"})
    site.miniature.calls.clear()

    site.apply()

    writes = [name for name in site.miniature.calls if name in ("core_user_update_users", "enrol_manual_enrol_users")]
    assert writes == ["core_user_update_users", "enrol_manual_enrol_users"]


def test_an_account_that_is_opened_is_welcomed(site: Administered) -> None:
    site.apply(without("sami"))
    number = site.miniature.add_account("sami", **BEFORE)
    with site.miniature.site.session() as db:
        db.execute(update(User).where(User.id == number).values(suspended=True))
    before = site.miniature.mails()

    site.apply(with_sami(replace(SAMI, suspended=False)))

    assert site.miniature.mails() == before + 1


def test_an_account_that_is_made_suspended_is_not_welcomed(site: Administered) -> None:
    desired = with_sami(replace(SAMI, suspended=True))
    site.apply(without("sami"))
    before = site.miniature.mails()

    outcome = site.apply(desired)

    assert outcome.failed == []
    assert site.miniature.mails() == before
    assert site.plan(desired).actions == ()
