"""Where work goes on from its canvas: the community stands above exercises, so the application brings both together."""

from collections.abc import Callable

from flask import Flask, current_app
from markupsafe import Markup

from lti_tool.exercises.store import WorkspaceKey

Onward = Callable[[WorkspaceKey, int | None], Markup]
"""Gives what the page of a workspace says of it; with the workspace's id where anything was ever written there."""


def init_app(app: Flask, told: Onward) -> None:
    """Tell the application where that is found."""
    app.extensions["onward"] = told


def shown(key: WorkspaceKey, workspace_id: int | None) -> Markup:
    """Give what the page of a workspace says of where its work goes on."""
    told: Onward = current_app.extensions["onward"]
    return told(key, workspace_id)
