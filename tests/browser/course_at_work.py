"""A course that does the needs matrix in groups, with the people who come to it in browsers of their own."""

from http import HTTPStatus
from typing import Any

from playwright.sync_api import BrowserContext, Page

from lti_tool.exercises import rules
from lti_tool.learning.store import curriculum
from lti_tool.lti.roles import Role
from tests.browser.exercise_page import alive
from tests.browser.running_tool import RunningTool, elsewhere
from tests.lti_tool.exercises import grouping


class CourseAtWork:
    """One course; how it goes about the exercise is set as a trainer would."""

    def __init__(self, running: RunningTool, name: str, **how: Any) -> None:
        self.running = running
        self.name = name
        teacher, _ = elsewhere(lambda: grouping.member(running.app, "teacher", course=name, role=Role.TRAINER))
        self.id: int = teacher.course_id
        self.arrange(**how)

    def arrange(self, **how: Any) -> None:
        """Choose how the course does the exercise: in groups, if nothing else is said."""
        elsewhere(lambda: grouping.arrange(self.running.app, self.id, **how))

    def set_stage(self, **news: Any) -> None:
        """Set how far the exercise is."""
        elsewhere(lambda: grouping.set_stage(self.running.app, self.id, **news))

    def put_into(self, sub: str, group: str) -> str:
        """Let Moodle say that somebody is in a group; name its workspace."""
        _, inside = elsewhere(lambda: grouping.member(self.running.app, sub, group, course=self.name))
        return inside

    def come(self, sub: str, group: str = "7", context: BrowserContext | None = None, **launch: Any) -> Page:
        """Let a member of a group open the exercise."""
        self.put_into(sub, group)
        return alive(self.running.open(context, sub=sub, name=sub.title(), course=self.name, **launch))

    def answer_alone(self, sub: str, text: str) -> None:
        """Let a member save an answer to the matrix's first question where they write alone."""
        sent = {"part": "start", "cell": "community", "values": {"answer": text}, "version": 0, "language": "en"}

        def save() -> int:
            person, _ = grouping.member(self.running.app, sub, course=self.name)
            with self.running.app.app_context():
                note_id = rules.blank_id(curriculum().exercise(grouping.EXERCISE).part("start"), "community")
            return person.put(f"exercise/notes/{note_id}", sent).status_code

        assert elsewhere(save) == HTTPStatus.OK

    def step_in(self, inside: str, name: str = "Tara") -> Page:
        """Let a trainer open a group's canvas."""
        given = {"sub": name, "name": name, "course": self.name, "role": Role.TRAINER}
        return self.running.open(None, f"exercise?in={inside}", **given)
