"""What became of notes between two hand-ins, in words."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from lti_tool.reviews.changes import Changes, Kind

CHANGE: Mapping[Kind, LazyString] = {
    Kind.ADDED: lazy_gettext("Added"),
    Kind.CHANGED: lazy_gettext("Changed"),
    Kind.MOVED: lazy_gettext("Moved"),
    Kind.GONE: lazy_gettext("Taken away"),
}
"""What stands at each note."""


def counted(changes: Changes) -> Sequence[str]:
    """Say how many notes became what, and how many are as they were, if any."""
    said = [_counted(kind, count) for kind, count in changes.counts.items()]
    stayed = ngettext("%(num)s note is as it was", "%(num)s notes are as they were", changes.stayed)
    return [*said, *([str(stayed)] if changes.stayed else [])]


def _counted(kind: Kind, count: int) -> str:
    match kind:
        case Kind.ADDED:
            return str(ngettext("%(num)s note added", "%(num)s notes added", count))
        case Kind.CHANGED:
            return str(ngettext("%(num)s note changed", "%(num)s notes changed", count))
        case Kind.MOVED:
            return str(ngettext("%(num)s note moved", "%(num)s notes moved", count))
        case Kind.GONE:
            return str(ngettext("%(num)s note taken away", "%(num)s notes taken away", count))
