"""The keys of the tool itself."""

from enum import StrEnum

from sqlalchemy import JSON, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Moment, Short


class KeyState(StrEnum):
    """Where a key of the tool stands: published before it signs, signing, or published after it signed."""

    ACTIVE = "active"
    NEXT = "next"
    RETIRING = "retiring"


class ToolKeyRow(Base):
    """A private key of the tool, encrypted; one is active and one is next, and the database holds to that."""

    __tablename__ = "tool_keys"
    __table_args__ = (
        Index(
            "ix_tool_keys_state",
            "state",
            unique=True,
            sqlite_where=text("state <> 'retiring'"),
            postgresql_where=text("state <> 'retiring'"),
        ),
    )

    kid: Mapped[Short] = mapped_column(primary_key=True)
    encrypted_pem: Mapped[bytes] = mapped_column(LargeBinary)
    public_jwk: Mapped[dict[str, str]] = mapped_column(JSON)
    """What the key set publishes; kept in clear so that publishing decrypts nothing."""
    created_at: Mapped[Moment]
    state: Mapped[KeyState]
    published_until: Mapped[Moment | None]
    """Known once the key is retiring."""
