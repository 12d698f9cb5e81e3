"""What the administrator and the trainer do first, played through the pages: never through anybody's tables."""

from collections.abc import Sequence

from lti_tool.demo.browse import Browse


def make_token(moodle: str) -> str:
    """Sign in as administrator, and make a token for the external service."""
    visit = _visit(moodle, "admin")
    visit.go("/admin/webservice/tokens.php")
    visit.submit(visit.form_of("create-token"))
    return visit.token()


def register(moodle: str, invitation_url: str) -> None:
    """Sign in as administrator, paste the invitation in Manage tools, agree, and activate the tool."""
    visit = _visit(moodle, "admin")
    visit.go("/mod/lti/toolconfigure.php")
    visit.submit(visit.form_of("tool-create-button"), {"url": invitation_url})
    visit.submit(visit.forms()[0])
    visit.go(f"{moodle}/mod/lti/toolconfigure.php")
    visit.submit(visit.form_with(("action", "accept")))


def place(moodle: str, activities: Sequence[str]) -> None:
    """Sign in as trainer, open the picker from the first section, and place these activities at once."""
    visit = _visit(moodle, "trainer")
    visit.go(visit.addresses()[0])
    ticked = [("activity", activity) for activity in activities]
    visit.submit(visit.form_with(ticked[0]), ticked=ticked)


def _visit(moodle: str, username: str) -> Browse:
    visit = Browse(moodle)
    visit.submit(visit.form_of(f"login-{username}"))
    return visit
