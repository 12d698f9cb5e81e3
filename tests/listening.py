"""Applications on ports of loopback, where others reach them over the wire."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import WSGIRequestHandler, make_server


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Write nothing."""


class Late:
    """An application whose address must be known before it can be made."""

    app: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.app(environ, start_response)


@contextmanager
def listening(app: WSGIApplication, *, port: int = 0, certificate: tuple[Path, Path] | None = None) -> Iterator[str]:
    """Answer on a port of loopback until the end of the block; give the address.

    With a certificate, a file of it and one of its key, it answers by https.
    """
    files = certificate and (str(certificate[0]), str(certificate[1]))
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_QuietHandler, ssl_context=files)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{'https' if files else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
