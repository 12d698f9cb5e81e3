"""The community's pages, from what is saved and what is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from lti_tool.community import rules, wording
from lti_tool.community.calendar import beside as meetings
from lti_tool.community.digest.offer import offer
from lti_tool.community.following import store as following
from lti_tool.community.forms import Form, blank, quoting
from lti_tool.community.listing import Page
from lti_tool.community.rules import Author, Piece, PostKind, Problem, Reply
from lti_tool.community.sharing import wording as sharing
from lti_tool.community.store import Thread, Visit
from lti_tool.community.visits import way_in
from lti_tool.community.visits.rules import Stay
from lti_tool.community.writing import markdown
from lti_tool.community.writing.quoting import quote
from lti_tool.lti.launch.session import display_name
from lti_tool.referral import shown as referral


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """A reason for hiding something that could not be taken."""

    piece_id: str
    reason: str
    problems: Sequence[Problem]

    @property
    def sentences(self) -> Sequence[str]:
        """Say what is wrong with it."""
        return [wording.sentence(problem) for problem in self.problems]


def name_of(author: Author) -> str:
    """Write an author's name."""
    return display_name(author.name, author.number)


def reply_quoting(found: Thread, piece_id: str | None) -> Form | None:
    """Begin a reply with the words of a piece; none where it isn't there for everybody, who read the reply."""
    pieces = (piece for piece in (found.post, *found.replies) if piece.id == piece_id and piece.is_up)
    piece = next(pieces, None)
    if piece is None:
        return None
    return quoting(quote(piece.text, None if piece.is_nameless else name_of(piece.author)))


def listed(visit: Visit, stay: Stay, page: Page, kind: PostKind | None, *, is_first: bool) -> str:
    """Show posts; `kind` is the filter."""
    return render_template(
        "community/list.html",
        page=page,
        kind=kind,
        is_first=is_first,
        kinds=PostKind,
        coming=way_in.coming(stay, page.posts, is_first=is_first),
        followed=following.news(stay) if is_first else [],
        digest=offer(stay),
        **meetings.of_list(visit),
        **words(visit),
    )


def thread(
    visit: Visit,
    found: Thread,
    reply: Form | None = None,
    hiding: Hiding | None = None,
    *,
    is_followed: bool | None = None,
) -> str:
    """Show a post with its replies; `reply` and `hiding` bring back what could not be saved."""
    return render_template(
        "community/thread.html",
        thread=found,
        form=reply or blank(),
        hiding=hiding,
        is_followed=is_followed,
        copied=sharing.text(found.post),
        **meetings.of_thread(visit, found.post),
        **_writing(visit),
    )


def show(template: str, visit: Visit, **values: object) -> str:
    """Show a page of a wing, with what every page of the community has."""
    return render_template(template, **{**words(visit), **values})


def form(visit: Visit, shown: Form, piece: Piece | None = None) -> str:
    """Show the form of a post, or of a reply that is changed; `piece` is what it changes."""
    return render_template(
        "community/form.html",
        form=shown,
        piece=piece,
        is_post=not isinstance(piece, Reply),
        kinds=PostKind,
        **_writing(visit),
    )


def keep(visit: Visit) -> str:
    """Name the place in the browser that keeps unsent text: this person's, and nobody else's."""
    return f"{visit.key.site_id}/{visit.reader.person_id}/community/{visit.key.slug}"


def words(visit: Visit) -> dict[str, object]:
    """Give what every page of the community needs."""
    return {
        "reader": visit.reader,
        "keep": keep(visit),
        "rules": rules,
        "wording": wording,
        "name_of": name_of,
        "prose": markdown.render,
    }


def _writing(visit: Visit) -> dict[str, object]:
    """Give what a page needs where something is written: where to turn stands beside it."""
    return {"turn": referral.turn(), **words(visit)}
