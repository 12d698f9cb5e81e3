"""What the doctor finds, as an administrator, and as an account that lacks something."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.settings import STOCK_ROLES
from lti_tool.demo.moodle.tables import Course, Enrolment
from moodle_sync.doctor.rights import PURPOSES, needed_rights
from moodle_sync.webservice.functions import (
    COPIED,
    FILLING,
    FUNCTIONS,
    OPTIONAL,
    UPDATE_COURSES,
    UPDATE_SECTIONS,
    Named,
)
from tests.moodle_sync.folder import ANA, name_site, run, translate, write_people
from tests.moodle_sync.miniature import Running

CONFIGURATION, CURRICULUM, TEXTS = (
    "moodle-sync.toml",
    "content/curriculum/basics/course.yaml",
    "content/curriculum/basics/en.yaml",
)
FIRST, SECOND = "  - id: one\n    activities:\n      - unit: reading\n", "  - id: two\n"
FUNCTION_LIST = "Functions that the external service needs:\n" + "".join(
    f"{line}\n"
    for line in (
        *(function.name for function in FUNCTIONS),
        "Functions that it may lack, for a check each:",
        *(function.name for function in OPTIONAL),
        "",
    )
)


def findings(folder: Path, token: str) -> list[str]:
    """Run the doctor, and give its findings without the list of functions."""
    _, out, err = run(folder, "doctor", token=token)
    assert err == ""
    assert out.startswith(FUNCTION_LIST)
    return out.removeprefix(FUNCTION_LIST).splitlines()


def wrong(folder: Path, token: str) -> list[str]:
    """Give what must be mended."""
    return [line for line in findings(folder, token) if line.startswith("!!")]


def add_course(folder: Path, idnumber: str, shortname: str) -> None:
    """Let the configuration name the same course of the curriculum once more, under other names."""
    file = folder / "moodle-sync.toml"
    text = file.read_text(encoding="utf-8")
    course = text[text.index("[[courses]]") :].replace('idnumber = "basics"', f'idnumber = "{idnumber}"')
    file.write_text(f"{text}\n{course.replace('BASICS', shortname)}", encoding="utf-8")


def test_before_there_is_a_token_the_functions_are_listed_all_the_same(folder: Path) -> None:
    code, out, err = run(folder, "doctor", token="")

    assert (code, out) == (1, FUNCTION_LIST)
    assert err.startswith("MOODLE_TOKEN: is not set, and the configuration names no token_file")


class TestAsAnAdministrator:
    """Before and after the first run."""

    def test_a_site_that_is_ready_is_said_so(self, there: Path, running: Running) -> None:
        assert findings(there, running.token) == [
            "ok  Connected to A miniature of Moodle, Moodle 4.5.6 (Build: 20250811), as admin.",
            f"ok  The token's service has all {len(FUNCTIONS)} functions that are needed.",
            "ok  admin is a site administrator and may do everything.",
            "ok  Everything that was tried could be read.",
            "ok  The token's account sees other people.",
            (
                "--  A request may have 1000 variables: it works, and is faster with 5000 "
                "(max_input_vars in the server's php.ini, then Site administration > Server > Environment)."
            ),
            "ok  The role student has the number 15.",
            (
                "--  There is no journal yet: `moodle-sync apply` makes moodle-sync.journal. "
                "Until then, nothing is taken away."
            ),
        ]

    def test_the_journal_and_those_whom_it_knows_are_looked_for(self, there: Path, running: Running) -> None:
        run(there, "apply", "--yes", token=running.token)

        said = findings(there, running.token)

        assert "ok  It sees all 1 people whom the journal knows." in said
        assert said[-3] == "ok  The journal is moodle-sync.journal."
        assert said[-2].startswith("--  Runs: 1, the first of them: ")
        assert said[-1].startswith("--  Last run: ")

    def test_a_role_that_nobody_has_must_be_mended(self, there: Path, running: Running) -> None:
        write_people(there, ANA.replace("student", "editingteacher"))

        (said,) = wrong(there, running.token)

        assert said.startswith("!!  The role editingteacher: nobody in these courses has it: write its number under")

    def test_a_source_with_mistakes_is_no_reason_to_examine_nothing(self, there: Path, running: Running) -> None:
        write_people(there, ANA.replace("@", " at "))

        assert wrong(there, running.token) == [
            "!!  The files have mistakes, so courses and roles weren't tried: `moodle-sync validate` names them."
        ]

    def test_a_run_that_was_stopped_must_be_gone_on_with(self, there: Path, running: Running) -> None:
        write_people(there, ANA.replace("ana", "eva"))
        running.miniature.give_token("d" * 32, without="core_user_create_users")
        run(there, "apply", "--yes", token="d" * 32)

        (said,) = wrong(there, running.token)

        assert said.endswith("isn't finished: `moodle-sync resume` goes on with it.")


class TestAsAnotherAccount:
    """A service of its own, and only some rights."""

    def test_a_function_that_is_missing_is_named(self, there: Path, running: Running) -> None:
        running.miniature.give_token("d" * 32, without="core_user_create_users")

        said = findings(there, "d" * 32)

        assert not [line for line in said if "The role" in line]
        assert [line for line in said if line.startswith("!!")] == [
            (
                "!!  The token's service lacks core_user_create_users: add it in "
                "Site administration > Server > Web services > External services > Functions."
            )
        ]

    def test_rights_are_listed_where_they_are_not_an_administrator_s(self, there: Path, running: Running) -> None:
        everything = running.miniature.add_account("careful", rights=" ".join(needed_rights()))
        running.miniature.give_token("e" * 32, owner=everything)

        said = findings(there, "e" * 32)

        assert not [line for line in said if line.startswith("!!")]
        assert "--  careful is no site administrator. It needs these rights (" in "\n".join(said)
        assert [line.removeprefix("--    ") for line in said if line.startswith("--    ")] == [
            f"{right}: {PURPOSES[right]}" for right in needed_rights()
        ]

    def test_with_a_template_the_rights_that_it_takes_are_listed_too(self, there: Path, running: Running) -> None:
        running.miniature.give_token("a" * 32, owner=running.miniature.add_account("copier"))
        file = there / "moodle-sync.toml"
        before = file.read_text(encoding="utf-8")
        file.write_text(before + 'template = "TEMPLATE"\n', encoding="utf-8")

        _, said, _ = run(there, "doctor", token="a" * 32)
        file.write_text(before, encoding="utf-8")

        assert "--    moodle/backup:backupcourse: to copy templates\n" in said

    @pytest.mark.parametrize(
        ("lacking", "said"),
        [
            ("moodle/category:manage", "Categories by their idnumbers: core_course_get_categories: "),
            ("moodle/user:viewalldetails", "The token's account can't see other people: give it moodle/user:viewdet"),
        ],
    )
    def test_a_right_that_is_missing_shows_by_what_can_not_be_read(
        self, there: Path, running: Running, lacking: str, said: str
    ) -> None:
        rights = " ".join(right for right in needed_rights() if right != lacking)
        token = (lacking.encode().hex() + "0" * 64)[:64]
        running.miniature.give_token(token, owner=running.miniature.add_account(lacking.split(":")[1], rights=rights))

        found = wrong(there, token)

        assert found[0].startswith(f"!!  {said}")
        assert lacking in found[0]


class TestRightsToWrite:
    """What no reading shows, and the last run does: one story, where the next run does what an account couldn't."""

    def test_every_right_that_is_needed_says_what_it_is_for(self) -> None:
        assert sorted(PURPOSES) == needed_rights((*FUNCTIONS, *COPIED, *FILLING))

    @pytest.mark.parametrize(
        ("lacking", "file", "before", "after", "function"),
        [
            ("movesections", CURRICULUM, FIRST + SECOND, SECOND + FIRST, UPDATE_SECTIONS),
            (
                "sectionvisibility",
                CONFIGURATION,
                "BASICS",
                'BASICS"\nhidden = ["two"]\nformat = "topics',
                UPDATE_SECTIONS,
            ),
            ("visibility", CONFIGURATION, "hidden =", "visible = false\nhidden =", UPDATE_COURSES),
            ("setforcedlanguage", CONFIGURATION, "hidden =", 'lang = "en"\nhidden =', UPDATE_COURSES),
            ("changesummary", TEXTS, "All that one needs.", "All and more.", UPDATE_COURSES),
        ],
    )
    def test_a_right_that_the_last_run_lacked_is_named_with_where_to_tick_it(  # noqa: PLR0913, PLR0917  # a table
        self, there: Path, running: Running, lacking: str, file: str, before: str, after: str, function: Named
    ) -> None:
        run(there, "apply", "--yes", token=running.token)
        token = lacking.encode().hex()[:32].ljust(32, "0")
        rights = " ".join(right for right in needed_rights() if right != f"moodle/course:{lacking}")
        running.miniature.give_token(token, owner=running.miniature.add_account(lacking, rights=rights))
        text = (there / file).read_text(encoding="utf-8")
        (there / file).write_text(text.replace(before, after), encoding="utf-8")

        code, _, _ = run(there, "apply", "--yes", token=token)
        (said,) = [line for line in findings(there, token) if "since a right was missing" in line]

        assert code in {3, 4}
        assert said.startswith("--  It was refused 1 change, since a right was missing: ")
        assert f"(course {lacking})" in said
        assert f"{function.name} takes {', '.join(function.rights)} (Site administration > Users > " in said

    def test_once_nothing_was_refused_nothing_is_said(self, there: Path, running: Running) -> None:
        assert run(there, "apply", "--yes", token=running.token)[0] == 0

        assert not [line for line in findings(there, running.token) if "since a right was missing" in line]


