"""The tool as an old phone meets it: what browsers of 2020 to 2022 lack is taken away before a page's scripts run."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wrappers import Response

ADDRESS = "/lacking.js"
TAG = f'<head>\n<script src="{ADDRESS}"></script>'
"""Our pages allow no script but files of their own host."""
LACKING = """
for (const [owner, names] of [
  [AbortSignal, ["timeout", "any"]],
  [Crypto.prototype, ["randomUUID"]],
  [HTMLFormElement.prototype, ["requestSubmit"]],
  [SubmitEvent.prototype, ["submitter"]],
  [Element.prototype, ["checkVisibility", "replaceChildren"]],
  [Array.prototype, ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"]],
  [String.prototype, ["at", "replaceAll"]],
  [Object, ["hasOwn", "groupBy"]],
  [window, ["structuredClone"]],
])
  for (const name of names) delete owner[name];
"""


class Lacking:
    """WSGI middleware that takes it away."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == ADDRESS:
            return Response(LACKING, mimetype="text/javascript")(environ, start_response)
        answer = Response.from_app(self._application, environ, buffered=True)
        if answer.mimetype == "text/html":
            answer.set_data(answer.get_data(as_text=True).replace("<head>", TAG, 1))
        return answer(environ, start_response)
