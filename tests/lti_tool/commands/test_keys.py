"""`lti-tool keys` lists and rotates the tool's keys, with nothing private in what it prints."""

import re

from tests.lti_tool.commands.conftest import Shell

MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"
KID = "[0-9a-f]{32}"
ACTIVE_AND_NEXT = rf"({KID})\tactive\t{MOMENT}\t-\n({KID})\tnext\t{MOMENT}\t-\n"


def test_keys_are_listed_with_nothing_private(migrated: Shell) -> None:
    code, output, errors = migrated.run("keys", "list")

    assert (code, errors) == (0, "")
    assert re.fullmatch(ACTIVE_AND_NEXT, output)


def test_a_next_key_that_is_young_is_not_rotated_in(migrated: Shell) -> None:
    before = migrated.run("keys", "list")

    code, output, errors = migrated.run("keys", "rotate")

    assert (code, output) == (1, "")
    assert re.fullmatch(
        rf"Error: Platforms that keep our key set may not know the next key before {MOMENT}\. "
        r"Rotate then, or with --now, at the risk that they refuse us for a while\.\n",
        errors,
    )
    assert migrated.run("keys", "list") == before


def test_keys_rotate_at_once_where_that_is_wanted(migrated: Shell) -> None:
    before = re.fullmatch(ACTIVE_AND_NEXT, migrated.run("keys", "list")[1])
    assert before

    code, output, errors = migrated.run("keys", "rotate", "--now")

    after = re.fullmatch(rf"{ACTIVE_AND_NEXT}({KID})\tretiring\t{MOMENT}\t{MOMENT}\n", output)
    assert (code, errors) == (0, "")
    assert after
    assert (after[1], after[3]) == (before[2], before[1])
    assert migrated.run("keys", "list") == (0, output, "")


def test_every_key_is_replaced_where_the_passphrase_is_lost(migrated: Shell) -> None:
    before = re.fullmatch(ACTIVE_AND_NEXT, migrated.run("keys", "list")[1])
    assert before

    code, output, errors = migrated.run("keys", "rotate", "--revoke", KEYS_PASSPHRASE="another passphrase")

    after = re.fullmatch(ACTIVE_AND_NEXT, output)
    assert (code, errors) == (0, "")
    assert after
    assert set(before.groups()).isdisjoint(after.groups())
    assert migrated.run("migrate", KEYS_PASSPHRASE="another passphrase")[0] == 0
