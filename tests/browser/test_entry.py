from tests.spec.entry import Entry


class TestEntry(Entry):
    """Who gets in, on the miniature."""
