from tests.spec.grades import Grades


class TestGrades(Grades):
    """Grades on a real Moodle."""
