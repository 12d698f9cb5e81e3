from tests.spec.together import Together


class TestTogether(Together):
    """Groups at one canvas, on the miniature."""
