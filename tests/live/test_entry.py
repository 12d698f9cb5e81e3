from tests.spec.entry import Entry


class TestEntry(Entry):
    """Who gets in, on a real Moodle that has the language pack pt_br."""
