from tests.spec.languages import Languages


class TestLanguages(Languages):
    """Languages on the miniature."""
