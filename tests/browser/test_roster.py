from tests.spec.roster import Roster


class TestRoster(Roster):
    """Who is missing, on the miniature."""
