"""What a form brings whose session is over: nothing of it is saved, so it is shown again, to be copied."""

from collections.abc import Sequence

from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

MOST_READ = 200_000
"""Bytes of a form that are read without a session; what people type is far less, and files aren't shown."""


def words() -> Sequence[str]:
    """Give what somebody typed into a form of ours: keys, ids and choices are no words, since no space is in them."""
    is_ours = request.headers.get("Origin") == current_app.config["PUBLIC_URL"]
    if not is_ours or not 0 < (request.content_length or 0) <= MOST_READ:
        return []
    try:
        return [value for value in request.form.values() if " " in value.strip()]
    except RequestEntityTooLarge:  # by the number of its fields: none of ours
        return []
