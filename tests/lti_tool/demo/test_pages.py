"""The pages that people walk through."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import select

from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.placing import Column
from lti_tool.demo.moodle.seed import seed
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.tables import Enrolment, User
from tests.lti_tool.demo.classroom import MOODLE, Classroom, sesskey


def test_the_miniature_says_that_it_is_up(empty_classroom: Classroom) -> None:
    answer = empty_classroom.app.test_client().get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok")


def test_one_walks_in_without_a_password(empty_classroom: Classroom) -> None:
    page = empty_classroom.app.test_client().get("/").text

    assert "there are no passwords" in page
    assert "Sign in as Trainee Five" in page
    assert "Guest" not in page


def test_who_is_in_one_course_is_taken_there(empty_classroom: Classroom) -> None:
    form = {"user": empty_classroom.seeded.people["trainee1"]}

    answer = empty_classroom.app.test_client().post("/login", data=form)

    assert answer.location == f"/course/view.php?id={empty_classroom.seeded.course}"
    assert "SameSite" not in answer.headers["Set-Cookie"]


def test_before_one_walks_in_the_browsers_language_is_spoken(empty_classroom: Classroom) -> None:
    page = empty_classroom.app.test_client().get("/", headers={"Accept-Language": "de, es-MX;q=0.9, en;q=0.5"}).text

    assert '<html lang="es" dir="ltr">' in page
    assert "Entrar como Trainee Five" in page


@pytest.mark.parametrize(
    ("lang", "html"),
    [("ar", 'lang="ar" dir="rtl"'), ("es_mx", 'lang="es" dir="ltr"'), ("de_du", 'lang="en" dir="ltr"')],
)
def test_a_person_reads_the_miniature_in_their_language(empty_classroom: Classroom, lang: str, html: str) -> None:
    with empty_classroom.site.session() as db:
        db.get_one(User, empty_classroom.seeded.people["trainee1"]).lang = lang
    browser = empty_classroom.walk_in("trainee1")

    assert f"<html {html}>" in browser.get("/course/view.php?id=2").text


@pytest.mark.parametrize("user", ["1", "99", "x"])
def test_nobody_else_can_sign_in(empty_classroom: Classroom, user: str) -> None:
    assert empty_classroom.app.test_client().post("/login", data={"user": user}).status_code == 404


def test_signing_out_needs_the_sesskey(empty_classroom: Classroom) -> None:
    browser = empty_classroom.walk_in("trainee1")

    refused = browser.post("/logout").status_code
    page = browser.get("/").text
    browser.post("/logout", data={"sesskey": sesskey(browser)})

    assert refused == 403
    assert "Signed in as" in page
    assert "Signed in as" not in browser.get("/").text


def test_the_course_shows_its_sections_in_order(empty_classroom: Classroom) -> None:
    page = empty_classroom.walk_in("trainee1").get("/course/view.php?id=2").text

    places = [page.index(f">Module {number}<") for number in range(1, 6)]
    assert places == sorted(places)


@pytest.mark.parametrize(("username", "edits"), [("trainer", True), ("trainer2", False), ("trainee1", False)])
def test_only_editing_trainers_see_how_to_edit(classroom: Classroom, username: str, *, edits: bool) -> None:
    classroom.place()

    page = classroom.walk_in(username).get("/course/view.php?id=2").text

    assert ("Add from MedTOWN" in page) == edits
    assert ("/course/mod.php" in page) == edits


def test_a_pending_tool_is_not_offered(empty_classroom: Classroom) -> None:
    empty_classroom.send_registration(empty_classroom.invitation(), empty_classroom.tool.registration())

    page = empty_classroom.walk_in("trainer").get("/course/view.php?id=2").text

    assert "Add from MedTOWN" not in page
    assert "has to add and activate a tool" in page


def test_who_asks_for_a_page_signs_in_first_and_comes_to_it_then(empty_classroom: Classroom) -> None:
    stranger = empty_classroom.app.test_client()
    form = {"user": empty_classroom.seeded.people["trainee1"]}

    asked = stranger.get("/grade/report/user/index.php?id=2")

    assert asked.location == "/"
    assert stranger.post("/login", data=form).location == "/grade/report/user/index.php?id=2"
    assert stranger.post("/login", data=form).location == "/course/view.php?id=2"


def test_a_course_is_for_those_who_are_in_it(empty_classroom: Classroom) -> None:
    assert empty_classroom.walk_in("trainee1").get("/course/view.php?id=1").status_code == 403


def test_a_suspended_enrolment_opens_nothing(empty_classroom: Classroom) -> None:
    with empty_classroom.site.session() as db:
        person = empty_classroom.seeded.people["trainee1"]
        db.scalars(select(Enrolment).filter_by(user_id=person)).one().suspended = True

    assert empty_classroom.walk_in("trainee1").get("/course/view.php?id=2").status_code == 403


@pytest.mark.parametrize("path", ["/course/view.php?id=99", "/mod/lti/view.php?id=99", "/mod/lti/view.php?id=1"])
def test_what_is_not_there_says_so(empty_classroom: Classroom, path: str) -> None:
    answer = empty_classroom.walk_in("admin").get(path)

    assert answer.status_code == 404
    assert 'role="alert"' in answer.text


def test_a_trainee_cannot_delete_an_activity(classroom: Classroom) -> None:
    module_id, _ = classroom.place()
    browser = classroom.walk_in("trainee1")

    answer = browser.post("/course/mod.php", data={"delete": module_id, "sesskey": sesskey(browser)})

    assert answer.status_code == 403


def test_the_ids_of_what_was_deleted_are_not_given_again(classroom: Classroom) -> None:
    before = classroom.place(Column())
    browser = classroom.walk_in("trainer")
    browser.post("/course/mod.php", data={"delete": before[0], "sesskey": sesskey(browser)})

    after = classroom.place(Column())

    assert (after[0] > before[0], after[1] > before[1]) == (True, True)
    assert classroom.column_of(after[1]) == 2


def test_the_tool_can_send_somebody_back_with_a_message(classroom: Classroom) -> None:
    browser = classroom.walk_in("trainee1")

    page = browser.get("/mod/lti/return.php?course=2&lti_msg=See+you+soon").text

    assert '<p role="status">See you soon</p>' in page


def test_a_file_keeps_the_site_with_its_key(tmp_path: Path, moodle_key_pem: str) -> None:
    settings = MoodleSettings(
        wwwroot=MOODLE, database=f"sqlite:///{tmp_path / 'moodle.sqlite3'}", private_key_pem=moodle_key_pem
    )
    first = create_moodle(settings)
    seed(first.extensions["moodle"])
    before = first.test_client().get("/mod/lti/certs.php").json

    second = create_moodle(settings)

    assert second.test_client().get("/mod/lti/certs.php").json == before
    assert "Sign in as Trainee One" in second.test_client().get("/").text
    first.extensions["moodle"].close()
    second.extensions["moodle"].close()


def test_without_a_key_the_site_makes_its_own() -> None:
    app = create_moodle(MoodleSettings(wwwroot=MOODLE))

    key = (app.test_client().get("/mod/lti/certs.php").json or {})["keys"][0]

    assert sorted(key) == ["alg", "e", "kid", "kty", "n", "use"]
    app.extensions["moodle"].close()


def test_the_sites_key_must_be_an_rsa_key() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    with pytest.raises(TypeError, match="must be an RSA key"):
        create_moodle(MoodleSettings(wwwroot=MOODLE, private_key_pem=pem))


def test_every_page_has_a_language_a_title_and_one_heading(classroom: Classroom) -> None:
    module_id, _ = classroom.place(Column())
    admin = classroom.walk_in("admin")
    paths = [
        "/",
        "/course/view.php?id=2",
        f"/mod/lti/view.php?id={module_id}",
        "/mod/lti/toolconfigure.php",
        "/mod/lti/return.php?course=2",
        "/grade/report/grader/index.php?id=2",
        "/grade/report/user/index.php?id=2",
        "/grade/edit/tree/grade.php?itemid=1&userid=5",
        "/course/view.php?id=99",
    ]

    pages = [admin.get(path).text for path in paths]

    assert [page.count("<h1>") for page in pages] == [1] * len(pages)
    assert all('<html lang="en" dir="ltr">' in page for page in pages)
    assert all(" | Miniature Moodle</title>" in page for page in pages)
