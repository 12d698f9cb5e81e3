"""What is kept of a platform's answers."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Hash, Moment


class AccessTokenRow(Base):
    """What a registration shows when it calls its platform's services, kept until shortly before it expires."""

    __tablename__ = "access_tokens"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), primary_key=True)
    scopes_hash: Mapped[Hash] = mapped_column(primary_key=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The token, encrypted with a key that is derived from the passphrase."""
    expires_at: Mapped[Moment | None]
    asking_until: Mapped[Moment | None]
    """While somebody asks the platform for a token nobody else does; a lease, since whoever asks may be killed."""
