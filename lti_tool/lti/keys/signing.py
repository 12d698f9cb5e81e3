"""What the tool signs, with the times that go with it."""

import time
from collections.abc import Mapping

import jwt

from lti_tool.lti.keys import tool_keys

BEHIND = 5
"""Seconds by which a platform's clock may be behind ours: what comes from the future is refused."""


def sign(claims: Mapping[str, object], *, lasts: int) -> str:
    """Sign a message that is good for so many seconds; platforms hold it against their own clocks.

    So its times are the machine's, and not the application's.
    """
    key, moment = tool_keys.signing_key(), int(time.time())
    timed = {**claims, "iat": moment - BEHIND, "exp": moment + lasts}
    return jwt.encode(timed, key.private_key, algorithm="RS256", headers={"kid": key.kid})
