"""Style sheets and scripts under an address that names their version, so that a browser asks for each only once.

Scripts import each other by relative addresses, so that what a page begins with decides the version of all. A process
of another version serves what it has, and lets nobody keep it.
"""

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, current_app, url_for

FOREVER = "public, max-age=31536000, immutable"
ENDPOINT = "assets"


def init_app(app: Flask) -> None:
    """Serve the static files by their version too, and let templates write their addresses with `asset`."""
    app.extensions["assets"] = version(Path(app.static_folder or ""))
    app.add_url_rule("/static/at/<version>/<path:filename>", endpoint=ENDPOINT, view_func=_serve)
    app.jinja_env.globals["asset"] = address


def version(folder: Path) -> str:
    """Tell a folder's files from any others by a short name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = sha256()
    for path in files:
        named.update(f"{path.relative_to(folder)} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return named.hexdigest()[:12]


def address(filename: str) -> str:
    """Write the address of a file in the version that is served."""
    return url_for(ENDPOINT, version=current_app.extensions["assets"], filename=filename)


def _serve(version: str, filename: str) -> Response:
    response = current_app.send_static_file(filename)
    if version == current_app.extensions["assets"]:
        response.headers["Cache-Control"] = FOREVER
    return response
