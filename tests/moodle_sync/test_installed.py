"""Languages and ways to log in that a site doesn't have: they are told before anything is written."""

from pathlib import Path
from typing import Final

from tests.moodle_sync.folder import run
from tests.moodle_sync.miniature import Running

STRINGS: Final = "core_get_component_strings"
LESS: Final = "d" * 32
"""A token whose service is older than this release."""
HEADER: Final = "username,firstname,lastname,email,lang,auth"


def write(folder: Path, *rows: tuple[str, str, str]) -> None:
    lines = [f"{name},{name},Ruiz,{name}@example.org,{lang},{auth}" for name, lang, auth in rows]
    (folder / "people.csv").write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")


class TestWhatIsNotInstalled:
    """One story."""

    def test_a_plan_leaves_it_alone_and_says_where_to_install_it(self, there: Path, running: Running) -> None:
        write(
            there, ("ana", "es", "ldap"), ("ben", "xx", ""), ("cy", "xx", ""), ("dora", "", "saml"), ("eva", "en", "")
        )

        code, out, err = run(there, "plan", token=running.token)

        assert (code, "New accounts: 2\n" in out) == (1, True)
        assert err == (
            "Left alone: auth saml: isn't installed, and the source gives it to dora: no account is made with it, and "
            "none gets it; see Site administration > Plugins > Authentication > Manage authentication, or correct the "
            "source\n"
            "Left alone: lang xx: isn't installed, and the source gives it to ben, cy: no account is made with it, and "
            "none gets it; install it under Site administration > General > Language > Language packs, or correct the "
            "source\n"
        )

    def test_apply_does_the_rest_and_moodle_refuses_nothing(self, there: Path, running: Running) -> None:
        code, _, err = run(there, "apply", "--yes", token=running.token)

        assert (code, "refused" in err, "invalidparameter" in err) == (3, False, False)

    def test_whoever_is_there_gets_the_rest(self, there: Path, running: Running) -> None:
        write(there, ("ana", "xx", "oauth2"), ("eva", "", ""))

        _, out, err = run(there, "plan", token=running.token)

        assert 'person ana: auth from "ldap" to "oauth2"\n' in out
        assert err.startswith("Left alone: lang xx: isn't installed, and the source gives it to ana: ")

    def test_a_service_that_can_not_be_asked_is_told_and_the_check_left_out(
        self, there: Path, running: Running
    ) -> None:
        running.miniature.give_token(LESS, without=STRINGS)
        write(there, ("ana", "es", "ldap"), ("eva", "", ""), ("fay", "xx", ""))

        planned = run(there, "plan", token=LESS)
        applied = run(there, "apply", "--yes", token=LESS)

        assert planned[0] == 0
        assert planned[2].startswith(
            f"Worth a look: function {STRINGS}: isn't in the token's service, so nobody looked"
        )
        assert applied[0] == 3
        assert "(invalidparameter); look at " in applied[2]
        assert 'lang "xx" (its pack isn\'t installed)' in applied[2]

    def test_the_doctor_says_where_to_add_it_and_that_it_may_be_lacking(self, there: Path, running: Running) -> None:
        token = "e" * 32
        running.miniature.give_token(token, without=STRINGS)

        _, out, _ = run(there, "doctor", token=token)

        assert f"--  The token's service lacks {STRINGS}: its check is left out. Add it in Site administration" in out
        assert "functions that are needed." in out
