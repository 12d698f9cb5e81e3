from tests.spec.trust import Browsers, Columns, Teachers


class TestBrowsers(Browsers):
    """What browsers carry to the miniature."""


class TestTeachers(Teachers):
    """What trainers write on the miniature."""


class TestColumns(Columns):
    """Columns of the miniature."""
