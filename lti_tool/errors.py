"""What can go wrong in the tool.

MedTownError
├── ConfigurationError     the tool can't start
├── RotationRefused        the tool's keys stay as they are
├── NamesRefused           a file of groups' names has mistakes
├── MailServerUnreachable  no mail can be sent just now
├── PersonError            answers a request with a page that says what to do
│   ├── LaunchRefused      a login or launch that fails verification
│   ├── RegistrationRefused
│   ├── SessionEnded       an expired or foreign page
│   ├── NotAllowed         the role doesn't allow this
│   ├── NotFound
│   ├── LimitReached       too many attempts from one address
│   └── Conflict           somebody else changed it meanwhile
└── PlatformError          a request to Moodle failed
    ├── PlatformUnreachable   nothing is known of its fate; try again
    ├── PlatformBusy          another process asks for access just now; try again in a second
    ├── AccessRefused         it gave no access; try again later, since the reason may pass
    ├── ForeignAddress        a service stands where this platform isn't known to be; nothing was sent
    ├── ScopeMissing          it doesn't let us use this service
    ├── LineItemUnknown       it doesn't tell, or not now, which line item is the activity's
    ├── NoLineItem            the activity has no grade there
    ├── PlatformRemoved       it is no longer registered; trying again is of no use
    └── PlatformAnswered      an error status, kept in `.status`
        └── TokenUnseen       401 to a token that it had given a moment before
"""

from http import HTTPStatus

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


class MedTownError(Exception):
    """The root of all errors that the tool raises on purpose."""


class ConfigurationError(MedTownError):
    """The settings or the database don't let the tool start; the message says what to do."""


class RotationRefused(MedTownError):
    """The tool's keys can't be rotated just now; the message says why and what to do."""


class NamesRefused(MedTownError):
    """A file of groups' names can't be read as one; the message names all that is wrong, a line each."""


class MailServerUnreachable(MedTownError):
    """The mail server doesn't answer, or doesn't let us in; the message says which error it was."""


class PersonError(MedTownError):
    """An error that a person sees: a status, a title, and what to do.

    `reason` is for the log only: short, and never a token or a name.
    """

    status = HTTPStatus.BAD_REQUEST
    title: LazyString = lazy_gettext("Something did not work")
    advice: LazyString = lazy_gettext("Go back to your Moodle course and open the activity again.")

    def __init__(self, reason: str, *, advice: LazyString | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice or type(self).advice


class LaunchRefused(PersonError):
    """A login or launch that can't be trusted or can't be served."""

    title = lazy_gettext("This activity could not be opened")

    def __init__(
        self,
        reason: str,
        *,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
        advice: LazyString | None = None,
    ) -> None:
        super().__init__(reason, advice=advice)
        self.status = status


class RegistrationRefused(PersonError):
    """A registration that was not invited or does not hold together."""

    title = lazy_gettext("The tool could not be registered")
    advice = lazy_gettext("Ask whoever runs this tool for a new registration URL, and paste it in Moodle again.")


class SessionEnded(PersonError):
    """A page whose launch is over, or was never this browser's."""

    status = HTTPStatus.UNAUTHORIZED
    title = lazy_gettext("This page is no longer open")
    advice = lazy_gettext("Open the activity again in Moodle. Your text is kept.")


class NotAllowed(PersonError):
    """The person's role in the course doesn't allow this."""

    status = HTTPStatus.FORBIDDEN
    title = lazy_gettext("This is not open to you")
    advice = lazy_gettext("Ask your trainer if you think that it should be.")


class NotFound(PersonError):
    """Nothing is at this address, or not for this person."""

    status = HTTPStatus.NOT_FOUND
    title = lazy_gettext("There is nothing here")


class LimitReached(PersonError):
    """Too many attempts from one address; `seconds` is when the next one counts anew."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    title = lazy_gettext("Too many attempts")
    advice = lazy_gettext(
        "Many attempts to open an activity from your network failed lately. Go back to your Moodle course and open the "
        "activity again: an attempt that Moodle confirms is never held back."
    )
    seconds = 0


class Conflict(PersonError):
    """Somebody else, or another window, changed the same thing meanwhile."""

    status = HTTPStatus.CONFLICT
    title = lazy_gettext("This was changed meanwhile")
    advice = lazy_gettext("Look at both texts and keep what you want.")


class PlatformError(MedTownError):
    """A request to the learning platform failed; `retry_after` is that header of its answer, as it came."""

    def __init__(self, message: str, *, retry_after: str | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PlatformUnreachable(PlatformError):
    """No usable answer came: refused, timed out, too large or not what was asked for."""


class PlatformBusy(PlatformError):
    """Another process asks the platform for access at this moment."""


class AccessRefused(PlatformError):
    """The platform gave no access token."""


class ForeignAddress(PlatformError):
    """An address that was taken for one of the platform's services is at none of its origins."""


class ScopeMissing(PlatformError):
    """The platform doesn't let the tool use this service for the activity."""


class LineItemUnknown(PlatformError):
    """The platform's gradebook could not be asked for the activity's column."""


class NoLineItem(PlatformError):
    """The platform's gradebook has no column for the activity."""


class PlatformRemoved(PlatformError):
    """The registration that the request was for was removed from the tool."""


class PlatformAnswered(PlatformError):
    """The platform answered with an error status.

    `empty` tells that the answer was an empty list: Moodle answers so where it read a score and refused it, and with an
    explanation where it refused the request.
    """

    def __init__(self, status: int, url: str, *, empty: bool = False, retry_after: str | None = None) -> None:
        super().__init__(f"{url} answered {status}", retry_after=retry_after)
        self.status = status
        self.empty = empty


class TokenUnseen(PlatformAnswered):
    """The platform answered 401 to a token that it had given a moment before, with all the rights asked for.

    Moodle answers so where it sees no token at all: Apache keeps `Authorization` from CGI unless told otherwise.
    """

    remedy = 'CGIPassAuth On, or: SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1'

    def __init__(self, url: str) -> None:
        super().__init__(HTTPStatus.UNAUTHORIZED, url)

    def __str__(self) -> str:
        """Say what to do."""
        return (
            f"{super().__str__()} to a token that it had just given: its web server seems to keep the Authorization "
            f"header from it. In Apache's configuration for Moodle, add: {self.remedy}"
        )
