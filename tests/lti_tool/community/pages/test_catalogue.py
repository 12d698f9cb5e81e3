"""The catalogue offers the community in the interface's words."""

import pytest
from flask import Flask

from tests.lti_tool.community.talking import HERE


@pytest.mark.parametrize(
    ("locale", "title", "language"),
    [
        ("en", "Community of practice", "en"),
        ("es", "Comunidad de práctica", "es"),
        ("de", "Community of practice", "en"),
    ],
)
def test_the_catalogue_offers_the_community_in_the_interfaces_words(
    sqlite_app: Flask, locale: str, title: str, language: str
) -> None:
    with sqlite_app.test_request_context():
        group = sqlite_app.extensions["activities"].catalogue(locale)[-1]

    [choice] = group.choices
    assert (group.title, choice.title, group.language, choice.language) == (title, title, language, language)
    assert (choice.activity, choice.score_maximum, choice.minutes) == (HERE, None, None)
