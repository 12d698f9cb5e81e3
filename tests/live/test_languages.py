from tests.spec.languages import Languages


class TestLanguages(Languages):
    """Languages on a real Moodle that has the packs of each."""
