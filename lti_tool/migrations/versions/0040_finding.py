"""The folded words of posts, and each database's own index of their trigrams; the worker fills them."""

import sqlalchemy as sa
from alembic import op

from lti_tool.errors import ConfigurationError

revision = "0040"
down_revision = "0039"

COLUMNS = ("heading", "body", "replies")
FTS5 = """
CREATE VIRTUAL TABLE post_words_trigrams
USING fts5 (heading, body, replies, content='post_words', content_rowid='id', tokenize='trigram')
"""
ADDED = """
CREATE TRIGGER post_words_added AFTER INSERT ON post_words BEGIN
    INSERT INTO post_words_trigrams (rowid, heading, body, replies)
    VALUES (new.id, new.heading, new.body, new.replies);
END
"""
GONE = """
CREATE TRIGGER post_words_gone AFTER DELETE ON post_words BEGIN
    INSERT INTO post_words_trigrams (post_words_trigrams, rowid, heading, body, replies)
    VALUES ('delete', old.id, old.heading, old.body, old.replies);
END
"""
CHANGED = """
CREATE TRIGGER post_words_changed AFTER UPDATE ON post_words BEGIN
    INSERT INTO post_words_trigrams (post_words_trigrams, rowid, heading, body, replies)
    VALUES ('delete', old.id, old.heading, old.body, old.replies);
    INSERT INTO post_words_trigrams (rowid, heading, body, replies)
    VALUES (new.id, new.heading, new.body, new.replies);
END
"""
SCHEMA = (
    "SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace"
    " WHERE extname = 'pg_trgm'"
)
NO_EXTENSION = (
    "Search needs PostgreSQL's extension pg_trgm, and this role can't make it: {}. Let whoever runs the server install"
    " it (on Debian: apt-get install postgresql-contrib) and say in this database: CREATE EXTENSION pg_trgm. Then run"
    " again: lti-tool migrate"
)


def upgrade() -> None:
    op.create_table(
        "post_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in COLUMNS),
        sa.ForeignKeyConstraint(
            ["community_id", "post_id"],
            ["posts.community_id", "posts.id"],
            name=op.f("fk_post_words_community_id_post_id_posts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_words")),
        sa.UniqueConstraint("community_id", "post_id", name=op.f("uq_post_words_community_id_post_id")),
    )
    op.create_index("ix_posts_newest", "posts", ["community_id", "active_at", "id"])
    make_index(op.get_bind())


def downgrade() -> None:
    op.drop_index("ix_posts_newest", "posts")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE post_words_trigrams")
    op.drop_table("post_words")


def make_index(connection: sa.Connection) -> None:
    """Index what stands in post_words."""
    if connection.dialect.name == "sqlite":
        for statement in (FTS5, ADDED, GONE, CHANGED):
            connection.exec_driver_sql(statement)
        return
    _make_extension(connection)
    schema = connection.exec_driver_sql(SCHEMA).scalar_one()
    columns = ", ".join(f"{name} {schema}.gin_trgm_ops" for name in COLUMNS)
    connection.exec_driver_sql(f"CREATE INDEX ix_post_words_trigrams ON post_words USING gin ({columns})")


def _make_extension(connection: sa.Connection) -> None:
    """Make the extension where it isn't.

    Raises:
        ConfigurationError: the role may not, or the server doesn't have it; says who can help, and how.
    """
    try:
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except sa.exc.DBAPIError as error:
        reason = str(error.orig).partition("\n")[0]
        raise ConfigurationError(NO_EXTENSION.format(reason)) from error
