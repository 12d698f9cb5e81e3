"""A group with work on its canvas, in a course that has the community."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.exercises.modes import Mode
from tests.lti_tool.community.carrying.bringing import form
from tests.lti_tool.community.talking import member
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.grouping import put_note
from tests.lti_tool.reading import words_of

NAMES = ("Ana", "Ben", "Cleo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The people of a group by their names, somebody of another group, and their canvas."""

    course: Course
    people: Mapping[str, Client]
    outsider: Client
    reader: Client
    """In the community, and in no group."""
    owner: str

    def page(self, name: str = "Ana") -> str:
        """Read the exercise's page."""
        return words_of(self.people[name].get(f"exercise?in={self.owner}"))

    def proposal(self, name: str = "Ben") -> str:
        """Read the proposal's page."""
        return words_of(self.people[name].get(f"exercise/proposal?in={self.owner}"))

    def propose(self, name: str = "Ana", **given: str) -> dict[str, str]:
        """Propose a post, and insist that it was taken; give what was sent."""
        sent = form(**given)
        answer = self.send(name, "carry", **sent)
        assert answer.status_code == 303, words_of(answer)
        return sent

    def agree(self, name: str, sent: Mapping[str, str], version: int = 1, **more: str) -> int:
        """Agree to a proposal; give the answer's status."""
        said = {"proposal": sent["id"], "version": str(version), "says": "yes", **more}
        return self.send(name, "proposal/answer", **said).status_code

    def send(self, name: str, what: str, **sent: str) -> TestResponse:
        """Send a form about the group's work."""
        return self.people[name].post(f"exercise/{what}?in={self.owner}", **sent)


def make(app: Flask) -> Group:
    """Let three into a group, and write a note at their canvas."""
    reader = member(lambda **launch: enter_course(app, **launch), "Reader")
    people = {name: enter_course(app, sub=name, name=name) for name in NAMES}
    outsider = enter_course(app, sub="Dora", name="Dora")
    course = Course(app=app, course_id=reader.course_id)
    course.arrange(mode=Mode.GROUP)
    for one in people.values():
        course.put_in(one, "12")
    course.put_in(outsider, "13")
    owner = f"group/{course.group('12')}"
    put_note(people["Ana"], owner, "A well for the street")
    return Group(course=course, people=people, outsider=outsider, reader=reader, owner=owner)
