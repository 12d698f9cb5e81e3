"""Runs the migrations for Alembic; the database's address comes from the caller."""

from alembic import context
from sqlalchemy import create_engine

from lti_tool.database import Base
from lti_tool.delivery import tables as delivery
from lti_tool.exercises import tables as exercises
from lti_tool.lti import tables as lti

FEATURES = (delivery, exercises, lti)

with create_engine(context.config.attributes["url"]).connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
