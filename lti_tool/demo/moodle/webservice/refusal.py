"""Errors as Moodle's web services tell them: with HTTP status 200."""

import logging
from typing import NoReturn


class Refusal(Exception):
    """Ends a call; whatever it did is undone."""

    def __init__(
        self, errorcode: str, message: str, exception: str = "core\\exception\\moodle_exception", why: str = ""
    ) -> None:
        super().__init__(message)
        self.why = why
        self.errorcode = errorcode
        self.message = message
        self.exception = exception

    def told(self, *, debugging: bool) -> dict[str, str]:
        """Write the answer, with the reason where the site has debugging on."""
        told = {"exception": self.exception, "errorcode": self.errorcode, "message": self.message}
        return {**told, "debuginfo": self.why} if debugging else told


def refuse(errorcode: str, message: str) -> NoReturn:
    """End the call with an error of Moodle's."""
    raise Refusal(errorcode, message)


def refuse_parameters(why: str = "") -> NoReturn:
    """Say that something in the parameters is wrong, and what where debugging is on."""
    exception = "core\\exception\\invalid_parameter_exception"
    raise Refusal("invalidparameter", "Invalid parameter value detected", exception, why)


def refuse_missing(table: str) -> NoReturn:
    """Say that a row isn't there, and not which; of accounts Moodle has another word."""
    if table == "user":
        raise Refusal("invaliduser", "Invalid user", "dml_missing_record_exception")
    message = f"Can't find data record in database table {table}."
    raise Refusal("invalidrecord", message, "dml_missing_record_exception")


def refuse_slip(what: str) -> NoReturn:
    """Say what Moodle says of a call that its own code should not have made."""
    message = f"Coding error detected, it must be fixed by a programmer: {what}"
    raise Refusal("codingerror", message, "core\\exception\\coding_exception")


def refuse_closed() -> NoReturn:
    """Say that the course isn't open to the account."""
    raise Refusal("requireloginerror", "Course or activity not accessible.", "require_login_exception")


def refuse_answer(place: str) -> NoReturn:
    """Say that the work was done and its answer is not as described; where is for our own log alone."""
    logging.getLogger(__name__).warning("answer not as described: %s", place)
    raise Refusal("invalidresponse", "Invalid response value detected", "invalid_response_exception")


def refuse_access() -> NoReturn:
    """Say that the token or its service doesn't allow this, and not why, as Moodle does outside of debugging."""
    raise Refusal("accessexception", "Access control exception", "webservice_access_exception")


def refuse_permission(right: str) -> NoReturn:
    """Say that the account lacks a right: by its title, which is in the site's language, never by its name."""
    title = right.partition("/")[2].replace(":", " ")
    message = f"Sorry, but you do not currently have permissions to do that ({title})."
    raise Refusal("nopermissions", message, "required_capability_exception")
