"""Runs the migrations for Alembic; the database's address comes from the caller."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum, NullPool, create_engine

import lti_tool.community.agreeing.tables
import lti_tool.community.calendar.tables
import lti_tool.community.caring.tables
import lti_tool.community.carrying.tables
import lti_tool.community.connectors.tables
import lti_tool.community.digest.tables
import lti_tool.community.files.tables
import lti_tool.community.finding.tables
import lti_tool.community.following.tables
import lti_tool.community.history.tables
import lti_tool.community.joint.tables
import lti_tool.community.offers.tables
import lti_tool.community.outcomes.tables
import lti_tool.community.tables
import lti_tool.community.translating.tables
import lti_tool.community.visits.tables
import lti_tool.delivery.tables
import lti_tool.exercises.bringing.tables
import lti_tool.exercises.photos.tables
import lti_tool.exercises.self_review.tables
import lti_tool.exercises.tables
import lti_tool.groups.tables
import lti_tool.learning.tables
import lti_tool.lti.keys.tables
import lti_tool.lti.platform.tables
import lti_tool.lti.tables
import lti_tool.referral.tables
import lti_tool.results.tables
import lti_tool.reviews.own_marks.tables
import lti_tool.reviews.sentences.tables
import lti_tool.reviews.tables
import lti_tool.roster.tables  # noqa: F401 - each adds its tables to the metadata
from lti_tool.database import Base, UtcDateTime


def render_item(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write our own types as the plain ones they are in the database: a migration outlives the code of its day."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def include_object(_item: Any, name: str | None, _kind: str, is_reflected: bool, _other: Any) -> bool:  # noqa: FBT001 - Alembic calls it so
    """Leave out the indices of trigrams, which only migrations know: on SQLite each is some tables."""
    return not (is_reflected and "_trigrams" in (name or ""))


with create_engine(context.config.attributes["url"], poolclass=NullPool).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
        include_object=include_object,
    )
    with context.begin_transaction():
        context.run_migrations()
