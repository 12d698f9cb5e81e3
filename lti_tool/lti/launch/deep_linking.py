"""The picker, and its answer: chosen activities become signed content items.

Source: LTI-DL 2.0; what Moodle honours of it is in the platform's own behaviour (title, text, url, custom,
lineItem with an integer scoreMaximum).
"""

from collections.abc import Collection, Sequence

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from pylti1p3.deep_link import DeepLink
from pylti1p3.deep_link_resource import DeepLinkResource
from pylti1p3.lineitem import LineItem

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.i18n import language, languages_of
from lti_tool.lti import registry
from lti_tool.lti.keys.signing import sign
from lti_tool.lti.launch import chosen_before, headers
from lti_tool.lti.launch.activities import Choice, Looking, activities
from lti_tool.lti.launch.claims import DeepLinking
from lti_tool.lti.launch.session import Session, current, require_trainer
from lti_tool.lti.tables import DeploymentRow, LaunchRow, RegistrationRow

REVIEWABLE = ["Submitted", "Completed"]
"""A submission can be reviewed once there is one (LTI Submission Review 1.0, `reviewableStatus`)."""
ANSWER_LASTS = 600
"""Seconds; the browser posts it at once, or when somebody presses a button."""
DATA = "https://purl.imsglobal.org/spec/lti-dl/claim/data"


def show_picker(problem: str | None = None, chosen: Collection[Choice] | None = None) -> str:
    """Show what can be placed, in the trainer's language; what was ticked a moment ago is ticked again.

    In the course the activities have the titles of its own language, which the trainer says.
    """
    session = require_trainer()
    return render_template(
        "lti/pick.html",
        groups=activities().catalogue(language()),
        titles=_titles(session),
        languages=sorted(languages_of(current_app).codes),
        multiple=_settings(session).accept_multiple,
        chosen=chosen,
        opened=chosen_before.find_opened(session.course_id),
        handed_back=chosen_before.find_handed_back(session.course_id),
        kinds_to_look_at=activities().previewers,
        problem=problem,
        keep=_keep(session),
        awaited=_awaited(),
    )


def show_picker_again() -> str:
    """Show the picker after a look at an activity, as it was left."""
    return show_picker(chosen=_chosen(request.form.getlist("activity")))


def look() -> ResponseReturnValue:
    """Show one activity as trainees see it; what is ticked goes along, so that nothing has to keep it."""
    _settings(require_trainer())
    previewers = activities().previewers
    found = [choice for choice in _chosen([request.form.get("look", "")]) if choice.kind in previewers]
    if not found:
        raise NotFound("nothing_to_look_at")
    choice, ticked = found[0], _chosen(request.form.getlist("activity"))
    looking = Looking(
        activity=choice.activity,
        chosen=tuple(one.activity for one in ticked),
        awaited=_awaited(),
        titles=_titles(current()),
    )
    return previewers[choice.kind](choice.slug, looking)


def hand_back(launch_url: str) -> ResponseReturnValue:
    """Sign the choice and let the browser post it to the platform."""
    session = require_trainer()
    settings = _settings(session)
    chosen = _chosen(request.form.getlist("activity"))
    problem = _problem(chosen, settings)
    if problem:
        return show_picker(problem, chosen), 422
    titles = _titles(session)
    headers.allow_form_to(settings.return_url)
    answer = render_template(
        "lti/hand_back.html",
        action=settings.return_url,
        token=_sign(session, _chosen(request.form.getlist("activity"), titles), launch_url),
        chosen=chosen,
        keep=_keep(session),
        awaited=_awaited(),
    )
    chosen_before.remember(session.course_id, [choice.activity for choice in chosen], titles, now())
    db.session.commit()
    return answer


def _awaited() -> str | None:
    """Give what an address of the picker says where a page of ours waits for the choice."""
    return "1" if "awaited" in request.args else None


def _keep(session: Session) -> str:
    """Name the place in the browser that keeps a choice until Moodle has it: this person's, and nobody else's."""
    return f"{session.site_id}/{session.person_id}/{session.course_id}/lti.pick"


def _settings(session: Session) -> DeepLinking:
    if session.deep_linking is None:
        raise NotFound("not_deep_linking")
    return session.deep_linking


def _titles(session: Session) -> str:
    """Give the language of the activities' titles in the course: as it was said, else as the last time, else ours."""
    known = languages_of(current_app)
    return known.find(request.form.get("titles")) or known.find(chosen_before.titles(session.course_id)) or language()


def _chosen(wanted: Sequence[str], titles: str | None = None) -> list[Choice]:
    """Give the choices in the catalogue's order; what isn't in the catalogue can't be placed."""
    groups = activities().catalogue(titles or language())
    return [choice for group in groups for choice in group.choices if choice.activity in wanted]


def _problem(chosen: Sequence[Choice], settings: DeepLinking) -> str | None:
    if not chosen:
        return str(gettext("Choose at least one activity."))
    if len(chosen) > 1 and not settings.accept_multiple:
        return str(gettext("Moodle takes only one activity here. Choose one."))
    return None


def _sign(session: Session, chosen: Sequence[Choice], launch_url: str) -> str:
    row = db.session.get_one(LaunchRow, session.launch_id)
    registration = db.session.get_one(RegistrationRow, row.registration_id)
    deployment = db.session.get_one(DeploymentRow, row.deployment_id).deployment_id
    deep_link = DeepLink(registry.as_pylti(registration), deployment, {"data": _settings(session).data})
    items = [_content_item(choice, launch_url, registration.largest_grade) for choice in chosen]
    message = deep_link.get_message_jwt(items)
    if message[DATA] is None:
        del message[DATA]  # what wasn't given doesn't go back, not even as null
    return sign(message, lasts=ANSWER_LASTS)


def _content_item(choice: Choice, launch_url: str, largest_grade: int) -> DeepLinkResource:
    """Describe one activity; what identifies it is in `custom`, so that copies of a course go on working.

    Moodle drops an activity that asks for more than the site's largest grade; it scales the scores that come later.
    """
    item = _DescribedResource(choice.summary)
    item.set_url(launch_url).set_title(choice.title).set_custom_params({"activity": choice.activity})
    if choice.score_maximum is not None:
        line_item = LineItem().set_score_maximum(min(choice.score_maximum, largest_grade))
        line_item.set_resource_id(choice.activity).set_tag(choice.kind).set_submission_review(REVIEWABLE)
        item.set_lineitem(line_item)
    return item


class _DescribedResource(DeepLinkResource):
    """A content item with the text that Moodle shows as the activity's description."""

    def __init__(self, text: str) -> None:
        self._text = text

    def to_dict(self) -> dict[str, object]:
        """Add `text`, which pylti1p3 leaves out."""
        return {**super().to_dict(), "text": self._text}
