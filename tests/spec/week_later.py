"""A worker for whom it is a week later: it sends the mails that are due by then, and ends."""

import os
from datetime import timedelta

from lti_tool import clock
from lti_tool.app import create_app
from lti_tool.community.digest import worker
from lti_tool.config import Settings


def main() -> None:
    """Do all that is due."""
    app = create_app(Settings.from_environment(os.environ))
    clock.init_app(app, lambda: clock.utc_now() + timedelta(weeks=1))
    with app.app_context():
        while worker.go_on():
            pass


if __name__ == "__main__":
    main()
