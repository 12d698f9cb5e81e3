"""What happens within a course, and to a person there."""

from abc import abstractmethod

from moodle_sync.things.action import Action, Name
from moodle_sync.things.state import Place


class InCourse(Action):
    """An action within a course."""

    __slots__ = ()

    @abstractmethod
    def within(self) -> str:
        """Give the course that it works in."""

    def names(self) -> tuple[Name, ...]:
        """Name the course."""
        return (("course", self.within()),)

    def touches(self) -> frozenset[Name]:
        """Give the course."""
        return frozenset({("course", self.within())})

    def lane(self) -> Name:
        """Give the course."""
        return "course", self.within()


class OfPlace(InCourse):
    """An action that concerns a person in a course."""

    __slots__ = ()

    @abstractmethod
    def place(self) -> Place:
        """Give course and person."""

    def within(self) -> str:
        """Give the course that it works in."""
        return self.place()[0]

    def names(self) -> tuple[Name, ...]:
        """Name the course and the person."""
        course, person = self.place()
        return ("course", course), ("person", person)

    def touches(self) -> frozenset[Name]:
        """Give the course and the person."""
        course, person = self.place()
        return frozenset({("course", course), ("person", person)})


class Placed(OfPlace):
    """One that names course and person among its parts."""

    __slots__ = ()
    course: str
    person: str

    def place(self) -> Place:
        """Give course and person."""
        return self.course, self.person