class TestStockRoles:
    """A configuration that says nothing of roles."""

    def test_what_is_taken_for_granted_is_said_until_somebody_has_the_role(self, there: Path, running: Running) -> None:
        file = there / "moodle-sync.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("[roles]\nstudent = 15\n", ""), encoding="utf-8")
        running.miniature.site.settings = replace(running.miniature.site.settings, role_ids=STOCK_ROLES)

        before = findings(there, running.token)
        applied = run(there, "apply", "--yes", token=running.token)
        after = findings(there, running.token)

        assumed = "The role student: taken to be number 5, as Moodle has it at first, since nobody in these courses"
        assert any(line.startswith(f"--  {assumed}") for line in before)
        assert (applied[0], applied[2].startswith("Worth a look: role student: taken to be number 5")) == (0, True)
        assert "ok  The role student has the number 5." in after


class TestInSeveralCourses:
    """A role that somebody has in some of the courses, or that lacks something in all of them."""

    LACKING = "abcdef0123456789" * 2

    def test_an_administrator_may_change_all_of_them(self, there: Path, running: Running) -> None:
        add_course(there, "more", "MORE")
        run(there, "apply", "--yes", token=running.token)

        assert "ok  The account may name sections and make groups in BASICS, MORE." in findings(there, running.token)

    def test_every_course_is_tried(self, there: Path, running: Running) -> None:
        rights = " ".join(right for right in needed_rights() if right != "moodle/course:view")
        somebody = running.miniature.add_account("within", rights=rights)
        running.miniature.give_token(self.LACKING, owner=somebody)
        with running.miniature.site.session() as db:
            course = db.scalars(select(Course).filter_by(shortname="BASICS")).one()
            db.add(Enrolment(course_id=course.id, user_id=somebody, role="manager"))

        said = findings(there, self.LACKING)

        (refused,) = [line for line in said if line.startswith("!!")]
        assert refused.startswith("!!  The sections of MORE: core_courseformat_get_state: ")
        assert "It takes moodle/course:view, and moodle/course:viewhiddencourses for hidden ones (" in refused
        assert "ok  The account may name sections and make groups in BASICS." in said

    @pytest.mark.parametrize(
        ("lacking", "said"),
        [
            ("moodle/course:update", "The idnumber of BASICS, MORE: is there, and Moodle doesn't show it. It takes "),
            ("moodle/course:managegroups", "The groups of BASICS, MORE: core_group_get_course_groups: "),
            ("moodle/course:viewparticipants", "The participants of BASICS, MORE: core_enrol_get_enrolled_users: "),
        ],
    )
    def test_what_is_refused_in_all_is_said_once(self, there: Path, running: Running, lacking: str, said: str) -> None:
        rights = " ".join(right for right in needed_rights() if right != lacking)
        token = lacking.encode().hex()[-32:]
        running.miniature.give_token(token, owner=running.miniature.add_account(lacking.split(":")[1], rights=rights))

        found = findings(there, token)

        (refused,) = [line for line in found if line.startswith("!!")]
        assert refused.startswith(f"!!  {said}")
        assert lacking in refused
        changeable = [line for line in found if "may name sections" in line]
        assert len(changeable) == (lacking == "moodle/course:viewparticipants")


