"""`moodle-sync export`: what it prints, where it writes, and what it needs."""

from pathlib import Path

import pytest

from tests.moodle_sync.exporting.moving import Furnished, files_in
from tests.moodle_sync.folder import UNKNOWN, run
from tests.moodle_sync.miniature import Running
from tests.spec.sync import NOTHING

TOLD = """\
Written into out: categories: 1, courses: 1, people: 1, cohorts: 0.
Not carried: passwords, and the dates of enrolments, which Moodle tells nobody (1): ana
"""


@pytest.fixture(scope="class")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder without a configuration."""
    return tmp_path_factory.mktemp("place")


class TestExport:
    """Each test begins where the one before ended."""

    def test_a_site_that_is_named_needs_no_configuration(self, place: Path, running: Running) -> None:
        site = Furnished(running.miniature)
        course = site.course("BASICS", site.category("All", "all"), "First", startdate=1_790_035_200)
        site.enrol(course, site.person("ana"), "student")

        code, out, err = run(place, "export", "out", "--site", running.url, token=running.token)

        assert (code, out, err) == (0, TOLD, "")
        assert sorted(files_in(place / "out")) == [
            "content/curriculum/basics/course.yaml",
            "content/curriculum/basics/en.yaml",
            "moodle-sync.toml",
            "people.csv",
        ]

    def test_the_other_commands_take_the_folder_as_it_is(self, place: Path, running: Running) -> None:
        validated = run(place / "out", "validate")
        planned = run(place / "out", "plan", token=running.token)

        assert validated == (0, "No mistakes. Courses: 1, people: 1, groups: 0.\n", "")
        assert planned == (0, NOTHING, "")

    def test_nothing_is_written_over_what_is_there(self, place: Path, running: Running) -> None:
        before = files_in(place / "out")

        code, out, err = run(place, "export", "out", "--site", running.url, token=running.token)

        assert (code, out) == (1, "")
        assert err == (
            "Error: out: is there already, and isn't written over: name a folder that isn't there yet; "
            "nothing was written\n"
        )
        assert files_in(place / "out") == before

    def test_the_configuration_needs_no_more_than_the_site(self, place: Path, running: Running) -> None:
        (place / "moodle-sync.toml").write_text(
            f'site = "{running.url}"\ntimezone = "Europe/Athens"\npeople = 7\n', encoding="utf-8"
        )

        code, _, err = run(place, "export", "athens", "--course", "BASICS", token=running.token)

        assert (code, err) == (0, "")
        assert "starts = 2026-09-22T03:00:00+03:00\n" in files_in(place / "athens")["moodle-sync.toml"]

    def test_what_was_left_out_is_an_exit_code_of_its_own(self, place: Path, running: Running) -> None:
        Furnished(running.miniature).cohort("", 3, name="Agents")

        code, out, err = run(place, "export", "partly", token=running.token)

        assert (code, out) == (1, TOLD.replace("out", "partly", 1))
        assert err.startswith("Left out: cohort Agents: it has no ID number: give it an ID number in Moodle: ")

    def test_an_address_that_is_none_is_said_before_anything_is_asked(self, place: Path) -> None:
        code, out, err = run(place, "export", "other", "--site", "http://example.org", token=UNKNOWN)

        assert (code, out) == (1, "")
        assert err.startswith("--site: http://example.org: must begin with https://")

    def test_the_token_of_a_configuration_goes_to_no_other_site(self, place: Path, running: Running) -> None:
        (place / "moodle-sync.toml").write_text(f'site = "{running.url}"\ntoken_file = "token"\n', encoding="utf-8")
        (place / "token").write_text(running.token)
        (place / "token").chmod(0o600)

        code, _, err = run(place, "export", "other", "--site", running.url, token="")

        assert code == 1
        assert "MOODLE_TOKEN: is not set" in err

    def test_an_account_that_may_see_nobody_is_told_so(self, place: Path, running: Running) -> None:
        owner = running.miniature.add_account("blind", rights="webservice/rest:use moodle/course:view")
        running.miniature.give_token("8" * 32, owner=owner)

        code, out, _ = run(place, "export", "other", token="8" * 32)

        assert (code, out) == (4, "")
        assert not (place / "other").exists()
        assert not [path for path in place.iterdir() if ".other" in path.name]
