"""Who wants a digest, the mails on their way, and what their links stand for: tables that only add."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

MOMENT = sa.DateTime(timezone=True)


def _of_person(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f(f"fk_{table}_community_id_communities")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id_people")),
    )


def upgrade() -> None:
    op.create_table(
        "digests",
        *_of_person("digests"),
        sa.Column("rhythm", sa.String(length=32), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("told_until", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("problem", sa.String(length=255), nullable=True),
        sa.PrimaryKeyConstraint("community_id", "person_id", name=op.f("pk_digests")),
    )
    op.create_index("ix_digests_due_at", "digests", ["due_at"])
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        *_of_person("mails"),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=True),
        sa.Column("told_until", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("problem", sa.String(length=255), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    op.create_index("ix_mails_state_due_at", "mails", ["state", "due_at"])
    op.create_index("ix_mails_person", "mails", ["community_id", "person_id"])
    op.create_table(
        "mail_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        *_of_person("mail_links"),
        sa.Column("posts", sa.JSON(), nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_mail_links")),
    )
    op.create_index("ix_mail_links_expires_at", "mail_links", ["expires_at"])
    op.create_table(
        "arrivals",
        *_of_person("arrivals"),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "person_id", name=op.f("pk_arrivals")),
    )
    op.create_index("ix_arrivals_until", "arrivals", ["until"])


def downgrade() -> None:
    op.drop_index("ix_arrivals_until", "arrivals")
    op.drop_table("arrivals")
    op.drop_index("ix_mail_links_expires_at", "mail_links")
    op.drop_table("mail_links")
    op.drop_index("ix_mails_person", "mails")
    op.drop_index("ix_mails_state_due_at", "mails")
    op.drop_table("mails")
    op.drop_index("ix_digests_due_at", "digests")
    op.drop_table("digests")
