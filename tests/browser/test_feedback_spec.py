from tests.spec.feedback import Feedback


class TestFeedback(Feedback):
    """Feedback on the miniature."""
