"""The commands as processes, on a site: exit codes and outputs of one run after another."""

import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Response

from lti_tool.demo.moodle.faults import Lasting
from tests.moodle_sync.folder import ANA, EVERYTHING, run, surroundings, write_folder, write_people
from tests.moodle_sync.miniature import Running

PLAN = f"""\
New categories: 1
  category medtown: make "MedTOWN"

New courses: 1
  course basics: make "The basics" (BASICS) in medtown

Named sections: 2
  course basics: name section 1 "First things"
  course basics: name section 2 "Second things"

New accounts: 1
  person ana: make an account for Ana Ruiz, ana@example.org

Enrolments: 1
  course basics: enrol ana as student, from 2026-10-01 00:00 UTC, to 2026-12-30 00:00 UTC

New groups: 1
  course basics: make group "Group A"

New group members: 1
  course basics: put ana into group "Group A"

{EVERYTHING}\
Mails that Moodle may send: 1. Taken away: 0. Requests that write: about 8.
"""
STALE = """\
Error: the plan is stale, and nothing was sent: make it again
not to be done any more: category medtown: make "MedTOWN"
not to be done any more: course basics: make "The basics" (BASICS) in medtown
not to be done any more: course basics: name section 1 "First things"
not to be done any more: course basics: name section 2 "Second things"
not to be done any more: person ana: make an account for Ana Ruiz, ana@example.org
and 3 more
"""
DOCTOR = "`moodle-sync doctor` says what is missing, and where to click.\n"
NOTHING = (0, "Nothing to do: Moodle is as it should be.\n", "")


def test_a_site_that_is_not_there_is_asked_a_few_times_and_exits_with_8(tmp_path: Path) -> None:
    code, out, err = run(write_folder(tmp_path), "plan")

    assert (code, out) == (8, "")
    *waiting, last = err.splitlines()
    assert waiting
    assert all(re.fullmatch(r"No answer yet: asking again in \d+ s\.", line) for line in waiting)
    assert last.endswith("can't be reached: no connection was made")


class TestOnASite:
    """Each test begins where the one before ended."""

    def test_a_token_that_is_not_known_exits_with_4(self, there: Path) -> None:
        said = "Error: core_webservice_get_site_info: Invalid token - token not found (invalidtoken)\n"

        assert run(there, "plan") == (4, "", said + DOCTOR)

    def test_apply_that_cannot_ask_sends_nothing_and_says_how(self, there: Path, running: Running) -> None:
        code, out, err = run(there, "apply", token=running.token)

        assert (code, out) == (64, PLAN)
        assert "Error: This isn't a terminal where you could be asked: add --yes. Nothing was sent.\n" in err

    def test_a_plan_with_changes_exits_with_2_where_that_is_asked_for(self, there: Path, running: Running) -> None:
        assert run(there, "plan", token=running.token) == (0, PLAN, "")
        assert run(there, "plan", "--detailed-exitcode", token=running.token) == (2, PLAN, "")

    def test_a_function_that_is_missing_exits_with_4_and_tells_what_was_done(
        self, there: Path, running: Running
    ) -> None:
        running.miniature.give_token("d" * 32, without="core_user_create_users")

        code, out, err = run(there, "apply", "--yes", token="d" * 32)

        assert code == 4
        assert out.startswith(PLAN)
        assert out.endswith(
            ": 8 changes.\nDone: new categories: 1, new courses: 1, named sections: 2, new groups: 1.\n"
        )
        assert err == (
            "Error: core_user_create_users: Access control exception (accessexception)\n"
            f"`moodle-sync resume` finds out what became of it, and does what is left.\n{DOCTOR}"
        )


class TestWithoutARight:
    """The token's account may not enrol anybody anywhere."""

    def test_all_else_is_done_and_the_exit_code_says_not_allowed(self, there: Path, running: Running) -> None:
        answer = {"exception": "required_capability_exception", "errorcode": "nopermissions", "message": "Sorry."}
        refusal = Response(json.dumps(answer), content_type="application/json")
        running.miniature.order_faults("enrol_manual_enrol_users", Lasting(refusal))

        code, out, err = run(there, "apply", "--yes", token=running.token)

        assert code == 4
        assert "new accounts: 1, new groups: 1." in out
        assert err.endswith(f"Error: enrol_manual_enrol_users: Sorry. (nopermissions)\n{DOCTOR}")

    def test_with_the_right_the_rest_is_done(self, there: Path, running: Running) -> None:
        running.miniature.order_faults("enrol_manual_enrol_users")

        code, out, err = run(there, "apply", "--yes", token=running.token)

        assert (code, err) == (0, "")
        assert "Done: enrolments: 1, new group members: 1." in out


