"""The community's pages, from what is saved and what is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for

from lti_tool.community import helping, rules, store, vocabulary, wording
from lti_tool.community.calendar import beside as meetings
from lti_tool.community.caring import beside as caring
from lti_tool.community.carrying import grown
from lti_tool.community.connectors import beside as connectors
from lti_tool.community.digest.offer import offer
from lti_tool.community.files import sending
from lti_tool.community.files import store as files
from lti_tool.community.files import wording as files_wording
from lti_tool.community.files.rules import LONGEST_ALT, MOST, File
from lti_tool.community.finding.matching import beside as matching
from lti_tool.community.finding.matching import wording as matching_words
from lti_tool.community.following import store as following
from lti_tool.community.forms import Form, blank, known_languages, own_language, quoting
from lti_tool.community.helping import Typed
from lti_tool.community.joint import beside as joint
from lti_tool.community.kinds import catalogue
from lti_tool.community.listing import Filters, Page
from lti_tool.community.merging import rules as merging
from lti_tool.community.outcomes import wording as outcomes
from lti_tool.community.outcomes.rules import Held
from lti_tool.community.posts import Piece, Post, PostKind, Reader, Reply, State
from lti_tool.community.sharing import wording as sharing
from lti_tool.community.store import Visit
from lti_tool.community.threads import Thread
from lti_tool.community.translating import store as translations
from lti_tool.community.typed import Problem
from lti_tool.community.visits import store as visits
from lti_tool.community.visits import way_in
from lti_tool.community.visits.rules import Stay
from lti_tool.community.writing import markdown
from lti_tool.community.writing.quoting import quote
from lti_tool.lti.launch.session import display_name
from lti_tool.referral import shown as referral

NOTHING_TYPED = Typed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """A reason for hiding something, or for locking it, that could not be taken."""

    piece_id: str
    reason: str
    problems: Sequence[Problem]
    is_lock: bool = False
    """Whether it is for locking instead."""

    @property
    def sentences(self) -> Sequence[str]:
        """Say what is wrong with it."""
        return [wording.sentence(problem) for problem in self.problems]


def name_of(reader: Reader, piece: Piece) -> str:
    """Write an author's name, or what stands in for it before those who don't learn it."""
    if not rules.sees_author(reader, piece):
        return str(wording.MEMBER)
    return display_name(piece.author.name, piece.author.number)


def reply_quoting(reader: Reader, found: Thread, piece_id: str | None) -> Form | None:
    """Begin a reply with the words of a piece; none where it isn't there for everybody, who read the reply."""
    pieces = (piece for piece in (found.post, *found.replies) if piece.id == piece_id and piece.is_up)
    piece = next(pieces, None)
    if piece is None:
        return None
    return quoting(quote(piece.text, None if piece.is_nameless else name_of(reader, piece)))


def address(piece: Piece) -> str:
    """Tell where a piece is read: a reply on the page on which it stands."""
    at = piece.id if isinstance(piece, Reply) else None
    return url_for("community.show_thread", post_id=piece.thread, at=at, _anchor=f"piece-{piece.id}")


def listed(visit: Visit, stay: Stay, page: Page, wanted: Filters, *, is_first: bool) -> str:
    """Show posts, and what they are filtered by."""
    cared = caring.of_list(visit, wanted, is_first=is_first)
    return render_template(
        "community/list.html",
        page=page,
        is_first=is_first,
        is_first_visit=stay.since is None,
        **narrowed(wanted),
        **meetings.of_list(visit),
        **connectors.of_list(visit),
        **cared,
        coming=way_in.coming(stay, [*cared["pinned"], *page.posts], is_first=is_first),
        followed=following.news(stay) if is_first else [],
        digest=offer(stay),
        news=helping.news(visit) if is_first else None,
        **words(visit),
    )


