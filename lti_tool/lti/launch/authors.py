"""Who can write each claim that the tool keeps or acts on, and what the claim may decide therefore.

A message is signed whole, and yet not all of it is the platform's word: Moodle puts in what an administrator, a teacher
or the person typed, and what a browser carried. A claim is read by the least of those who can write it. What a teacher
or a browser can write names nobody, sends nothing anywhere by itself, and opens nothing, with one exception: a teacher
says who is in which of the groups of the teacher's own course, as they do in Moodle.

Tried on Moodle 4.5 and 5.1: where a service is switched off for a tool, a teacher's custom parameter of the right name
becomes its claim (`lineitem_url`, `lineitems_url`, `gradebookservices_scope`, `context_memberships_url`); the line item
is made of a number in `lti_message_hint`, and a review's person of one in the address, both of which browsers carry.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Author(StrEnum):
    """Who can make a claim say something else, from the most to the least trusted."""

    PLATFORM = "platform"
    ADMINISTRATOR = "administrator"
    TEACHER = "teacher"
    """Of the course that the message comes from."""
    PERSON = "person"
    """Who launches, in their own account's settings."""
    BROWSER = "browser"
    """Whoever launches, by changing what their browser carries."""


class Decision(StrEnum):
    """What a claim may decide."""

    PROOF = "proof"
    """Whether the message counts: a wrong value can only keep it out."""
    IDENTITY = "identity"
    """Who comes, and to which course and place in it."""
    RIGHTS = "rights"
    REACH = "reach"
    """Where something is sent, among the registration's origins."""
    CHOICE = "choice"
    """Which of the things is shown that the person may see anyway."""
    GROUP = "group"
    """Which of the course's groups somebody is in: whose words of this course they read, and write beside."""
    HINT = "hint"
    """A reason to ask the platform itself, at its own origins; its answer counts, and must name the course or link."""
    VIEW = "view"
    """Language and clock."""
    WORDS = "words"
    """Text that is shown as text."""


_ANY = frozenset(Decision)
MAY_DECIDE: Mapping[Author, Set[Decision]] = MappingProxyType(
    {
        Author.PLATFORM: _ANY,
        Author.ADMINISTRATOR: _ANY,
        Author.TEACHER: frozenset(
            {Decision.PROOF, Decision.CHOICE, Decision.GROUP, Decision.HINT, Decision.VIEW, Decision.WORDS}
        ),
        Author.PERSON: frozenset({Decision.VIEW, Decision.WORDS}),
        Author.BROWSER: frozenset({Decision.CHOICE, Decision.HINT}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A row: the least trusted of those who can write a claim, what it decides, and what that means here."""

    author: Author
    decides: Decision
    means: str


def _row(author: Author, decides: Decision, means: str) -> Claim:
    return Claim(author=author, decides=decides, means=means)


_PLATFORM, _TEACHER, _PERSON, _BROWSER = Author.PLATFORM, Author.TEACHER, Author.PERSON, Author.BROWSER

CLAIMS: Mapping[str, Claim] = MappingProxyType(
    {
        "iss": _row(_PLATFORM, Decision.PROOF, "must be the login's"),
        "aud": _row(_PLATFORM, Decision.PROOF, "must hold the login's client id"),
        "azp": _row(_PLATFORM, Decision.PROOF, "must be the login's client id, where it is said"),
        "exp": _row(_PLATFORM, Decision.PROOF, "ends the message"),
        "iat": _row(_PLATFORM, Decision.PROOF, "must be of now"),
        "nbf": _row(_PLATFORM, Decision.PROOF, "begins the message"),
        "nonce": _row(_PLATFORM, Decision.PROOF, "must be the login's"),
        "version": _row(_PLATFORM, Decision.PROOF, "must be ours"),
        "target_link_uri": _row(_TEACHER, Decision.PROOF, "must be the login's; the activity's own tool URL"),
        "deployment_id": _row(_PLATFORM, Decision.IDENTITY, "the deployment, which must be approved"),
        "sub": _row(_PLATFORM, Decision.IDENTITY, "the person, within the site"),
        "roles": _row(_PLATFORM, Decision.RIGHTS, "trainer or trainee of this course"),
        "context.id": _row(_PLATFORM, Decision.IDENTITY, "the course, within the site"),
        "resource_link.id": _row(_PLATFORM, Decision.IDENTITY, "the activity's place, within the course"),
        "name": _row(_PERSON, Decision.WORDS, "how the person is called; nobody is found by it"),
        "email": _row(_PERSON, Decision.WORDS, "kept for mail that they want; nobody is found by it"),
        "context.title": _row(_TEACHER, Decision.WORDS, "how the course is called"),
        "resource_link.title": _row(_TEACHER, Decision.WORDS, "how the activity is called"),
        "message": _row(_BROWSER, Decision.CHOICE, "which page opens; each looks at the role itself"),
        "for_user.user_id": _row(_BROWSER, Decision.CHOICE, "whose work in this course a trainer sees first"),
        "presentation.locale": _row(_PERSON, Decision.VIEW, "the language of pages"),
        "presentation.return_url": _row(_PLATFORM, Decision.REACH, "where the course is"),
        "endpoint.scope": _row(_TEACHER, Decision.HINT, "which rights to grades a token is asked for"),
        "endpoint.lineitems": _row(_TEACHER, Decision.HINT, "where line items are asked for"),
        "endpoint.lineitem": _row(_BROWSER, Decision.HINT, "when line items are asked for"),
        "roster.context_memberships_url": _row(_TEACHER, Decision.HINT, "where the roster is asked for"),
        "roster.service_versions": _row(_TEACHER, Decision.HINT, "whether the roster is asked for"),
        "deep_linking.deep_link_return_url": _row(_PLATFORM, Decision.REACH, "where a choice is posted"),
        "deep_linking.accept_types": _row(_PLATFORM, Decision.PROOF, "must hold what we offer"),
        "deep_linking.accept_multiple": _row(_PLATFORM, Decision.CHOICE, "one or several at once"),
        "deep_linking.data": _row(_PLATFORM, Decision.WORDS, "given back as it came, to the platform alone"),
        "custom.activity": _row(_TEACHER, Decision.CHOICE, "what the place opens, in the teacher's own course"),
        # Who can write this parameter can put the same people into the course's groups in Moodle too, and reads what
        # all of them write. A number means a group of the message's own course, so that it opens nothing of another.
        "custom.group_ids": _row(_TEACHER, Decision.GROUP, "which of the course's groups the person is in"),
        "custom.timezone": _row(_TEACHER, Decision.VIEW, "the person's clock"),
        "custom.context_history": _row(
            _TEACHER,
            Decision.CHOICE,
            "which course of the site a copy begins as, in how exercises are done; and whose card of public contacts "
            "its trainers are offered to check; opens none",
        ),
    }
)
"""By the claim's place in `UnverifiedClaims`. What has no row isn't read: of `custom` the verifier drops the rest."""
