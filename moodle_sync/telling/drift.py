"""What drifted, as lines and as JSON.

The JSON has `what` and `version`, the `site`, and in `drift` for each finding its `kind` and `key`, with the `field`,
what was `applied` and what is there `now`; these three are null where the whole thing is gone.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from moodle_sync.things.finding import Drift

WHAT: Final = "moodle-sync drift"
VERSION: Final = 1
NOTHING: Final = "No drift: Moodle is as it was last applied."


def drift_lines(found: Iterable[Drift]) -> Iterator[str]:
    """Write what drifted as lines."""
    lines = [one.line for one in found]
    yield from lines
    yield f"Drift: {len(lines):,}." if lines else NOTHING


def drift_text(site: str, found: Iterable[Drift]) -> str:
    """Write what drifted as JSON, in lines that can be compared."""
    document = {"what": WHAT, "version": VERSION, "site": site, "drift": [_document(one) for one in found]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _document(one: Drift) -> dict[str, str | None]:
    return {"kind": one.kind, "key": one.key, "field": one.field, "applied": one.applied, "now": one.now}
