from tests.spec.copies import Copies


class TestCopies(Copies):
    """Runs that are copied from a template, on a real Moodle."""
