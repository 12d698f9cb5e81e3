"""Puts a miniature of Moodle together.

It speaks the platform's side of LTI 1.3 and the web services as a real Moodle 4.5 does, with its quirks, to show
newcomers the tool and to test it. It is another program: it imports nothing of the tool's, and has none of Moodle's
code.
"""

from flask import Flask

from lti_tool.demo.moodle import faults, grades, line_items, roster, speaking, visits
from lti_tool.demo.moodle.compiled import CompiledTemplates
from lti_tool.demo.moodle.deep_linking import deep_linking
from lti_tool.demo.moodle.editing import editing
from lti_tool.demo.moodle.gradebook import gradebook
from lti_tool.demo.moodle.launch import lti_launch
from lti_tool.demo.moodle.pages import pages
from lti_tool.demo.moodle.registration import registration
from lti_tool.demo.moodle.services import services
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tokens import tokens
from lti_tool.demo.moodle.tools import tools
from lti_tool.demo.moodle.webservice.pages import service_pages
from lti_tool.demo.moodle.webservice.server import webservice

SERVICES = (line_items, grades, roster)
"""Each adds its resources to the blueprint of the services when it is read."""
BLUEPRINTS = (
    pages,
    editing,
    lti_launch,
    registration,
    tools,
    tokens,
    services,
    deep_linking,
    gradebook,
    webservice,
    service_pages,
)
TEMPLATES = CompiledTemplates()
"""Shared by the miniatures of a process: compiling costs more than everything else."""


def create_moodle(settings: MoodleSettings) -> Flask:
    """Make a miniature with nothing in it but the administrator; `seed` gives it a course."""
    app = Flask(__name__)
    app.jinja_options = {**app.jinja_options, "bytecode_cache": TEMPLATES}
    app.extensions["moodle"] = Site(settings)
    visits.init_app(app)
    speaking.init_app(app)
    faults.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