def thread(
    visit: Visit,
    found: Thread,
    reply: Form | None = None,
    hiding: Hiding | None = None,
    *,
    typed: Typed = NOTHING_TYPED,
) -> str:
    """Show a page of a thread; `reply`, `hiding` and `typed` bring back what could not be saved.

    The first page begins with the post itself and what belongs to it.
    """
    return render_template(
        "community/thread.html",
        thread=found,
        form=reply or blank(),
        hiding=hiding,
        files=files.in_thread(store.community(visit.key), found.post.id),
        **caring.of_thread(visit, found.post),
        reads=own_language(),
        merged_translations={
            each.id: translations.find_readable(visit, each.was, own_language()) for each in found.replies if each.was
        },
        merged_grown={each.id: grown.of_thread(visit, each.was)["grown"] for each in found.replies if each.was},
        merging_rules=merging,
        **(_of_post(visit, found.post, typed) if found.is_first else {}),
        **writing(visit),
    )


def _of_post(visit: Visit, post: Post, typed: Typed) -> dict[str, object]:
    """Give what stands beside a post above its replies."""
    return {
        "copied": sharing.text(post),
        **meetings.of_thread(visit, post),
        **grown.of_thread(visit, post),
        **joint.of_thread(visit, post),
        "translations": translations.find_readable(visit, post, own_language()),
        "is_followed": _is_followed(visit, post),
        "helping": helping.around(visit, post, typed),
        "been_there": matching.of_need(visit, post),
        "matching": matching_words,
        "answers": Held,
        "held_words": outcomes.HELD,
    }


def _is_followed(visit: Visit, post: Post) -> bool:
    stay = visits.find(visit)
    return stay is not None and following.follows(stay, post.id)


def show(template: str, visit: Visit, **values: object) -> str:
    """Show a page of a wing, with what every page of the community has."""
    return render_template(template, **{**words(visit), **values})


def change(template: str, visit: Visit, shown: Form, piece: Piece, **more: object) -> str:
    """Show the form of something under a post that is changed."""
    return render_template(template, form=shown, piece=piece, held_words=outcomes.HELD, **more, **writing(visit))


def form(visit: Visit, shown: Form, piece: Piece | None = None) -> str:
    """Show the form of a post, or of a reply that is changed; `piece` is what it changes."""
    is_post, here = piece is None or piece.headed is not None, _files_at(visit, piece) if piece else ()
    return post_form("community/form.html", visit, shown, piece=piece, is_post=is_post, files=here)


def post_form(template: str, visit: Visit, shown: Form, **more: object) -> str:
    """Show the form of a post, on a page of its own."""
    return render_template(
        template,
        form=shown,
        details=catalogue.DETAILS.values(),
        asked_by=catalogue.asked_by,
        **more,
        **_choices(),
        **writing(visit),
    )


def _files_at(visit: Visit, piece: Piece) -> Sequence[File]:
    whose = (None, piece.id) if isinstance(piece, Reply) else (piece.id, None)
    return files.at(store.community(visit.key), *whose)


def keep(visit: Visit) -> str:
    """Name the place in the browser that keeps unsent text: this person's, and nobody else's."""
    return f"{visit.key.site_id}/{visit.reader.person_id}/community/{visit.key.slug}"


def narrowed(wanted: Filters) -> dict[str, object]:
    """Give what a list is filtered by, and what it can be."""
    return {"wanted": wanted, "states": State, "languages": sorted(known_languages()), **_choices()}


def _choices() -> dict[str, object]:
    """Give what a post can be filed under."""
    return {
        "kinds": PostKind,
        "themes": vocabulary.themes(),
        "methods": vocabulary.methods(),
        "territories": vocabulary.territories(),
    }


def words(visit: Visit) -> dict[str, object]:
    """Give what every page of the community needs."""
    return {
        "reader": visit.reader,
        "keep": keep(visit),
        "rules": rules,
        "wording": wording,
        "name_of": name_of,
        "address": address,
        "prose": markdown.render,
        "shown_details": catalogue.shown,
        "tag_words": vocabulary.tags(),
        "place_words": vocabulary.places(),
    }


def writing(visit: Visit) -> dict[str, object]:
    """Give what a page needs where something is written: where to turn stands beside it."""
    asked = {"files_came": sending.came(), "most_files": MOST, "longest_alt": LONGEST_ALT}
    return {"turn": referral.turn(), "not_taken": files_wording.says, **asked, **words(visit)}
