from tests.spec.cookies import Cookies


class TestCookies(Cookies):
    """Cookies on the miniature."""
