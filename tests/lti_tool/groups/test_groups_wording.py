"""What a trainer reads where Moodle was never asked for groups."""

from flask import Flask
from flask_babel import force_locale

from lti_tool.demo.moodle.variables import split_parameters
from lti_tool.groups import wording
from lti_tool.lti.registering.registration import CUSTOM


def test_the_line_to_add_is_what_a_registration_asks_for() -> None:
    asked = split_parameters(wording.PARAMETER)

    assert asked == {"group_ids": "$Moodle.Person.userGroupIds"}
    assert asked.items() <= CUSTOM.items()


def test_the_advice_names_the_line_in_every_language(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context():
        english = wording.never_told()
        with force_locale("es"):
            spanish = wording.never_told()

    assert "settings: group_ids=$Moodle.Person.userGroupIds. It counts" in english
    assert ": group_ids=$Moodle.Person.userGroupIds. " in spanish
    assert spanish != english
