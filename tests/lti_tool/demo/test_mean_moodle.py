"""The specification of what is mean in Moodle, on the miniature."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.settings import STOCK_ROLES, MoodleSettings, Welcome
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import ADMIN, User
from lti_tool.demo.moodle.webservice.contract import FUNCTIONS
from lti_tool.demo.moodle.webservice.tables import Mail, ServiceToken
from tests.listening import listening
from tests.spec.mean_batches import MeanBatches
from tests.spec.mean_circles import MeanCircles
from tests.spec.mean_moodle import MeanMoodle, furnish
from tests.spec.mean_reads import MeanReads
from tests.spec.mean_texts import MeanTexts
from tests.spec.mean_writes import MeanMails, MeanWrites

TOKEN = "0123456789abcdef0123456789abcdef"


def _addresses(site: Site) -> list[str]:
    with site.session() as db:
        return list(db.scalars(select(User.email).join(Mail, Mail.user_id == User.id).order_by(Mail.id)))


@pytest.fixture(scope="module")
def moodle(moodle_key_pem: str) -> Iterator[MeanMoodle]:
    """Give a miniature on a port, as Moodle is after its installation."""
    settings = MoodleSettings(wwwroot="http://localhost", private_key_pem=moodle_key_pem, welcome=Welcome.CONTACT)
    app = create_moodle(settings)
    site: Site = app.extensions["moodle"]
    with site.session() as db:
        db.add(ServiceToken(token=TOKEN, user_id=ADMIN, functions="\n".join(FUNCTIONS)))
    with listening(app) as url:
        yield furnish(
            MeanMoodle(
                url=url,
                token=TOKEN,
                mark="mini",
                student=STOCK_ROLES["student"],
                teacher=STOCK_ROLES["teacher"],
                editor=STOCK_ROLES["editingteacher"],
                mailbox=lambda: _addresses(site),
            )
        )
    site.close()


class TestBatchesOfTheMiniature(MeanBatches):
    """One bad row."""


class TestCirclesOfTheMiniature(MeanCircles):
    """What is changed beside."""


class TestReadsOfTheMiniature(MeanReads):
    """What is left out."""


class TestTextsOfTheMiniature(MeanTexts):
    """What names may hold."""


class TestWritesOfTheMiniature(MeanWrites):
    """What is done beside."""


class TestMailsOfTheMiniature(MeanMails):
    """Who is mailed."""
