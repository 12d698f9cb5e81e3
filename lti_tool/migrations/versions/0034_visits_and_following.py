"""When members were last seen, what they read and follow, and indexes for what is new: all of it only adds."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

OF_POST = (["community_id", "post_id"], ["posts.community_id", "posts.id"])


def upgrade() -> None:
    with op.batch_alter_table("members") as members:
        members.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "post_reads",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("read_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(*OF_POST, name=op.f("fk_post_reads_community_id_post_id_posts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_post_reads_person_id_people")),
        sa.PrimaryKeyConstraint("community_id", "person_id", "post_id", name=op.f("pk_post_reads")),
    )
    op.create_table(
        "follows",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(*OF_POST, name=op.f("fk_follows_community_id_post_id_posts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_follows_person_id_people")),
        sa.PrimaryKeyConstraint("community_id", "person_id", "post_id", name=op.f("pk_follows")),
    )
    op.create_table(
        "followed_tags",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_followed_tags_community_id_communities")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_followed_tags_person_id_people")),
        sa.PrimaryKeyConstraint("community_id", "person_id", "tag", name=op.f("pk_followed_tags")),
    )
    for table in ("posts", "replies"):
        op.create_index(f"ix_{table}_created", table, ["community_id", "created_at"])
        op.create_index(f"ix_{table}_author", table, ["community_id", "author_id"])


def downgrade() -> None:
    for table in ("replies", "posts"):
        op.drop_index(f"ix_{table}_author", table)
        op.drop_index(f"ix_{table}_created", table)
    op.drop_table("followed_tags")
    op.drop_table("follows")
    op.drop_table("post_reads")
    with op.batch_alter_table("members") as members:
        members.drop_column("seen_at")
