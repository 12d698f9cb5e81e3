"""Who is in which group."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.things.action import Action, Looking, Loss, Making, Name, Scope, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.described_group import DESCRIBED
from moodle_sync.things.finding import Conflict, Drift
from moodle_sync.things.group import GROUPS, Group, group_of, named, renamed
from moodle_sync.things.kind import Kind
from moodle_sync.things.page import Line, Page
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.place import OfPlace
from moodle_sync.things.role import ROLES, by_place, is_compared, is_read, left_the_course
from moodle_sync.things.state import Managed, Place, State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import ADD_MEMBERS, GET_MEMBERS, REMOVE_MEMBERS


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Membership:
    """A person in a group."""

    group: Group
    person: str

    @property
    def place(self) -> Place:
        """Give course and person."""
        return self.group.course, self.person


MEMBERSHIPS: Final[Kind[Membership, frozenset[Membership]]] = Kind("group member", frozenset())


class OfMembership(OfPlace):
    """An action that concerns a person in a group."""

    __slots__ = ()
    membership: Membership

    def place(self) -> Place:
        """Give course and person."""
        return self.membership.place

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        membership = self.membership
        return {"groupid": making.ids[GROUPS][membership.group], "userid": making.ids[PEOPLE][membership.person]}

    def names(self) -> tuple[Name, ...]:
        """Name the group, the course and the person."""
        course, person = self.place()
        return named(self.membership.group), ("course", course), ("person", person)


@dataclass(frozen=True, slots=True)
class AddMember(OfMembership):
    """Put somebody into a group."""

    noun: ClassVar = "new group members"
    step: ClassVar = Step(ADD_MEMBERS, "members")
    together: ClassVar = True
    membership: Membership

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        group = self.membership.group
        return f'course {group.course}: put {self.membership.person} into group "{group.name}"'

    def needs(self) -> tuple[Name, ...]:
        """Give the group and the enrolment."""
        return named(self.membership.group), self.builds_on()

    def builds_on(self) -> Name:
        """Give the enrolment."""
        return "enrolment", *self.place()

    def is_done(self, looking: Looking) -> bool:
        """Tell whether they are in it."""
        return looking.ids[PEOPLE][self.membership.person] in looking.once(_members, self.membership.group)

    def keeps(self) -> Applied:
        """Say that they were put in."""
        return Applied().having(MEMBERSHIPS, frozenset({self.membership}))

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Take them out again, where nobody else put them in since a later run took them out."""
        site, group = back.sides.site, self.membership.group
        is_held = back.holds(MEMBERSHIPS, self.membership) or self.place() in back.once(_under_former_names)
        if self.membership in site[MEMBERSHIPS] and is_held:
            yield RemoveMember(self.membership)
        elif group not in site[GROUPS]:
            message = (
                f'was put into the group "{group.name}", which isn\'t there, or has another name: it is left as it is'
            )
            yield stays(("enrolment", *self.place()), message)


@dataclass(frozen=True, slots=True)
class RemoveMember(OfMembership):
    """Take somebody out of a group where the sync put or adopted them."""

    noun: ClassVar = "group members taken out"
    step: ClassVar = Step(REMOVE_MEMBERS, "members")
    takes: ClassVar = True
    membership: Membership

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        group = self.membership.group
        return f'course {group.course}: take {self.membership.person} out of group "{group.name}"'

    def loss(self, today: int) -> Scope:
        """Tell where somebody is taken out."""
        return f"course {self.membership.group.course}", Loss.GROUPS

    def is_done(self, looking: Looking) -> bool:
        """Tell whether they are in it no more."""
        return looking.ids[PEOPLE][self.membership.person] not in looking.once(_members, self.membership.group)

    def drops(self) -> Applied:
        """Say that they were taken out."""
        return Applied().having(MEMBERSHIPS, frozenset({self.membership}))

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Put them in again, where the group is still there, and they are in the course."""
        site, group = back.sides.site, self.membership.group
        if self.place() not in back.sides.inside:
            yield left_the_course(self.place(), f'was in the group "{group.name}"')
        elif group not in site[GROUPS]:
            yield stays(("enrolment", *self.place()), f'was in the group "{group.name}", which isn\'t there any more')
        elif self.membership not in site[MEMBERSHIPS]:
            yield AddMember(self.membership)


def _under_former_names(back: Back) -> frozenset[Place]:
    """Find who is held in groups that aren't there: these may have been called so before."""
    sides = back.sides
    return frozenset(one.place for one in sides.applied[MEMBERSHIPS] if one.group not in sides.site[GROUPS])


