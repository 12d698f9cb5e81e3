"""What every command of `lti-tool` shares: errors as plain lines, and an application to work on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from typing import ParamSpec, TypeVar

import click
from flask import Flask

from content.load import ContentError
from lti_tool.errors import ConfigurationError

P = ParamSpec("P")
R = TypeVar("R")


def plainly(function: Callable[P, R]) -> Callable[P, R]:
    """Turn what the person at the shell can mend into lines without a traceback."""

    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except ContentError as error:
            lines = [f"{problem.file}: {problem.key}: {problem.message}" for problem in error.problems]
            message = "\n".join(["The curriculum has mistakes; nothing was started.", *lines])
            raise click.ClickException(message) from error
        except ConfigurationError as error:
            raise click.ClickException(str(error)) from error

    return update_wrapper(wrapper, function)


@contextmanager
def opened() -> Iterator[Flask]:
    """Open the application that `cli` gives its commands, on a database that is ready, for one command's work.

    Raises:
        ConfigurationError: the settings or the database don't let it start.
    """
    ready_app: Callable[[], Flask] = click.get_current_context().obj
    app = ready_app()
    with app.app_context():
        yield app


def printed(text: str) -> str:
    """Write what a stranger wrote so that it can neither fake a line nor speak to the terminal."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
