"""Faults of the web services' own, and the words by which faults are ordered from outside of this process."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask import Response, request

from lti_tool.demo.moodle.faults import DROP, LOSE, Fault, Work, after, cut
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.webservice.brackets import parse
from lti_tool.demo.moodle.webservice.refusal import Refusal, refuse_answer
from lti_tool.demo.moodle.webservice.tables import ServiceToken

AFTER = "-after"
FIRST_STATUS, LAST_STATUS = 400, 599


def invalid(work: Work) -> Response:
    """Do the work, and say that its answer is not as described: Moodle checks that last."""
    work()
    try:
        refuse_answer("ordered")
    except Refusal as refusal:
        return Response(json.dumps(refusal.told(debugging=False)), content_type="application/json; charset=utf-8")


def expire(work: Work) -> Response:
    """Let the token's time be over just now, and answer as to any token that is."""
    site = this_site()
    shown = parse(request.get_data(as_text=True), site.settings.max_input_vars).get("wstoken")
    with site.session() as db:
        token = db.get(ServiceToken, str(shown))
        if token is not None:
            token.valid_until = site.now() - 1
    return work()


WORDS: Final[Mapping[str, Fault]] = MappingProxyType(
    {"drop": DROP, "lose": LOSE, "cut": cut, "invalid": invalid, "expire": expire}
)


def fault_of(word: str) -> Fault:
    """Read an order: one of the words, a status such as `503`, or `503-after` for one that comes after the work.

    Raises:
        ValueError: it is none of these.
    """
    if word in WORDS:
        return WORDS[word]
    status = int(word.removesuffix(AFTER))
    if not FIRST_STATUS <= status <= LAST_STATUS:
        raise ValueError(word)
    return after(status) if word.endswith(AFTER) else status
