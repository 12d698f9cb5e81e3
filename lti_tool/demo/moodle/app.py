"""Puts a miniature of Moodle together.

It speaks the platform's side of LTI 1.3 as a real Moodle 4.5 does, with its quirks, to show newcomers the
tool and to test it. It is another program: it imports nothing of the tool's, and has none of Moodle's code.
"""

from flask import Flask

from lti_tool.demo.moodle import visits
from lti_tool.demo.moodle.launch import lti_launch
from lti_tool.demo.moodle.pages import pages
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.site import Site


def create_moodle(settings: MoodleSettings) -> Flask:
    """Make a miniature with nothing in it but the administrator; `seed` gives it a course."""
    app = Flask(__name__)
    app.extensions["moodle"] = Site(settings)
    visits.init_app(app)
    for blueprint in (pages, lti_launch):
        app.register_blueprint(blueprint)
    return app
