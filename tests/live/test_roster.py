from tests.spec.roster import Roster


class TestRoster(Roster):
    """Who is missing, on a real Moodle that has the language pack pt_br."""
