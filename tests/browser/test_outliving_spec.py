from tests.spec.outliving import Outliving


class TestOutliving(Outliving):
    """The community and its course on the miniature."""
