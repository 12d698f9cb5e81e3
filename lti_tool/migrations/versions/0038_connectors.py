"""Who looks after a territory's needs: a table that processes of the version before don't know."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "connectors",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("territory", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "person_id"],
            ["members.community_id", "members.person_id"],
            name=op.f("fk_connectors_community_id_person_id_members"),
        ),
        sa.ForeignKeyConstraint(["named_by_id"], ["people.id"], name=op.f("fk_connectors_named_by_id_people")),
        sa.PrimaryKeyConstraint("community_id", "territory", name=op.f("pk_connectors")),
    )
    op.create_index("ix_connectors_person", "connectors", ["community_id", "person_id"])


def downgrade() -> None:
    op.drop_index("ix_connectors_person", "connectors")
    op.drop_table("connectors")
