from tests.spec.grades import Grades


class TestGrades(Grades):
    """Grades on the miniature."""
