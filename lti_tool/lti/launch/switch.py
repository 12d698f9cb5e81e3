"""The switch on every page: reading in another language, here from now on or before anybody is known."""

from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import update

from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.i18n import ASKED, languages_of
from lti_tool.lti.launch import missing
from lti_tool.lti.launch.languages import reader_language, told_of_text
from lti_tool.lti.launch.missing import Missed
from lti_tool.lti.launch.session import PREFIX, SAFE_METHODS, current
from lti_tool.lti.launch.store import find_launch
from lti_tool.lti.tables import PersonRow

blueprint = Blueprint("switch", __name__)


def init_app(app: Flask) -> None:
    """Let templates offer the switch."""
    app.jinja_env.globals.update(
        offered_languages=offered,
        page_in=page_in,
        has_chosen_language=has_chosen,
        missed_language=missed,
        told_of_text=told_of_text,
    )


@blueprint.post(PREFIX + "/language")
def choose() -> ResponseReturnValue:
    """Let the person read in this language from now on, at this site, and go back to where they were."""
    code = request.form.get("language", "")
    if code and code not in languages_of(current_app).codes:
        raise NotFound("language_unknown")
    chosen = update(PersonRow).where(PersonRow.id == current().person_id).values(language=code or None)
    db.session.execute(chosen)
    db.session.commit()
    return redirect(way_back(request.form.get("back", "")), HTTPStatus.SEE_OTHER)


def way_back(path: str) -> str:
    """Give the page where the switch was pressed, of the same launch alone; of anything else the activity's."""
    own = url_for("lti.open_activity")
    return path if path.startswith(own) and path.isprintable() and "\\" not in path else own


def offered() -> tuple[str, ...]:
    """Name the languages that can be chosen on this page, in the order of their codes.

    There are none where it answers what was sent: a page that is loaded anew would lose what was typed.
    """
    if request.method not in SAFE_METHODS:
        return ()
    return tuple(sorted(languages_of(current_app).codes))


def page_in(code: str) -> str:
    """Give the address of a page that is there before a launch, in another language."""
    asked = {**request.args.to_dict(flat=False), ASKED: [code]}
    return f"{request.path}?{urlencode(asked, doseq=True)}"


def has_chosen() -> bool:
    """Tell whether the person chose a language here, whatever Moodle's is."""
    launch = find_launch(current().launch_id)
    return launch is not None and launch.person.language is not None


def missed() -> Missed | None:
    """Say that Moodle's language isn't spoken here, in that language where we can; nothing once one was chosen."""
    code = reader_language()
    return None if has_chosen() or languages_of(current_app).find(code) else missing.told(code)
