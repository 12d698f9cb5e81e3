from tests.spec.digest import Digest


class TestDigest(Digest):
    """The digest's link on a real Moodle."""
