"""Which posts came from which canvas: a table that processes of the version before don't know."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0042"


def upgrade() -> None:
    op.create_table(
        "carried",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["posts.community_id", "posts.id"],
            name=op.f("fk_carried_community_id_post_id_posts"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_carried_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("community_id", "post_id", name=op.f("pk_carried")),
    )
    op.create_index("ix_carried_workspace_id", "carried", ["workspace_id"])


def downgrade() -> None:
    op.drop_table("carried")
