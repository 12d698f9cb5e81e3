"""Who is who, and what can't be told."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from moodle_sync.site.identity import Account, Protection, by_email_only, identify
from moodle_sync.things.account import Person

ANA = Person(username="ana", firstname="Ana", lastname="Ruiz", email="ana@example.org", idnumber="p1")
NOBODY = Protection()


@pytest.mark.parametrize(
    ("case", "account"),
    [
        ("by idnumber", Account(id=7, username="aruiz", email="old@example.org", idnumber="p1")),
        ("by username", Account(id=7, username="ana", email="old@example.org")),
        ("by address, whatever its capitals", Account(id=7, username="aruiz", email="ANA@example.org")),
        ("by an idnumber with spaces around it", Account(id=7, username="aruiz", idnumber=" p1 ")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_person_is_found(case: str, account: Account) -> None:
    found = identify({"ana": ANA}, [account], NOBODY)

    assert found.accounts == {"ana": account}, case
    assert found.conflicts == ()


@pytest.mark.parametrize(
    ("case", "account", "only"),
    [
        ("nothing else is the same", Account(id=7, username="aruiz", email="ana@example.org"), True),
        ("the username too", Account(id=7, username="ana", email="ana@example.org"), False),
        ("the idnumber too", Account(id=7, username="aruiz", email="ana@example.org", idnumber=" P1"), False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_is_found_by_the_address_only(case: str, account: Account, *, only: bool) -> None:
    assert by_email_only(ANA, account) is only, case


def test_two_empty_idnumbers_are_not_the_same() -> None:
    account = Account(id=7, username="aruiz", email="ana@example.org")

    assert by_email_only(replace(ANA, idnumber=None), account)
    assert by_email_only(replace(ANA, idnumber=""), account)


def test_who_has_no_account_is_no_conflict() -> None:
    found = identify({"ana": ANA}, [Account(id=8, username="sami")], NOBODY)

    assert (found.accounts, found.conflicts) == ({}, ())


@pytest.mark.parametrize(
    ("case", "accounts", "words"),
    [
        (
            "two accounts answer to one person",
            [Account(id=7, username="ana"), Account(id=8, username="x", email="ana@example.org")],
            "belong to different accounts: ana (id 7), x (id 8)",
        ),
        (
            "the username is somebody else's",
            [Account(id=7, username="ana", idnumber="p99")],
            "whose idnumber is p99",
        ),
        (
            "the idnumber differs in capitals only",
            [Account(id=7, username="aruiz", email="old@example.org", idnumber="P1")],
            "is the account aruiz, whose idnumber is P1",
        ),
        ("an administrator's", [Account(id=7, username="boss", idnumber="p1")], "is protected"),
        ("the guest's", [Account(id=1, username="guest", email="ana@example.org")], "is protected"),
        ("the token's owner's", [Account(id=5, username="ana")], "is protected"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_clash_is_left_alone(case: str, accounts: list[Account], words: str) -> None:
    found = identify({"ana": ANA}, accounts, Protection(usernames=frozenset({"boss"}), owner=5))

    assert found.accounts == {}, case
    assert len(found.conflicts) == 1
    assert words in found.conflicts[0].message


@pytest.mark.parametrize(
    ("case", "account"),
    [
        ("another idnumber", lambda key, number: Account(id=number, username=key, idnumber=f"p{number}")),
        ("protected", lambda key, number: Account(id=number, username=f"boss{number}", email=f"{key}@example.org")),
    ],
)
def test_people_with_the_same_clash_have_that_in_common(case: str, account: Callable[[str, int], Account]) -> None:
    people = {key: Person(username=key, email=f"{key}@example.org", idnumber=f"id-{key}") for key in ("ana", "ben")}
    guarded = Protection(usernames=frozenset({"boss7", "boss8"}))

    found = identify(people, [account("ana", 7), account("ben", 8)], guarded)

    assert [conflict.cause for conflict in found.conflicts] == [case, case]
    assert len({conflict.message for conflict in found.conflicts}) == 2


SHARED = "family@example.org"
BEN = Person(username="ben", firstname="Ben", lastname="Ruiz", email=SHARED)
CY = Person(username="cy", firstname="Cy", lastname="Ruiz", email=SHARED)


@pytest.mark.parametrize(
    ("case", "people", "accounts", "expected"),
    [
        (
            "all are known by username",
            [BEN, CY],
            [Account(id=7, username="ben", email=SHARED), Account(id=8, username="cy", email=SHARED)],
            {"ben": 7, "cy": 8},
        ),
        (
            "others, whom the source doesn't name, have it too",
            [BEN],
            [Account(id=7, username="ben", email=SHARED), Account(id=8, username="mother", email=SHARED)],
            {"ben": 7},
        ),
        (
            "who is known by idnumber gets it",
            [replace(BEN, idnumber="p2")],
            [Account(id=7, username="b", idnumber="p2"), Account(id=8, username="mother", email=SHARED)],
            {"ben": 7},
        ),
        (
            "who is known by username gets it from somebody whom the source names",
            [BEN, CY],
            [Account(id=7, username="ben"), Account(id=8, username="cy", email=SHARED)],
            {"ben": 7, "cy": 8},
        ),
        (
            "the account is somebody else's in the source",
            [BEN, CY],
            [Account(id=8, username="cy", email=SHARED)],
            {"cy": 8},
        ),
        ("both are new", [BEN, CY], [], {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_people_may_share_an_address(
    case: str, people: list[Person], accounts: list[Account], expected: dict[str, int]
) -> None:
    found = identify({person.username: person for person in people}, accounts, NOBODY)

    assert ({key: account.id for key, account in found.accounts.items()}, found.conflicts) == (expected, ()), case


@pytest.mark.parametrize(
    ("case", "people", "accounts", "words"),
    [
        (
            "several accounts have the address",
            [BEN],
            [Account(id=7, username="mother", email=SHARED), Account(id=8, username="father", email=SHARED)],
            "its e-mail address is that of several accounts: mother (id 7), father (id 8)",
        ),
        (
            "several people in the source have it",
            [BEN, CY],
            [Account(id=7, username="mother", email=SHARED)],
            "is the account mother, and so is somebody else in the file",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_is_found_by_the_address_only_must_be_the_only_one_with_it(
    case: str, people: list[Person], accounts: list[Account], words: str
) -> None:
    found = identify({person.username: person for person in people}, accounts, NOBODY)

    assert found.accounts == {}, case
    assert all(words in conflict.message for conflict in found.conflicts)
    assert len(found.conflicts) == len(people)


def test_one_account_is_not_two_people() -> None:
    other = Person(username="aruiz", firstname="A", lastname="R", email="other@example.org")
    account = Account(id=7, username="aruiz", idnumber="p1")

    found = identify({"ana": ANA, "aruiz": other}, [account], NOBODY)

    assert found.accounts == {}
    assert [conflict.key for conflict in found.conflicts] == ["ana", "aruiz"]


def test_nobody_is_made_of_half_a_row() -> None:
    found = identify({"ana": Person(username="ana", firstname="Ana")}, [], NOBODY)

    assert found.conflicts[0].message == "has no account, and the file has no lastname, email to make one"
