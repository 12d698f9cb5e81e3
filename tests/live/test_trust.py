from tests.spec.trust import Browsers, Columns, Teachers


class TestBrowsers(Browsers):
    """What browsers carry to a real Moodle."""


class TestTeachers(Teachers):
    """What trainers write on a real Moodle."""


class TestColumns(Columns):
    """Columns of a real Moodle."""
