"""`lti-tool demo`: what a newcomer runs."""

import signal
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import click

from lti_tool.shell import plainly


@click.command()
@click.option("--port", default=8100, show_default=True, type=click.IntRange(1, 65535), help="Port of the miniature.")
@click.option("--tool-port", default=8101, show_default=True, type=click.IntRange(1, 65535), help="Port of the tool.")
@plainly
def demo(port: int, tool_port: int) -> None:
    """Open a classroom in a box: the tool beside a miniature of Moodle, with a first module in its course."""
    from lti_tool.demo.classroom import open_classroom  # noqa: PLC0415 - no other command needs a Moodle of its own

    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with (
        TemporaryDirectory(prefix="medtown-") as folder,
        open_classroom(Path(folder), port=port, tool_port=tool_port) as url,
    ):
        click.echo(f"The classroom is open: {url}\nWalk in as administrator, trainer or trainee. Ctrl+C closes it.")
        stop.wait()
