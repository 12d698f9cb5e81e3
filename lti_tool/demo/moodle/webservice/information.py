"""Who the token belongs to."""

from typing import Any

from lti_tool.demo.moodle.claims import MOODLE_RELEASE, MOODLE_VERSION
from lti_tool.demo.moodle.tables import SITE_COURSE, Course
from lti_tool.demo.moodle.webservice.registry import Call, function


@function("core_webservice_get_site_info")
def get_site_info(call: Call) -> Any:
    """Tell who calls, and which functions their service has."""
    user = call.user
    return {
        "sitename": call.shown.text(call.db.get_one(Course, SITE_COURSE).fullname),
        "siteurl": call.settings.wwwroot,
        "username": user.username,
        "firstname": user.firstname,
        "lastname": user.lastname,
        "fullname": user.fullname,
        "lang": user.lang or "en",
        "userid": user.id,
        "userissiteadmin": user.is_admin,
        "userpictureurl": f"{call.settings.wwwroot}/theme/image.php/boost/core/1/u/f1",
        "release": MOODLE_RELEASE,
        "version": MOODLE_VERSION,
        "functions": [{"name": name, "version": MOODLE_RELEASE} for name in call.token.functions.split()],
    }
