from tests.spec.community import Community


class TestCommunity(Community):
    """The community on the miniature."""
