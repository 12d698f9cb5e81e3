"""The page on which a post is translated."""

from flask import render_template

from lti_tool.community import pages, rules
from lti_tool.community.forms import Form
from lti_tool.community.posts import Piece, Post
from lti_tool.community.store import Visit
from lti_tool.community.translating.rules import Translation, fingerprint


def form(visit: Visit, post: Post, shown: Form, piece: Piece | None = None) -> str:
    """Show the form beside the original; `piece` is the translation that it changes."""
    is_readable = rules.can_read(visit.reader, post)
    return render_template(
        "community/translating/form.html",
        post=post,
        form=shown,
        piece=piece,
        is_outdated=is_readable and isinstance(piece, Translation) and piece.is_outdated(post),
        fingerprint=fingerprint(post) if is_readable else shown.draft.of,
        languages=[code for code in shown.languages if code != post.language],
        **pages.writing(visit),
    )
