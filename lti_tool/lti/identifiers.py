"""What platforms call people, courses, activities and themselves."""

from typing import Annotated

from pydantic import StringConstraints

Identifier = Annotated[str, StringConstraints(max_length=255, pattern=r"^[^\x00]+$")]
"""Text that is there and that every database keeps (LTI 1.3 core, 5.3: at most 255 characters)."""