class TestSeveralLanguages:
    """A course in several languages, of which a site shows readers one or all."""

    FILTERS = "Site administration > Plugins > Filters > Manage filters: Multi-Language Content must be On, and applied"

    def said(self, folder: Path, token: str) -> list[str]:
        return [line for line in findings(folder, token) if "languages" in line or "one language" in line]

    def test_before_the_course_is_there_it_is_said_where_to_look(self, there: Path, running: Running) -> None:
        assert self.said(there, running.token) == []
        translate(there)
        file = there / "moodle-sync.toml"
        languages = 'languages = ["en", "ar"]\nmultilang = true'
        file.write_text(file.read_text(encoding="utf-8").replace('language = "en"', languages), encoding="utf-8")

        (said,) = self.said(there, running.token)

        assert said.startswith(f"--  No course in several languages is there yet; before it is, look at {self.FILTERS}")

    def test_a_site_that_shows_all_of_them_must_be_mended(self, there: Path, running: Running) -> None:
        assert run(there, "apply", "--yes", token=running.token)[0] == 0

        (said,) = self.said(there, running.token)

        assert said.startswith(f"!!  Readers see all languages of BASICS at once: {self.FILTERS}")

    def test_a_site_that_shows_one_is_said_so(self, there: Path, running: Running) -> None:
        running.miniature.site.settings = replace(running.miniature.site.settings, filters_languages=True)

        assert self.said(there, running.token) == [
            "ok  Readers see one language of what is in several (tried in BASICS)."
        ]


class TestWhereMoodleRefuses:
    """What Moodle says at once."""

    @pytest.fixture
    def there(self, folder: Path, running: Running) -> Path:
        name_site(folder, running.url)
        return folder

    def test_a_token_that_is_not_known_exits_with_4_and_says_where_to_click(self, there: Path) -> None:
        code, out, err = run(there, "doctor")

        assert (code, err) == (4, "")
        assert out == FUNCTION_LIST + (
            "!!  core_webservice_get_site_info: Invalid token - token not found (invalidtoken)\n"
            "!!  Make a token for the account in Site administration > Server > Web services > Manage tokens, "
            "and give it to moodle-sync.\n"
        )