def want(sides: Comparison) -> State:
    """Leave out those who are to be in no course, and groups that are left alone."""
    inside = {enrolment.place for enrolment in sides.wanted[ROLES]}
    members = (member for member in sides.desired[MEMBERSHIPS] if member.place in inside)
    groups = sides.wanted[GROUPS]
    return State().having(MEMBERSHIPS, frozenset(member for member in members if member.group in groups))


def compare(sides: Comparison) -> Iterator[Action]:
    """Put in who is missing, and take out whom the source no longer names.

    Whoever vanished from the course stays in their groups: a suspension can be taken back.
    """
    places = sides.once(by_place)
    yield from (AddMember(member) for member in sorted(sides.wanted[MEMBERSHIPS] - sides.site[MEMBERSHIPS]))
    gone = (sides.once(_held) - sides.desired[MEMBERSHIPS]) & sides.site[MEMBERSHIPS]
    for member in sorted(gone):
        is_left = member.group in sides.desired[GROUPS] - sides.wanted[GROUPS]
        if member.place in places and sides.may_lose(Managed.GROUPS, member.place) and not is_left:
            yield RemoveMember(member)


def _held(sides: Comparison) -> frozenset[Membership]:
    """Give whom the sync put in or adopted, under what the source calls their groups now."""
    names = renamed(sides)
    return frozenset(replace(one, group=names.get(one.group, one.group)) for one in sides.applied[MEMBERSHIPS])


def adopt(sides: Comparison) -> Applied:
    """Take over who is there as wanted, and who was put in where the group had another name."""
    there = ((sides.wanted[MEMBERSHIPS] | sides.once(_held)) & sides.site[MEMBERSHIPS]) - sides.applied[MEMBERSHIPS]
    return Applied().having(MEMBERSHIPS, there)


def forget(sides: Comparison) -> Applied:
    """Let go who is neither wanted nor there."""
    gone = sides.applied[MEMBERSHIPS] - sides.desired[MEMBERSHIPS] - sides.site[MEMBERSHIPS]
    return Applied().having(MEMBERSHIPS, frozenset(member for member in gone if is_read(sides, member.place)))


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show groups that are gone, and who is in one no more that is there."""
    lost = [member for member in sides.applied[MEMBERSHIPS] - sides.site[MEMBERSHIPS] if _is_compared(sides, member)]
    gone = {member.group for member in lost} - sides.site[GROUPS]
    described = {group_of(key, one) for key, one in sides.desired[DESCRIBED].items()}
    for group in sorted(gone - described):
        line = f'course {group.course}: group "{group.name}" is gone, or called otherwise'
        yield Drift("group", f"{group.name} in {group.course}", line)
    for member in sorted(member for member in lost if member.group not in gone):
        name, course = member.group.name, member.group.course
        line = f'course {course}: {member.person} is in group "{name}" no more'
        yield Drift("group member", f"{member.person} in {name} in {course}", line)


def _is_compared(sides: Comparison, member: Membership) -> bool:
    """Tell whether a membership can be compared: who is in the course no more is told as that."""
    return is_compared(sides, member.place) and member.place in sides.inside


def managed(applied: Applied) -> Iterator[Scope]:
    """Name the courses of those whom the sync put in or adopted."""
    return ((f"course {member.group.course}", Loss.GROUPS) for member in applied[MEMBERSHIPS])


def _lines(applied: Applied) -> Iterator[Line]:
    return (((member.group.course, member.group.name, member.person), ()) for member in applied[MEMBERSHIPS])


def _holding(lines: Iterable[Line]) -> Applied:
    members = (Membership(group=Group(course=course, name=name), person=person) for (course, name, person), _ in lines)
    return Applied().having(MEMBERSHIPS, frozenset(members))


def _members(looking: Looking, group: Group) -> frozenset[int]:
    replies = looking.ask(GET_MEMBERS, groupids=[looking.ids[GROUPS][group]])
    return frozenset(user for reply in replies for user in reply.userids)


PAGE: Final = Page(table="memberships", key=("course", "name", "person"), lines=_lines, holding=_holding)
MEMBERSHIP: Final = Thing(
    name="group member",
    actions=(AddMember, RemoveMember),
    want=want,
    compare=compare,
    adopt=adopt,
    forget=forget,
    managed=managed,
    drifted=drifted,
    page=PAGE,
)
