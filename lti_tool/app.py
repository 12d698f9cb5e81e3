"""The composition root: makes the application and fills the tables through which features meet."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from types import MappingProxyType

from flask import Flask, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString
from werkzeug.exceptions import HTTPException

from content.load import load
from content.model import Curriculum
from lti_tool import assets, clock, database, i18n, keeping, logs, unsaved
from lti_tool.clock import Clock
from lti_tool.community import views as community
from lti_tool.community.agreeing import views as agreeing
from lti_tool.community.calendar import views as calendar
from lti_tool.community.caring import views as caring
from lti_tool.community.carrying import onward as carried
from lti_tool.community.carrying import views as carrying
from lti_tool.community.connectors import views as connectors
from lti_tool.community.digest import links as mail_links
from lti_tool.community.digest import mails as sent_mails
from lti_tool.community.digest import pressed as mails
from lti_tool.community.digest import store as digests
from lti_tool.community.digest import views as digest
from lti_tool.community.digest import worker as sending_digests
from lti_tool.community.files import rules as file_rules
from lti_tool.community.files import views as files
from lti_tool.community.finding import index as finding_index
from lti_tool.community.finding import views as finding
from lti_tool.community.following import views as following
from lti_tool.community.history import views as history
from lti_tool.community.joint import views as joint
from lti_tool.community.merging import views as merging
from lti_tool.community.offers import views as offers
from lti_tool.community.outcomes import views as outcomes
from lti_tool.community.translating import views as translating
from lti_tool.config import Settings
from lti_tool.database import db
from lti_tool.delivery import astray, smtp, wakeups, worker
from lti_tool.delivery import store as outbox
from lti_tool.delivery.smtp import Account
from lti_tool.errors import LimitReached, PersonError, SessionEnded
from lti_tool.exercises import answers, left_behind, onward
from lti_tool.exercises import views as exercises
from lti_tool.exercises.answers import Answers
from lti_tool.exercises.photos import rules as photos
from lti_tool.exports import store as exports_kept
from lti_tool.exports import views as exports
from lti_tool.exports import worker as making_exports
from lti_tool.facilitation import answering
from lti_tool.facilitation import views as facilitation
from lti_tool.keeping import Kept
from lti_tool.learning import views as learning
from lti_tool.lti.keys import tool_keys
from lti_tool.lti.launch import activities, headers, limits, mailing, session, switch
from lti_tool.lti.launch import personal as erased
from lti_tool.lti.launch import store as launches
from lti_tool.lti.launch import views as lti
from lti_tool.lti.launch.activities import Activities, Group
from lti_tool.lti.platform import access_tokens
from lti_tool.lti.platform.key_sets import KeySets
from lti_tool.lti.registering import registration
from lti_tool.naming import views as naming
from lti_tool.operations import metrics
from lti_tool.operations import views as operations
from lti_tool.privacy import views as privacy
from lti_tool.proxies import Entrance
from lti_tool.referral import views as referral
from lti_tool.results import worker as results
from lti_tool.reviews import compared, feedback, margin, replying
from lti_tool.reviews import drafts as answer_drafts
from lti_tool.reviews import store as reviews
from lti_tool.reviews.sentences import views as sentences
from lti_tool.roster import worker as roster

log = logging.getLogger("lti_tool")

LARGEST_BODY = 1_000_000
WITH_FILES = ("community.publish", "community.reply", "community.edit_post", "community.edit_reply")
LARGER_BODIES = MappingProxyType(
    {"exercises.photos.join": photos.LARGEST_BODY, **dict.fromkeys(WITH_FILES, file_rules.LARGEST_BODY)}
)
"""The only endpoints that take more."""


def create_app(settings: Settings, time: Clock = clock.utc_now, curriculum: Curriculum | None = None) -> Flask:
    """Make the tool's application, with the curriculum that the settings name unless one is given.

    Raises:
        ContentError: the curriculum has mistakes; all of them are listed, and nothing is started.
    """
    app = Flask(__name__)
    app.config.update(
        PUBLIC_URL=settings.PUBLIC_URL,
        ALLOW_PRIVATE_PLATFORMS=settings.ALLOW_PRIVATE_PLATFORMS,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        KEEP_LAUNCHES_DAYS=settings.KEEP_LAUNCHES_DAYS,
        KEEP_MAILS_DAYS=settings.KEEP_MAILS_DAYS,
        KEEP_DELIVERIES_DAYS=settings.KEEP_DELIVERIES_DAYS,
        KEEP_DRAFTS_DAYS=settings.KEEP_DRAFTS_DAYS,
        METRICS_TOKEN=settings.METRICS_TOKEN and settings.METRICS_TOKEN.get_secret_value(),
    )
    app.wsgi_app = Entrance(app.wsgi_app, public_url=settings.PUBLIC_URL, trusted=settings.TRUSTED_PROXIES)  # type: ignore[method-assign]  # as Flask documents it
    app.extensions["curriculum"] = curriculum or load(settings.CONTENT_DIR)
    _init_house(app, settings, time)
    _init_features(app)
    keeping.init_app(app, _kept(settings))
    mailing.init_app(app, reasons={"digest": digests.is_wanted()})
    return app


def _init_house(app: Flask, settings: Settings, time: Clock) -> None:
    clock.init_app(app, time)
    database.init_app(app, settings.DATABASE_URL)
    languages = i18n.find_languages(settings.DEFAULT_LANGUAGE, settings.TRANSLATIONS_DIR)
    i18n.init_app(app, languages, settings.DEFAULT_TIMEZONE)
    tool_keys.init_app(app, settings.KEYS_PASSPHRASE.get_secret_value())
    wakeups.init_app(app, settings.WAKEUPS)
    smtp.init_app(app, _mail_account(settings))
    access_tokens.init_app(app, settings.KEYS_PASSPHRASE.get_secret_value())
    limits.init_app(app, settings.KEYS_PASSPHRASE.get_secret_value())
    with app.app_context():
        app.extensions["key_sets"] = KeySets(registration.platform_session())
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    logs.init_app(app)
    metrics.init_app(app)
    assets.init_app(app)
    headers.init_app(app)
    app.before_request(_allow_larger_body)
    session.init_app(app)
    switch.init_app(app)
    app.register_error_handler(PersonError, _answer_person)
    app.register_error_handler(LimitReached, _answer_limit)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_crash)


def _mail_account(settings: Settings) -> Account | None:
    password = settings.MAIL_PASSWORD.get_secret_value() if settings.MAIL_PASSWORD else ""
    known = Account(server=settings.MAIL_SERVER, sender=settings.MAIL_FROM, user=settings.MAIL_USER, password=password)
    return known if settings.MAIL_SERVER else None


def _init_features(app: Flask) -> None:
    features = (
        lti,
        switch,
        registration,
        referral,
        learning,
        exercises,
        replying,
        compared,
        sentences,
        community,
        files,
        translating,
        calendar,
        caring,
        carrying,
        agreeing,
        joint,
        merging,
        finding,
        connectors,
        following,
        digest,
        mails,
        history,
        offers,
        outcomes,
        naming,
        facilitation,
        exports,
        privacy,
        operations,
    )
    for feature in features:
        app.register_blueprint(feature.blueprint)
    openers = {
        "unit": learning.open_unit,
        "exercise": facilitation.open_exercise,
        "community": community.open_community,
    }
    reviewers = {"exercise": facilitation.review_exercise}
    previewers = {"unit": learning.preview_unit, "exercise": exercises.preview}
    known = Activities(catalogue=_catalogue, openers=openers, reviewers=reviewers, previewers=previewers)
    activities.init_app(app, known)
    found = Answers(of_work=margin.answer_to, count=feedback.count, is_marked=reviews.is_marked, marked=reviews.marked)
    answers.init_app(app, found)
    onward.init_app(app, carried.shown)
    sentences.init_app(app, answering.show_typed)
    chores = {
        "a look for wanted rosters": roster.refresh_one,
        "a look for wanted results": results.refresh_one,
        "a look for grades astray": astray.look_at_one,
        "a look for wanted exports": making_exports.go_on,
        "a look for digests": sending_digests.go_on,
        "a look for posts that nobody would find": finding_index.catch_up,
        "a look for what is over": keeping.go_on,
    }
    sending_digests.init_app(app)
    making_exports.init_app(app)
    worker.init_app(app, chores=chores)


def _kept(settings: Settings) -> Sequence[Kept]:
    """List what is kept for a while only, and how long."""
    return (
        Kept(name="logins", forget=launches.purge_logins),
        Kept(name="counts of attempts", forget=limits.purge),
        Kept(name="addresses", forget=mailing.settle_some),
        Kept(name="launches", forget=launches.purge_launches, lasts=timedelta(days=settings.KEEP_LAUNCHES_DAYS)),
        Kept(name="what was told of erased people", forget=erased.forget_again),
        Kept(name="exports", forget=exports_kept.purge),
        Kept(name="links in mails", forget=mail_links.purge),
        Kept(name="digests", forget=sent_mails.purge, lasts=timedelta(days=settings.KEEP_MAILS_DAYS)),
        Kept(name="grades", forget=outbox.purge, lasts=timedelta(days=settings.KEEP_DELIVERIES_DAYS)),
        Kept(name="work left behind", forget=left_behind.forget, lasts=timedelta(days=settings.KEEP_DRAFTS_DAYS)),
        Kept(name="answers left behind", forget=answer_drafts.forget, lasts=timedelta(days=settings.KEEP_DRAFTS_DAYS)),
    )


def _allow_larger_body() -> None:
    if larger := LARGER_BODIES.get(request.endpoint or ""):
        request.max_content_length = larger


def _catalogue(language: str) -> Sequence[Group]:
    return [*learning.catalogue(language), *community.catalogue(language)]


def _answer_person(error: PersonError) -> ResponseReturnValue:
    g.refused = error.reason
    said = {"endpoint": logs.endpoint(), "reason": error.reason}
    log.warning("%s: %s [%s]", logs.request_line(), error.reason, g.request_id, extra=said)
    typed = unsaved.words() if isinstance(error, SessionEnded) else ()
    return _error_page(error.title, error.advice, error.status, typed)


def _answer_limit(error: LimitReached) -> ResponseReturnValue:
    """Answer without a line in the log, which has one for the whole window."""
    g.refused = error.reason
    response = make_response(_error_page(error.title, error.advice, error.status))
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _answer_http(error: HTTPException) -> ResponseReturnValue:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    return _error_page(PersonError.title, PersonError.advice, status)


def _answer_crash(error: Exception) -> ResponseReturnValue:
    log.error("%s [%s]", logs.request_line(), g.request_id, exc_info=error)
    db.session.rollback()
    return _error_page(PersonError.title, PersonError.advice, HTTPStatus.INTERNAL_SERVER_ERROR)


def _error_page(
    title: LazyString, advice: LazyString, status: HTTPStatus, typed: Sequence[str] = ()
) -> ResponseReturnValue:
    """Say what happened, in the other languages too: a page that failed can't be asked for again in one of them."""
    headers.allow_framing_by_anyone()
    if request.accept_mimetypes.best == "application/json":
        return {"title": str(title), "advice": str(advice), "request": g.request_id}, status
    others = i18n.in_others(title, advice)
    said = {"title": title, "advice": advice, "others": others, "typed": typed}
    return render_template("error.html", request_id=g.request_id, **said), status
