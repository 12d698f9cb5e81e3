"""People who share an e-mail address, where a site allows it and where it doesn't."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from tests.moodle_sync.folder import run
from tests.moodle_sync.miniature import Running

HEADER: Final = "username,firstname,lastname,email"
SHARED: Final = "family@example.org"
NOTHING: Final = (0, "Nothing to do: Moodle is as it should be.\n", "")
REMARK: Final = f"is to get an account with the e-mail address {SHARED}, which others have too: Moodle makes it only"


def write(folder: Path, *names: str) -> None:
    rows = [f"{name},{name},Ruiz,{SHARED}" for name in names]
    (folder / "people.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")


class TestWhereItIsAllowed:
    """One story."""

    @pytest.fixture(autouse=True)
    def _allowed(self, running: Running) -> Iterator[None]:
        site = running.miniature.site
        before, site.settings = site.settings, replace(site.settings, shared_addresses=True)
        yield
        site.settings = before

    def test_everybody_gets_an_account_of_their_own(self, there: Path, running: Running) -> None:
        write(there, "ana", "ben")

        planned = run(there, "plan", token=running.token)
        code, out, _ = run(there, "apply", "--yes", token=running.token)

        assert planned[0] == 0
        assert [line.partition(REMARK)[0] for line in planned[2].splitlines()] == [
            "Worth a look: person ana: ",
            "Worth a look: person ben: ",
        ]
        assert (code, "new accounts: 2" in out) == (0, True)

    def test_then_they_are_known_and_nothing_is_said(self, there: Path, running: Running) -> None:
        assert run(there, "plan", token=running.token) == NOTHING

    def test_a_third_one_is_no_conflict(self, there: Path, running: Running) -> None:
        write(there, "ana", "ben", "cy")

        assert run(there, "apply", "--yes", token=running.token)[0] == 0
        assert run(there, "plan", token=running.token) == NOTHING


class TestWhereItIsNot:
    """The first one gets an account, and the others are told."""

    def test_moodle_refuses_the_second_account_and_what_may_be_wrong_is_told(
        self, there: Path, running: Running
    ) -> None:
        write(there, "ana", "ben")

        code, _, err = run(there, "apply", "--yes", token=running.token)

        assert code == 3
        assert f"person ben: {REMARK}" in err
        assert f'email "{SHARED}" (taken, or none that Moodle takes)' in err
