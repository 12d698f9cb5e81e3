"""What is read of the site for one batch: each thing once, and no more than the batch is about."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count

from moodle_sync.actions import Action, ChangePerson, CreatePerson
from moodle_sync.errors import NotAllowed
from moodle_sync.sameness import folded, same
from moodle_sync.site.reading import read_sections
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.course import COURSES
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.ids import Ids
from moodle_sync.things.person import PEOPLE
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import (
    GET_CATEGORIES,
    GET_COHORT_MEMBERS,
    GET_COURSES,
    GET_ENROLLED,
    GET_GROUPS,
    GET_MEMBERS,
    GET_USERS,
    SEARCH_COHORTS,
)
from moodle_sync.webservice.replies import CourseReply, SectionReply, UserReply

AT_ONCE = 200
"""Accounts asked for in one request."""
PAGE = 500
"""Participants asked for in one request."""


class Looking:
    """The site as the actions of one batch need it; `now` is in seconds since 1970.

    KeyError where our key has no number: then nothing can have been sent about it.
    """

    def __init__(self, client: Client, ids: Ids, now: float, actions: Sequence[Action]) -> None:
        self.ids = ids
        self.now = now
        self._client = client
        self._actions = actions
        self.categories = cache(self._categories)
        self.course = cache(self._course)
        self.sections = cache(self._sections)
        self.usernames = cache(self._usernames)
        self.accounts = cache(self._accounts)
        self.inside = cache(self._inside)
        self.active = cache(self._active)
        self.groups = cache(self._groups)
        self.members = cache(self._members)
        self.cohort_members = cache(self._cohort_members)

    def roles(self, course: str, person: str) -> frozenset[str]:
        """Give the roles that somebody has in a course."""
        return self.inside(course).get(self.ids[PEOPLE][person], frozenset())

    def cohort(self, idnumber: str) -> int | None:
        """Give the number of a cohort of the whole site."""
        whole_site: dict[str, Value] = {"contextlevel": "system"}
        found = self._client.call(SEARCH_COHORTS, query=idnumber, context=whole_site, limitnum=0)
        return next((reply.id for reply in found.cohorts if same(reply.idnumber) == idnumber), None)

    def _categories(self) -> dict[str, int]:
        return {same(reply.idnumber): reply.id for reply in self._client.call(GET_CATEGORIES) if reply.idnumber}

    def _course(self, name: str, value: str | int) -> CourseReply | None:
        courses = self._client.call(GET_COURSES, field=name, value=value).courses
        return courses[0] if courses else None

    def _sections(self, course: str) -> tuple[SectionReply, ...]:
        return read_sections(self._client, self.ids[COURSES][course])

    def _usernames(self) -> dict[str, int]:
        """Give the numbers of all accounts that the batch makes."""
        names = [folded(action.person.username) for action in self._actions if isinstance(action, CreatePerson)]
        return {user.username: user.id for user in self._users("username", names)}

    def _accounts(self) -> dict[int, UserReply]:
        """Give all accounts that the batch changes."""
        people = [action.person for action in self._actions if isinstance(action, ChangePerson)]
        numbers = [self.ids[PEOPLE][person] for person in people if person in self.ids[PEOPLE]]
        return {user.id: user for user in self._users("id", numbers)}

    def _users(self, name: str, values: Sequence[str | int]) -> Iterator[UserReply]:
        for start in range(0, len(values), AT_ONCE):
            yield from self._client.call(GET_USERS, field=name, values=values[start : start + AT_ONCE])

    def _inside(self, course: str) -> dict[int, frozenset[str]]:
        users = self._participants(course, {"userfields": "id,roles"})
        return {user.id: frozenset(role.shortname for role in user.roles) for user in users}

    def _active(self, course: str) -> frozenset[int] | None:
        """Give those whose enrolment counts now; None if the token may not know."""
        try:
            return frozenset(user.id for user in self._participants(course, {"userfields": "id", "onlyactive": 1}))
        except NotAllowed:
            return None

    def _participants(self, course: str, options: dict[str, str | int]) -> Iterator[UserReply]:
        """Read page by page; only an empty page is the end."""
        number = self.ids[COURSES][course]
        for page in count():
            paged = {**options, "limitfrom": page * PAGE, "limitnumber": PAGE, "sortby": "id"}
            rows: list[Value] = [{"name": name, "value": value} for name, value in paged.items()]
            users = self._client.call(GET_ENROLLED, courseid=number, options=rows)
            yield from users
            if not users:
                return

    def _groups(self, course: str) -> dict[str, int]:
        groups = self._client.call(GET_GROUPS, courseid=self.ids[COURSES][course])
        return {same(group.name): group.id for group in groups}

    def _members(self, group: Group) -> frozenset[int]:
        replies = self._client.call(GET_MEMBERS, groupids=[self.ids[GROUPS][group]])
        return frozenset(user for reply in replies for user in reply.userids)

    def _cohort_members(self, idnumber: str) -> frozenset[int]:
        replies = self._client.call(GET_COHORT_MEMBERS, cohortids=[self.ids[COHORTS][idnumber]])
        return frozenset(user for reply in replies for user in reply.userids)
