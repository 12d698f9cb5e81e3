"""What the form of a translation sends, and what it shows."""

from dataclasses import replace
from uuid import uuid4

from flask import request

from lti_tool.community import forms
from lti_tool.community.forms import Form
from lti_tool.community.posts import Draft, Post
from lti_tool.community.translating.rules import fingerprint
from lti_tool.community.typed import tidy_line


def blank(post: Post) -> Form:
    """Make an empty form, into one's own language unless the post is in it."""
    own = forms.own_language()
    language = own if own != post.language else ""
    return Form(draft=Draft(id=str(uuid4()), text="", language=language, of=fingerprint(post)))


def sent(translation_id: str) -> Draft:
    """Read a translation."""
    given = request.form.get
    draft = forms.reply_sent(translation_id)
    return replace(draft, title=tidy_line(given("title", "")), of=tidy_line(given("of", ""))[:64])
