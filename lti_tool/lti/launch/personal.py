"""What is kept of a person by their coming: who they are, when they came, and where they have been."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime
from secrets import token_hex
from typing import Any

from flask import current_app
from flask_babel import force_locale, lazy_gettext, ngettext
from sqlalchemy import and_, delete, exists, or_, select, update

from lti_tool.database import db
from lti_tool.i18n import languages_of
from lti_tool.lti.launch.session import WAY, display_name
from lti_tool.lti.tables import FORMER, AttendanceRow, CourseRow, LaunchRow, LoginRow, PersonRow, RegistrationRow
from lti_tool.personal import AS_IT_IS, Kept, SeenBy, Told, Whose, days_after, rows, told

NUMBERED = ("id", "site_id", "sub", "number", "seen_at")
"""What stays in the row of somebody who was erased: the account's own name is drawn anew, and leads nowhere."""


def hold(whose: Whose) -> None:
    """Keep others from writing anything of a person until the transaction ends.

    The update that changes nothing takes SQLite's file. On PostgreSQL it takes more to keep out rows that only name
    the person.
    """
    this = PersonRow.id == whose.person_id
    db.session.execute(update(PersonRow).where(this).values(number=PersonRow.number), execution_options=AS_IT_IS)
    db.session.execute(select(PersonRow.id).where(this).with_for_update())


def shown_names(whose: Whose) -> Set[str]:
    """Give all that pages in any language write for a person's name; of somebody who was erased there is nothing."""
    row = db.session.get(PersonRow, whose.person_id, populate_existing=True)
    if row is None or row.number == FORMER:
        return frozenset()
    names = {None, row.name, row.called, *(one["name"] for one in row.names)}
    return {shown for code in languages_of(current_app).codes for shown in _written_in(code, names, row.number)}


def _written_in(code: str, names: Iterable[str | None], number: int) -> Iterator[str]:
    """Write names as a language does; what begins in the way of a page's sentence begins in either way."""
    with force_locale(code):
        written = [display_name(name, number) for name in names]
    for shown in written:
        bare = shown.lstrip("".join(WAY.values()))
        yield from [shown] if bare == shown else [way + bare for way in WAY.values()]


def _account(whose: Whose) -> list[Told]:
    return rows(PersonRow, PersonRow.id == whose.person_id)


def _forget_account(whose: Whose) -> None:
    """Leave a number, since others' work names the row; columns that the row gets later are emptied too."""
    emptied: dict[str, Any] = {
        column.name: [] if column.name == "names" else None
        for column in PersonRow.__table__.columns
        if column.name not in NUMBERED
    }
    nobody = update(PersonRow).where(PersonRow.id == whose.person_id)
    nobody = nobody.values(sub=f"erased/{token_hex(16)}", number=FORMER, **emptied)
    db.session.execute(nobody, execution_options=AS_IT_IS)


def forget_again(_over: datetime, most: int) -> int:
    """Forget what a launch told that came in just while its person was erased, of some people; tell how many."""
    said = (PersonRow.name, PersonRow.email, PersonRow.locale, PersonRow.timezone)
    came = exists().where(LaunchRow.person_id == PersonRow.id)
    told_again = or_(came, *(column.is_not(None) for column in said))
    query = select(PersonRow.id, PersonRow.site_id, PersonRow.sub).where(PersonRow.number == FORMER, told_again)
    found = db.session.execute(query.limit(most)).all()
    for person_id, site_id, sub in found:
        whose = Whose(site_id=site_id, sub=sub, person_id=person_id)
        for kept in reversed(KEPT):
            kept.erase(whose)
    return len(found)


def _attendances(whose: Whose) -> list[Told]:
    query = select(AttendanceRow, CourseRow.title).join(CourseRow, CourseRow.id == AttendanceRow.course_id)
    found = db.session.execute(query.where(AttendanceRow.person_id == whose.person_id).order_by(CourseRow.id))
    return [{"course": title, **told(row)} for row, title in found]


def _forget_attendances(whose: Whose) -> None:
    db.session.execute(delete(AttendanceRow).where(AttendanceRow.person_id == whose.person_id))


def _launches(whose: Whose) -> list[Told]:
    return rows(LaunchRow, LaunchRow.person_id == whose.person_id, without=["for_sub", "id"])


def _forget_launches(whose: Whose) -> None:
    """End all sessions, forget logins under way, and that a trainer came to look at this person's work."""
    of_site = select(RegistrationRow.id).where(RegistrationRow.site_id == whose.site_id)
    db.session.execute(delete(LaunchRow).where(LaunchRow.person_id == whose.person_id), execution_options=AS_IT_IS)
    looked = and_(LaunchRow.registration_id.in_(of_site), LaunchRow.for_sub == whose.sub)
    db.session.execute(update(LaunchRow).where(looked).values(for_sub=None), execution_options=AS_IT_IS)
    begun = and_(LoginRow.registration_id.in_(of_site), LoginRow.login_hint == whose.sub)
    db.session.execute(delete(LoginRow).where(begun), execution_options=AS_IT_IS)


def _after_the_session(days: int) -> str:
    return str(ngettext("For %(num)s day after the session ended.", "For %(num)s days after the session ended.", days))


KEPT = (
    Kept(
        key="account",
        title=lazy_gettext(
            "Who you are, as Moodle says it: account, name, language and time zone; your e-mail address while you want "
            "mail, and up to a year after that ended by itself; and the name that you chose where Moodle says none"
        ),
        seen_by=lazy_gettext(
            "Your name: those who take part with you. The rest: nobody; the community's mails go to your address, if "
            "you asked for them."
        ),
        tables=(PersonRow,),
        find=_account,
        erase=_forget_account,
    ),
    Kept(
        key="courses",
        title=lazy_gettext("The courses that you came from, when you last did, and your role and groups there"),
        seen_by=SeenBy.TRAINERS,
        tables=(AttendanceRow,),
        find=_attendances,
        erase=_forget_attendances,
    ),
    Kept(
        key="launches",
        title=lazy_gettext("When you opened an activity in Moodle, and the e-mail address that it told us then"),
        seen_by=SeenBy.NOBODY,
        until=days_after("KEEP_LAUNCHES_DAYS", _after_the_session),
        tables=(LaunchRow, LoginRow),
        find=_launches,
        erase=_forget_launches,
    ),
)
