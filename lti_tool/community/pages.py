"""The community's pages, from what is saved and what is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from lti_tool.community import rules, vocabulary, wording
from lti_tool.community.calendar import beside as meetings
from lti_tool.community.forms import Form, blank, known_languages, own_language
from lti_tool.community.kinds import catalogue
from lti_tool.community.listing import Filters, Page
from lti_tool.community.prose import Span, paragraphs
from lti_tool.community.rules import Piece, PostKind, Problem, Reader, Reply, State
from lti_tool.community.store import Thread, Visit
from lti_tool.community.translating import store as translations
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


def name_of(reader: Reader, piece: Piece) -> str:
    """Write an author's name, or what stands in for it before those who don't learn it."""
    if not rules.sees_author(reader, piece):
        return str(wording.MEMBER)
    return display_name(piece.author.name, piece.author.number)


def prose(text: str) -> Sequence[Sequence[Span]]:
    """Split a text into paragraphs, for the template."""
    return paragraphs(text)


def listed(visit: Visit, page: Page, wanted: Filters, *, is_first: bool) -> str:
    """Show posts, and what they are filtered by."""
    return render_template(
        "community/list.html",
        page=page,
        wanted=wanted,
        is_first=is_first,
        states=State,
        languages=sorted(known_languages()),
        **_choices(),
        **meetings.of_list(visit),
        **words(visit),
    )


def thread(visit: Visit, found: Thread, reply: Form | None = None, hiding: Hiding | None = None) -> str:
    """Show a post with its replies; `reply` and `hiding` bring back what could not be saved."""
    return render_template(
        "community/thread.html",
        thread=found,
        form=reply or blank(),
        hiding=hiding,
        **meetings.of_thread(visit, found.post),
        reads=own_language(),
        translations=translations.find_readable(visit, found.post, own_language()),
        **writing(visit),
    )


def form(visit: Visit, shown: Form, piece: Piece | None = None) -> str:
    """Show the form of a post, or of a reply that is changed; `piece` is what it changes."""
    return render_template(
        "community/form.html",
        form=shown,
        piece=piece,
        is_post=not isinstance(piece, Reply),
        details=catalogue.DETAILS.values(),
        asked_by=catalogue.asked_by,
        **_choices(),
        **writing(visit),
    )


def _keep(visit: Visit) -> str:
    """Name the place in the browser that keeps unsent text: this person's, and nobody else's."""
    return f"{visit.key.site_id}/{visit.reader.person_id}/community/{visit.key.slug}"


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
        "keep": _keep(visit),
        "rules": rules,
        "wording": wording,
        "name_of": name_of,
        "prose": prose,
        "shown_details": catalogue.shown,
        "tag_words": vocabulary.tags(),
        "place_words": vocabulary.places(),
    }


def writing(visit: Visit) -> dict[str, object]:
    """Give what a page needs where something is written: where to turn stands beside it."""
    return {"turn": referral.turn(), **words(visit)}
