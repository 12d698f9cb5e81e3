"""Who looks after the needs of a territory, and since when a need waits for them: pure decisions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lti_tool.community.posts import Author, Reader

PATIENCE = timedelta(days=5)
"""How long a need waits for anybody, before it goes to its territory's connector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """Who looks after a territory, and when they were last here."""

    territory: str
    person: Author
    here_at: datetime


def can_name(reader: Reader) -> bool:
    """Tell whether the reader may name connectors: trainers do."""
    return reader.is_trainer


def can_end(reader: Reader, connector: Connector) -> bool:
    """Tell whether the reader may end it: trainers, and whoever it is."""
    return can_name(reader) or reader.person_id == connector.person.person_id
