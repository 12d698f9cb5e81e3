"""Who may do what with a post or reply, and what a save does: pure decisions."""

from dataclasses import replace
from enum import StrEnum

from lti_tool.community.posts import Draft, Piece, Post, Reader

# Who may do what


def moderates(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader teaches the course that this was written in."""
    return reader.is_trainer and reader.course_id == piece.course_id


def can_read(reader: Reader, piece: Piece) -> bool:
    """Tell whether the words are shown; a hidden piece is shown to its author and its trainers."""
    is_theirs = is_author(reader, piece) or moderates(reader, piece)
    return piece.is_up or (is_theirs and not piece.is_deleted)


def can_open(reader: Reader, post: Post) -> bool:
    """Tell whether there is anything to see: a post that is gone keeps its place for its replies."""
    return can_read(reader, post) or post.replies > 0


def is_author(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader wrote it."""
    return reader.person_id == piece.author.person_id


def sees_author(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader learns who wrote it: of a nameless piece only its author and its course's trainers do."""
    return not piece.is_nameless or is_author(reader, piece) or moderates(reader, piece)


def stays_nameless(post: Piece, author_id: int) -> bool:
    """Tell whether what somebody writes under a post must be nameless: under their own one, it would name them."""
    return post.is_nameless and post.author.person_id == author_id


def writing_under(post: Piece, reader: Reader) -> Reader:
    """Tell as whom somebody writes under a post: under their own nameless one as in its course.

    The trainers of another course, from which they may come meanwhile, would learn whose the post is.
    """
    if not stays_nameless(post, reader.person_id):
        return reader
    return replace(reader, course_id=post.course_id, is_trainer=post.is_by_trainer)


def can_edit(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader may change or delete it."""
    return is_author(reader, piece) and not piece.is_deleted


def can_moderate(reader: Reader, piece: Piece) -> bool:
    """Tell whether the reader may hide it or bring it back."""
    return moderates(reader, piece) and not piece.is_deleted


def can_mark(reader: Reader, post: Piece) -> bool:
    """Tell whether the reader may say what answered the need or the doubt, or that nothing did."""
    asks = isinstance(post, Post) and post.kind.can_be_answered
    return asks and (can_edit(reader, post) or can_moderate(reader, post))


def can_close(reader: Reader, post: Piece) -> bool:
    """Tell whether the reader may accept help for a need and say what came of it."""
    return isinstance(post, Post) and post.kind.takes_help and can_mark(reader, post)


def can_offer(reader: Reader, post: Post) -> bool:
    """Tell whether the reader may offer help: to a need of somebody else's, while it waits."""
    return post.is_open_need and post.takes_replies and not is_author(reader, post)


# What a save does


class Verdict(StrEnum):
    """What became of a draft: it is there, something else is, or there is nothing left that it could join."""

    SAVED = "saved"
    CONFLICT = "conflict"
    CLOSED = "closed"


def judge(saved: Piece, draft: Draft) -> Verdict:
    """Compare a draft with what is saved; nobody's words are overwritten in silence."""
    if saved.is_deleted:
        return Verdict.CLOSED
    is_current = says_the_same(saved, draft) or saved.version == draft.version
    return Verdict.SAVED if is_current else Verdict.CONFLICT


def filled_in(saved: Piece, draft: Draft) -> Draft:
    """Leave what a form didn't ask for as it is: it was made when the piece was a reply, and is a post by now."""
    if draft.kind or not saved.draft.kind:
        return draft
    words = {name: getattr(draft, name) for name in ("text", "language", "version", "is_nameless")}
    return replace(saved.draft, **words)


def says_the_same(saved: Piece, draft: Draft) -> bool:
    """Tell whether a draft changes nothing."""
    return saved.draft.said == draft.said
