"""Finds the person whom somebody asks about, by what Moodle calls their account, an address or a name."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select, true

from lti_tool.community.finding.folding import folded
from lti_tool.database import db
from lti_tool.lti.tables import FORMER, CourseRow, LaunchRow, PersonRow, SiteRow
from lti_tool.personal import Whose
from lti_tool.roster.tables import MemberRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be meant."""

    whose: Whose
    issuer: str
    names: Sequence[str]
    addresses: Sequence[str]
    chosen_name: str | None = None
    """Which of the names they chose themselves, be it somebody else's."""

    def is_called(self, words: str) -> bool:
        """Tell whether this is exactly what the platform calls somebody, but for upper and lower case."""
        told = [name for name in self.names if name != self.chosen_name]
        return words == self.whose.sub or _plain(words) in map(_plain, (*told, *self.addresses))

    def holds(self, words: str) -> bool:
        """Tell whether what somebody is called holds this, or nearly so."""
        return any(folded(words) in folded(one) for one in (*self.names, *self.addresses))


def _plain(words: str) -> str:
    """Write words as they are compared where the wrong person must not be hit: a point or a mark makes another."""
    return unicodedata.normalize("NFKC", " ".join(words.split())).casefold()


def look_for(words: str, issuer: str | None) -> Sequence[Candidate]:
    """Give those who are called exactly so; where there are none, those whose name or address holds the words."""
    known = list(_everybody(issuer))
    exactly = [one for one in known if one.is_called(words)]
    return exactly or [one for one in known if one.holds(words)]


def by_account(issuer: str, sub: str) -> Candidate | None:
    """Give whose account of a site this is."""
    return next((one for one in _everybody(issuer) if one.whose.sub == sub), None)


def _everybody(issuer: str | None) -> Iterator[Candidate]:
    people = select(PersonRow, SiteRow.issuer).join(SiteRow, SiteRow.id == PersonRow.site_id)
    people = people.where(PersonRow.number != FORMER, _is_at(issuer))
    came, addresses = set(), _told_by_launches()
    for row, its_issuer in db.session.execute(people.order_by(PersonRow.id)):
        came.add((row.site_id, row.sub))
        whose = Whose(site_id=row.site_id, sub=row.sub, person_id=row.id)
        names = [row.name, row.chosen_name, *(one["name"] for one in row.names)]
        mailed = [row.email, *(one["email"] for one in row.names), *addresses.get(row.id, ())]
        yield replace(_candidate(whose, its_issuer, names, mailed), chosen_name=row.chosen_name)
    yield from (one for one in _only_in_rosters(issuer) if (one.whose.site_id, one.whose.sub) not in came)


def _told_by_launches() -> Mapping[int, Sequence[str | None]]:
    """Give the addresses that launches told of people, by person."""
    found: dict[int, list[str | None]] = {}
    for person_id, email in db.session.execute(select(LaunchRow.person_id, LaunchRow.email).distinct()):
        found.setdefault(person_id, []).append(email)
    return found


def _only_in_rosters(issuer: str | None) -> Iterator[Candidate]:
    listed = (
        select(CourseRow.site_id, SiteRow.issuer, MemberRow.sub, MemberRow.name)
        .join(CourseRow, CourseRow.id == MemberRow.course_id)
        .join(SiteRow, SiteRow.id == CourseRow.site_id)
        .where(_is_at(issuer))
    )
    found: dict[tuple[int, str, str], list[str | None]] = {}
    for site_id, its_issuer, sub, name in db.session.execute(listed.order_by(MemberRow.sub)):
        found.setdefault((site_id, its_issuer, sub), []).append(name)
    for (site_id, its_issuer, sub), names in found.items():
        yield _candidate(Whose(site_id=site_id, sub=sub, person_id=0), its_issuer, names, ())


def _is_at(issuer: str | None) -> ColumnElement[bool]:
    return true() if issuer is None else SiteRow.issuer == issuer


def _candidate(whose: Whose, issuer: str, names: Iterable[str | None], addresses: Iterable[str | None]) -> Candidate:
    told = [list(dict.fromkeys(one for one in some if one)) for some in (names, addresses)]
    return Candidate(whose=whose, issuer=issuer, names=told[0], addresses=told[1])
