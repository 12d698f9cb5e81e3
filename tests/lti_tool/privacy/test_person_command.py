"""`lti-tool person`: whom it finds, what it writes, and what it says before it erases."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from flask import Flask

from lti_tool.database import db
from lti_tool.lti.platform.roster import Member
from lti_tool.lti.roles import Role
from lti_tool.privacy.commands import person
from lti_tool.roster import store as roster
from lti_tool.roster.tables import RosterRow
from tests.lti_tool.community.talking import member, post, reply
from tests.lti_tool.entering import Client
from tests.lti_tool.privacy.somebody import ADDRESS, ISSUER, NAME, SUB, dumped, leave_something_everywhere, traces
from tests.lti_tool.privacy.somebody import enter as enter_zoe

Enter = Callable[..., Client]
ACCOUNT = (SUB, "--site", ISSUER)
LISTED = f"{SUB}\t{ISSUER}\t{NAME}\t{ADDRESS}\tcame\n"


def run(app: Flask, *words: str, typed: str = "") -> tuple[int, str, str]:
    """Run the command."""
    done = CliRunner().invoke(person, words, obj=lambda: app, input=typed)
    return done.exit_code, done.stdout, done.stderr


def put_in_a_roster(app: Flask, course_id: int, name: str) -> None:
    with app.app_context():
        db.session.add(RosterRow(course_id=course_id))
        db.session.flush()
        roster.put(course_id, [Member(sub="never-here", name=name, role=Role.TRAINEE)])
        db.session.commit()


# Finding


@pytest.mark.parametrize("who", [SUB, NAME, "zoe erasmia", ADDRESS, "Erasmia", "example.org"])
def test_a_person_is_found_by_number_name_or_address(app: Flask, who: str) -> None:
    enter_zoe(app)
    enter_zoe(app, sub="another", name="Ben", email="ben@elsewhere.net")

    assert run(app, "find", who) == (0, LISTED, "")


def test_of_another_site_nobody_is_found(app: Flask) -> None:
    enter_zoe(app)

    code, out, err = run(app, "find", NAME, "--site", "https://elsewhere.net")

    assert (code, out) == (1, "")
    assert err == f"Error: Nobody is known here as {NAME}: either they never were, or they are erased.\n"


def test_whom_only_a_list_of_participants_names_is_found(app: Flask) -> None:
    course_id = enter_zoe(app).course_id
    put_in_a_roster(app, course_id, "Nora Listed")

    assert run(app, "find", "nora") == (0, f"never-here\t{ISSUER}\tNora Listed\t-\tlisted\n", "")


# A copy


def test_a_copy_is_written_for_the_administrator_alone(app: Flask, tmp_path: Path) -> None:
    leave_something_everywhere(app)
    file = tmp_path / "zoe.zip"

    code, out, err = run(app, "export", ADDRESS, "--to", str(file))

    assert (code, err) == (0, "")
    told = f"{NAME} (number {SUB} at {ISSUER})"
    assert out == f"Written: {file}, for {told}. Only you can read it; send it to nobody but them.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with ZipFile(file) as archive:
        said = json.loads(archive.read("kept.json"))
        assert said["account"]["items"][0]["email"] == ADDRESS
        assert ADDRESS in [launch["email"] for launch in said["launches"]["items"]]
        assert {name.split("/")[0] for name in archive.namelist()} == {"kept.json", "files", "photos"}


def test_several_are_listed_and_nothing_is_written(app: Flask, tmp_path: Path) -> None:
    enter_zoe(app)
    enter_zoe(app, sub="another", email=None)

    code, out, err = run(app, "export", NAME, "--to", str(tmp_path / "zoe.zip"))

    assert (code, out) == (1, "")
    listed = f"{LISTED}another\t{ISSUER}\t{NAME}\t-\tcame\n"
    assert err == f"Error: Nothing was done. Name one of these by number and --site:\n{listed}"
    assert not list(tmp_path.iterdir())


def test_part_of_a_name_is_not_enough(app: Flask, tmp_path: Path) -> None:
    enter_zoe(app)

    assert run(app, "export", "Erasmia", "--to", str(tmp_path / "zoe.zip"))[0] == 1
    assert run(app, "erase", "Erasmia", typed="y\n")[0] == 1
    assert "people" in traces(app)


@pytest.mark.parametrize(
    ("address", "asked"),
    [("zoe_erasmia@example.org", "zoe.erasmia@example.org"), ("zoe-e@example.org", "zoee@example.org")],
)
def test_an_address_that_only_looks_alike_is_somebody_elses(
    app: Flask, tmp_path: Path, address: str, asked: str
) -> None:
    enter_zoe(app, email=address)

    assert run(app, "export", asked, "--to", str(tmp_path / "zoe.zip"))[0] == 1
    assert run(app, "erase", asked, typed="y\n")[0] == 1
    assert run(app, "export", address.upper(), "--to", str(tmp_path / "zoe.zip"))[0] == 0


def test_a_name_with_other_marks_is_somebody_elses(app: Flask, tmp_path: Path) -> None:
    enter_zoe(app, name="Ana Peña")

    assert run(app, "export", "Ana Pena", "--to", str(tmp_path / "ana.zip"))[0] == 1
    assert run(app, "export", "ana  peña", "--to", str(tmp_path / "ana.zip"))[0] == 0


def test_whoever_chose_a_name_is_listed_and_gets_nothing_by_it(app: Flask, tmp_path: Path) -> None:
    client = enter_zoe(app, sub="8", name=None)
    assert client.post("name", name="Lina Haddad").status_code == 303

    code, out, err = run(app, "export", "Lina Haddad", "--to", str(tmp_path / "lina.zip"))

    assert (code, out) == (1, "")
    assert f"8\t{ISSUER}\tLina Haddad\t" in err
    assert not list(tmp_path.iterdir())
    assert run(app, "erase", "Lina Haddad", typed="y\n")[0] == 1


def test_a_file_that_is_there_is_left_alone(app: Flask, tmp_path: Path) -> None:
    enter_zoe(app)
    file = tmp_path / "zoe.zip"
    file.write_text("mine")

    code, _, err = run(app, "export", SUB, "--to", str(file))

    assert (code, file.read_text()) == (1, "mine")
    assert err == f"Error: {file} can't be written: File exists. Name another by --to.\n"


# The end


def test_it_says_what_goes_and_what_stays_and_asks(app: Flask, enter: Enter) -> None:
    ana = member(enter, "Ana", email="ana@example.org")
    reply(ana, post(ana))

    code, out, _ = run(app, "erase", "Ana", typed="n\n")

    assert code == 1
    assert "      1  What you posted in the community. The text stays, so that others can follow" in out
    assert "      1  Who you are, as Moodle says it: account, name, language and time zone; your e-mail address" in out
    assert "to delete them too, use --texts" in out
    assert "people" in traces_of(app, "Ana")


def traces_of(app: Flask, words: str) -> list[str]:
    return [name for name, said in dumped(app) if words in said]


def test_a_person_is_erased_once(app: Flask) -> None:
    leave_something_everywhere(app)

    first = run(app, "erase", *ACCOUNT, "--yes")
    again = run(app, "erase", *ACCOUNT, "--yes")

    assert first[0] == 0
    assert first[1].endswith("\nErased.\n")
    assert traces(app) == []
    nobody = f"Error: Nobody is known here as {SUB}: either they never were, or they are erased.\n"
    assert again == (1, "", nobody)


def test_it_says_where_others_still_name_them(app: Flask, enter: Enter) -> None:
    ana, ben = member(enter, "Ana Zoé"), member(enter, "Ben")
    reply(ben, post(ana), "I agree with Ana Zoé.")

    out = run(app, "erase", "Ana Zoé", typed="y\n")[1]

    still = "Their name or address still stands in what was written: replies, 1 times. Look at it.\n"
    assert out.endswith(f"Erased.\n{still}")


def test_without_a_question_only_an_account_of_a_site_is_erased(app: Flask) -> None:
    enter_zoe(app)

    assert run(app, "erase", NAME, "--yes")[0] == 2
    assert run(app, "erase", NAME, "--site", ISSUER, "--yes")[0] == 1
    assert "people" in traces(app)


def test_whom_only_a_list_names_is_erased_too(app: Flask) -> None:
    course_id = enter_zoe(app).course_id
    put_in_a_roster(app, course_id, "Nora Listed")

    run(app, "erase", "never-here", "--site", ISSUER, "--yes")

    assert traces_of(app, "Nora") == []
    assert "people" in traces(app)
