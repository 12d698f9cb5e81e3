from tests.spec.outliving import Outliving


class TestOutliving(Outliving):
    """The community and its course on a real Moodle."""
