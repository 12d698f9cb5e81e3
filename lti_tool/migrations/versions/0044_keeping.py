"""Addresses only of those who get a digest, and a name of one's own choice: columns that only add."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0042"

PEOPLE = sa.table(
    "people",
    sa.column("id", sa.Integer()),
    sa.column("email", sa.String()),
    sa.column("names", sa.JSON()),
    sa.column("mailed_since", sa.DateTime(timezone=True)),
)
DIGESTS = sa.table("digests", sa.column("person_id", sa.Integer()), sa.column("rhythm", sa.String()))


def upgrade() -> None:
    op.add_column("launches", sa.Column("email", sa.String(length=255), nullable=True))
    op.add_column("people", sa.Column("mailed_since", sa.DateTime(timezone=True), nullable=True))
    wanted = sa.select(DIGESTS.c.person_id).where(DIGESTS.c.rhythm != "never")
    op.execute(PEOPLE.update().where(PEOPLE.c.id.in_(wanted)).values(mailed_since=sa.func.current_timestamp()))
    _forget_addresses(op.get_bind())
    for column in ("chosen_name", "chosen_key"):
        op.add_column("people", sa.Column(column, sa.String(length=255), nullable=True))
    op.create_index("ix_people_chosen_key", "people", ["site_id", "chosen_key"], unique=True)


def _forget_addresses(connection: sa.Connection) -> None:
    """Forget the addresses that nobody needs; a process of before may add more, which workers forget."""
    unneeded = sa.and_(PEOPLE.c.email.is_not(None), PEOPLE.c.mailed_since.is_(None))
    for person_id, names in connection.execute(sa.select(PEOPLE.c.id, PEOPLE.c.names).where(unneeded)).all():
        kept = [{**told, "email": None} for told in names or [] if told["name"]]
        this = PEOPLE.update().where(PEOPLE.c.id == person_id)
        connection.execute(this.values(email=None, names=kept))


def downgrade() -> None:
    op.drop_index("ix_people_chosen_key", "people")
    for column in ("chosen_key", "chosen_name", "mailed_since"):
        op.drop_column("people", column)
    op.drop_column("launches", "email")
