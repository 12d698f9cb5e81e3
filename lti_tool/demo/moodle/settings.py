"""What whoever starts a miniature decides."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodleSettings:
    """One miniature's settings."""

    wwwroot: str
    """Scheme, host and port without a slash at the end; it is also the issuer."""
    database: str = "sqlite://"
    """An SQLAlchemy URL for SQLite: `sqlite://` is in memory, `sqlite:///path` a file."""
    clock: Callable[[], float] = time.time
    """Tells the time in seconds since 1970."""
    grade_point_max: int = 100
    """The site's highest maximum grade (Moodle's `gradepointmax`)."""
    share_names: bool = True
    """False: the administrator withholds names whatever a tool asks for."""
    share_email: bool = True
    """False: the administrator withholds e-mail addresses whatever a tool asks for."""
    private_key_pem: str = ""
    """The site's signing key; one is made when left out, which takes a tenth of a second."""
