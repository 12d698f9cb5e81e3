"""What the administrator and the trainer do first, played through the pages: never through anybody's tables."""

import re
from collections.abc import Sequence
from html import unescape

from lti_tool.demo.browse import Browse


def make_token(moodle: str) -> str:
    """Sign in as administrator, and make a token for the external service."""
    page = visit(moodle, "admin")
    page.go("/admin/webservice/tokens.php")
    page.submit(page.form_of("create-token"))
    return page.token()


def register(moodle: str, invitation_url: str) -> None:
    """Sign in as administrator, paste the invitation in Manage tools, agree, and activate the tool."""
    page = visit(moodle, "admin")
    page.go("/mod/lti/toolconfigure.php")
    page.submit(page.form_of("tool-create-button"), {"url": invitation_url})
    page.submit(page.forms()[0])
    page.go(f"{moodle}/mod/lti/toolconfigure.php")
    page.submit(page.form_with(("action", "accept")))


def place(moodle: str, course: str, activities: Sequence[str]) -> None:
    """Sign in as trainer, open the picker from a course's first section, and place these activities at once."""
    page = visit(moodle, "trainer")
    page.go(courses(page)[course])
    page.go(page.addresses()[0])
    ticked = [("activity", activity) for activity in activities]
    page.submit(page.form_with(ticked[0]), ticked=ticked)


def courses(person: Browse) -> dict[str, str]:
    """Go to the start page; give the addresses of the person's courses, by title."""
    person.go("/")
    found = re.findall(r'<a href="(/course/view\.php\?id=\d+)">(.*?)</a>', person.page.text)
    return {unescape(title): address for address, title in found}


def visit(moodle: str, username: str) -> Browse:
    """Sign in as one of the people that the miniature's first page offers."""
    person = Browse(moodle)
    person.submit(person.form_of(f"login-{username}"))
    return person
