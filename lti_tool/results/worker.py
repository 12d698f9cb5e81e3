"""Reads results in the background, one request for a line item."""

from lti_tool.lti.platform import results
from lti_tool.readings import worker
from lti_tool.results import store


def refresh_one() -> bool:
    """Read one placement's results that are wanted, if there are any; tell whether there were."""
    return worker.read_one(store.RESULTS, "results of placement", results.fetch, store.put)