class TestPlanAndApply:
    """The usual way."""

    def test_plan_then_apply_then_nothing(self, there: Path, running: Running) -> None:
        planned = run(there, "plan", token=running.token)
        code, out, err = run(there, "apply", "--yes", token=running.token)

        assert planned == (0, PLAN, "")
        assert (code, err) == (0, "")
        assert out.startswith(PLAN)
        assert EVERYTHING.replace("Plan:", "Done:") in out
        assert run(there, "plan", token=running.token) == NOTHING
        assert run(there, "plan", "--detailed-exitcode", token=running.token) == NOTHING
        assert run(there, "apply", token=running.token) == NOTHING
        assert running.miniature.mails() == 1

    def test_what_moodle_lost_in_silence_is_told_and_a_second_run_brings_it(
        self, there: Path, running: Running
    ) -> None:
        names = [f"ana{number}" for number in range(20)]
        write_people(there, ANA, *(ANA.replace("ana", name) for name in names))
        for name in names:  # else they would come one after the other, as their accounts are made
            running.miniature.add_account(name)
        site = running.miniature.site
        protocol, enrolment = 3, 5
        whole, site.settings = site.settings, replace(site.settings, max_input_vars=protocol + 15 * enrolment)

        code, _, err = run(there, "apply", "--yes", token=running.token)
        site.settings = whole
        again = run(there, "apply", "--yes", token=running.token)

        assert code == 3
        said = (
            r"Enrolments, \d+ times: course basics: ana\d+, .* more: Moodle said that it was done, but it isn't there"
        )
        assert re.search(said, err)
        assert (again[0], again[2]) == (0, "")
        assert run(there, "plan", token=running.token) == NOTHING

    def test_a_conflict_is_shown_and_left_alone(self, there: Path, running: Running) -> None:
        running.miniature.add_account("aruiz", email="a.ruiz@example.org", idnumber="7")
        write_people(
            there, ANA.replace("ana,", "aruiz,"), *(ANA.replace("ana", f"ana{number}") for number in range(20))
        )

        code, _, err = run(there, "plan", token=running.token)

        assert code == 1
        assert err.startswith("Left alone: person aruiz: its idnumber, username and e-mail address belong to different")

    def test_an_apply_that_left_something_alone_exits_with_3(self, there: Path, running: Running) -> None:
        code, _, _ = run(there, "apply", "--yes", token=running.token)

        assert code == 3

    def test_its_report_says_the_same(self, there: Path, running: Running) -> None:
        _, listed, _ = run(there, "report")
        _, told, _ = run(there, "report", listed.split()[0])

        assert "partly done." in told
        assert "Left alone: person aruiz: its idnumber, username and e-mail address" in told

    def test_only_what_is_targeted_is_planned(self, there: Path, running: Running) -> None:
        write_people(there, ANA.replace("ana", "bea"), ANA.replace("ana", "eva"))

        _, out, _ = run(there, "plan", "--target", "person:eva", token=running.token)

        assert "person eva: make an account" in out
        assert "bea" not in out

    @pytest.mark.parametrize(
        ("target", "said"),
        [
            ("course:nowhere", "neither the source nor the journal knows such a course"),
            ("person:nobody", "neither the source nor the journal knows such a person"),
            ("basics", "must be course:IDNUMBER, person:USERNAME or cohort:IDNUMBER"),
        ],
    )
    def test_a_target_that_is_none_is_wrong_usage(self, there: Path, running: Running, target: str, said: str) -> None:
        code, out, err = run(there, "plan", "--target", target, token=running.token)

        assert (code, out) == (64, "")
        assert f"Error: --target {target}: {said}\n" in err

    def test_whoever_stops_reading_gets_no_traceback(self, there: Path, running: Running) -> None:
        reader, writer = os.pipe()
        os.close(reader)

        with os.fdopen(writer, "w") as nowhere:
            done = subprocess.run(
                [Path(sys.executable).with_name("moodle-sync"), "plan"],
                cwd=there,
                env=surroundings(there, running.token),
                stdout=nowhere,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                check=False,
            )

        assert (done.returncode, done.stderr) == (1, "")


