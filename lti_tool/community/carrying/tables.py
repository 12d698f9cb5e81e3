"""Which posts came from which canvas."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base


class CarriedRow(Base):
    """A post that somebody brought to the community from an exercise's canvas."""

    __tablename__ = "carried"
    __table_args__ = (ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),)

    community_id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True, index=True)
