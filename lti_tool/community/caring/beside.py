"""What the community's other pages show of its care."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lti_tool.community import forms
from lti_tool.community.caring import pace, rules, store, traces, wording
from lti_tool.community.forms import Form
from lti_tool.community.listing import Filters
from lti_tool.community.posts import Draft, Post
from lti_tool.community.store import Sort, Visit


def of_list(visit: Visit, wanted: Filters, *, is_first: bool) -> Mapping[str, Any]:
    """Give the list its pinned posts, and its beginning what waits for the reader."""
    return {
        "pinned": store.find_pinned(visit) if is_first and not wanted.query else [],
        "untold": store.find_untold(visit) if is_first else [],
        "reported": store.count_reported(visit) if visit.reader.is_trainer else 0,
        "told_words": wording.TOLD,
    }


def of_thread(visit: Visit, post: Post) -> Mapping[str, object]:
    """Give a thread what the reader reported in it, and whether its post can be pinned."""
    can_pin = rules.can_pin(visit.reader, post) and not post.is_pinned
    return {
        "my_reports": store.mine(visit),
        "caring_rules": rules,
        "traces": traces.find(visit, post),
        "trace_words": wording.TRACE,
        "is_list_full": can_pin and len(store.find_pinned(visit)) >= rules.MOST_PINNED,
    }


def held_back(visit: Visit, sort: Sort, draft: Draft, now: datetime) -> Form | None:
    """Give the form of whoever wrote too much lately, with their text in it."""
    limit = pace.reached(visit, sort, draft.id, now)
    return forms.held_back(draft, wording.too_much(limit)) if limit else None