class TestRemarks:
    """Somebody whom only the e-mail address tells."""

    SAID = "Worth a look: person ana: found by the e-mail address only, as the account ana.old; "

    def test_a_plan_says_so_also_as_json_and_exits_with_0(self, there: Path, running: Running) -> None:
        running.miniature.add_account("ana.old", email="ana@example.org", firstname="Ana", lastname="Ruiz")

        code, out, err = run(there, "plan", "--json", token=running.token)

        (remark,) = json.loads(out)["remarks"]
        assert (code, err.startswith(self.SAID)) == (0, True)
        assert (remark["kind"], remark["key"]) == ("person", "ana")

    def test_apply_says_so_once_and_renames_nobody(self, there: Path, running: Running) -> None:
        code, out, err = run(there, "apply", "--yes", token=running.token)

        assert (code, err.startswith(self.SAID)) == (0, True)
        assert "accounts" not in out
        assert run(there, "plan", token=running.token) == NOTHING


class TestGuards:
    """A source that shrinks."""

    def test_too_many_removals_exit_with_5_and_nothing_is_sent(self, there: Path, running: Running) -> None:
        everybody = [ANA.replace("ana", f"ana{number}") for number in range(10)]
        write_people(there, *everybody)
        assert run(there, "apply", "--yes", token=running.token)[0] == 0
        write_people(there, *everybody[:2])

        planned = run(there, "plan", "--detailed-exitcode", token=running.token)
        applied = run(there, "apply", "--yes", token=running.token)

        assert (planned[0], applied[0]) == (5, 5)
        assert (
            "Guard: Nothing was done: look at the source first; if all of the plan is meant, add --removals "
            in (applied[2])
        )
        assert ("Done:" in applied[1], "Error:" in applied[2]) == (False, False)

    def test_the_exact_count_lets_it_pass(self, there: Path, running: Running) -> None:
        write_people(there, *(ANA.replace("ana", f"ana{number}") for number in range(2)))
        _, _, err = run(there, "plan", token=running.token)
        count = err.split("add --removals ")[1].split()[0]

        applied = run(there, "apply", "--yes", "--removals", count, token=running.token)

        assert (applied[0], applied[2]) == (0, "")
        assert "suspended enrolments: 8" in applied[1].splitlines()[-2]

    def test_more_mails_than_are_allowed_exit_with_5(self, there: Path, running: Running) -> None:
        write_people(there, *(ANA.replace("ana", f"ana{number}") for number in range(4)))

        assert run(there, "plan", "--max-mails", "1", token=running.token)[0] == 5
        assert run(there, "plan", "--max-mails", "2", token=running.token)[0] == 0


class TestPlansInFiles:
    """`plan -o` and `apply FILE`."""

    def test_the_file_is_what_is_printed_as_json_and_only_its_owner_s(self, there: Path, running: Running) -> None:
        code, out, err = run(there, "plan", "--json", "-o", "plan.json", token=running.token)

        assert (code, err) == (0, "")
        assert (there / "plan.json").read_text(encoding="utf-8") == out
        assert stat.S_IMODE((there / "plan.json").stat().st_mode) == 0o600

    def test_it_is_applied_and_then_stale(self, there: Path, running: Running) -> None:
        run(there, "plan", "-o", "plan.json", token=running.token)

        code, out, _ = run(there, "apply", "plan.json", "--yes", token=running.token)
        again = run(there, "apply", "plan.json", "--yes", token=running.token)

        assert (code, EVERYTHING.replace("Plan:", "Done:") in out) == (0, True)
        assert again == (7, "", STALE)

    def test_choices_beside_a_file_are_wrong_usage(self, there: Path, running: Running) -> None:
        code, out, err = run(there, "apply", "plan.json", "--unenrol", "--yes", token=running.token)

        assert (code, out) == (64, "")
        assert "Error: plan.json says already what is to be done: leave out --unenrol\n" in err
