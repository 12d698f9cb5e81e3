"""The rights that the sync's account needs, and what each is for."""

from collections.abc import Mapping, Sequence
from typing import Final

from moodle_sync.webservice.functions import COPIED, FILLING, FUNCTIONS, Named

PURPOSES: Final[Mapping[str, str]] = {
    "enrol/manual:enrol": "to enrol people, and to suspend them",
    "enrol/manual:unenrol": "to unenrol whom the file no longer names, with --unenrol",
    "mod/lti:view": "to see the activities of external tools in templates",
    "moodle/backup:backupcourse": "to copy templates",
    "moodle/backup:backuptargetimport": "to fill courses from templates",
    "moodle/backup:configure": "to choose what of a template is copied",
    "moodle/backup:userinfo": "to leave people out of copies: only who may take them along may do that",
    "moodle/category:manage": "to find, make and change categories",
    "moodle/category:viewhiddencategories": "to find categories that are hidden",
    "moodle/cohort:assign": "to put people into cohorts, and to take them out",
    "moodle/cohort:manage": "to make cohorts",
    "moodle/cohort:view": "to find cohorts, and who is in them",
    "moodle/course:activityvisibility": "to hide and show activities as their template has them",
    "moodle/course:changecategory": "to move courses into another category",
    "moodle/course:changefullname": "to change the titles of courses",
    "moodle/course:changeidnumber": "to give idnumbers to courses that have none",
    "moodle/course:changeshortname": "to change the short names of courses",
    "moodle/course:changesummary": "to change the summaries of courses",
    "moodle/course:create": "to make courses",
    "moodle/course:manageactivities": "to call activities as their template does, and to put them in its order",
    "moodle/course:managegroups": "to find and make groups, and to put people into them",
    "moodle/course:movesections": "to put sections in the file's order, and new ones in their places",
    "moodle/course:sectionvisibility": "to hide and show sections, where the configuration says hidden",
    "moodle/course:setforcedlanguage": "to set the language of courses, where the configuration says lang",
    "moodle/course:update": "to change courses, and to add and name sections",
    "moodle/course:useremail": "to see the addresses of participants",
    "moodle/course:view": "to come into courses without being enrolled",
    "moodle/course:viewhiddenactivities": "to see all that is in templates and in their copies",
    "moodle/course:viewhiddencourses": "to come into courses that are hidden",
    "moodle/course:viewparticipants": "to see who is in a course",
    "moodle/course:visibility": "to hide and show courses, where the configuration says visible or start_hidden",
    "moodle/restore:restorecourse": "to make courses as copies of templates",
    "moodle/restore:restoretargetimport": "to fill courses from templates",
    "moodle/role:assign": "to give roles, and to take them away",
    "moodle/site:accessallgroups": "to see all participants where groups are separate",
    "moodle/site:viewuseridentity": "to find people by idnumber and address",
    "moodle/user:create": "to make accounts",
    "moodle/user:update": "to change accounts",
    "moodle/user:viewalldetails": "to see what is in accounts",
    "moodle/user:viewdetails": "to see other people at all",
    "webservice/rest:use": "to be let in by the web service",
}


def needed_rights(functions: Sequence[Named] = FUNCTIONS) -> list[str]:
    """List the rights that functions take."""
    return sorted({right for function in functions for right in function.rights} | {"webservice/rest:use"})


def rights_of(function: str) -> tuple[str, ...]:
    """List the rights that a function takes, for what it is used for without templates, where it is."""
    return next((known.rights for known in (*FUNCTIONS, *COPIED, *FILLING) if known.name == function), ())
