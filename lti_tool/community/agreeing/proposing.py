"""Proposes a post to a group, or another text in its place, of which all are asked anew."""

from dataclasses import replace
from datetime import datetime

from lti_tool.community import forms
from lti_tool.community.agreeing import publishing, store, wording
from lti_tool.community.agreeing.rules import Proposal
from lti_tool.community.carrying.canvas import Canvas
from lti_tool.community.forms import Form
from lti_tool.community.posts import Draft


def propose(this: Canvas, by: int, draft: Draft, now: datetime) -> Form | None:
    """Keep what somebody proposes, in the caller's transaction; give it back where something stands in its way."""
    found = store.locked(this.workspace_id)
    if found is None:
        made = store.propose(this.workspace_id, by, draft, now)
        if made is None:
            is_open = store.find_open(this.workspace_id) is not None
            return forms.anew(draft, str(wording.ANOTHER if is_open else wording.ENDED))
    elif (found.id, found.by) != (draft.id, by):
        return forms.anew(draft, str(wording.ANOTHER))
    elif form := _change(found, draft, now):
        return form
    _go_on(this, now)
    return None


def _change(found: Proposal, draft: Draft, now: datetime) -> Form | None:
    if found.draft.said == draft.said:
        return None
    if found.version != draft.version:
        return replace(forms.anew(draft, str(wording.CHANGED)), draft=replace(draft, version=found.version))
    store.change(found, draft, now)
    return None


def _go_on(this: Canvas, now: datetime) -> None:
    """Publish at once what a single person proposes to a group of one."""
    found = store.locked(this.workspace_id)
    if found:
        publishing.go_on(this, found, now)
