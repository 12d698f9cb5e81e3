"""What was said of a piece of work, and what was answered, as blocks to print."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext

from lti_tool.exercises.levels import Chosen
from lti_tool.exercises.self_review.store import Said
from lti_tool.exports import blocks, telling
from lti_tool.exports.blocks import SECTION, WORK, Block
from lti_tool.exports.gathered import Gathered
from lti_tool.exports.letters import isolated
from lti_tool.exports.telling import Reader
from lti_tool.i18n import moment
from lti_tool.reviews import wording as reviews
from lti_tool.reviews.said import Comment, Release


def said(work: Gathered, reader: Reader) -> Iterator[Block]:
    """Give all that was released, the newest first; what speaks of a note that is there stands at that note."""
    if work.releases:
        yield blocks.heading(WORK, str(gettext("What was said so far")), reader.language)
    there = {note.id for version in work.versions for note in version.notes}
    for release in work.releases:
        yield from _release(release, work, reader)
        for comment in release.comments:
            if comment.note_id not in there:
                about = f"{comment.words or gettext('No words yet')} · {gettext('This note is gone since.')}"
                yield blocks.line(about, release.language, quiet=True)
                yield spoken(release, comment, work, reader)


def _release(release: Release, work: Gathered, reader: Reader) -> Iterator[Block]:
    told = gettext("About what was handed in: %(moment)s", moment=moment(release.handed_in_at))
    yield blocks.line(str(told), reader.language, quiet=True)
    if release.outcome:
        words = reviews.OUTCOME if work.for_trainers else reviews.ASKED
        yield blocks.line(str(words[release.outcome]), reader.language)
    if release.score and work.for_trainers:
        yield blocks.labelled(str(gettext("Mark")), reviews.points(release.score), reader.language)
    yield from levels(release.levels)
    if release.text:
        yield spoken(release, release, work, reader)


def of_themselves(said: Said, reader: Reader) -> Iterator[Block]:
    """Give what those who handed in said of their own work."""
    yield blocks.heading(SECTION, str(gettext("What the authors say of it themselves")), reader.language)
    yield blocks.line(f"{isolated(said.said_by)}, {moment(said.said_at)}", reader.language, quiet=True)
    yield from levels(said.levels)
    yield from [blocks.prose(None, said.sentence, reader.language, said.language)] if said.sentence else ()


def levels(chosen: Sequence[Chosen]) -> Iterator[Block]:
    """Give levels of a rubric as they were chosen, in the words of that moment."""
    for one in chosen:
        yield blocks.prose(one.title, one.words, one.language, one.language)


def spoken(release: Release, one: Release | Comment, work: Gathered, reader: Reader) -> Block:
    """Give what was said of a note, or of the whole, and what was answered to it."""
    reply = one.reply
    replies = [blocks.said(telling.answered(reply), reader.language, reply.text, reply.language)] if reply else []
    return blocks.said(telling.spoke(release, work), reader.language, one.text, one.language, replies=replies)
