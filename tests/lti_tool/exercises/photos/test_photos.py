"""Photos of the wall: whoever writes at a canvas joins and removes them, whoever reads there sees them, nobody else."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from lti_tool.app import LARGEST_BODY
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises.photos.rules import LARGEST_BODY as LARGEST_WITH_PHOTO
from lti_tool.exercises.photos.rules import LONGEST_CAPTION, MOST
from lti_tool.exercises.photos.tables import PhotoRow
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.grouping import arrange, member, poll, put_note, set_stage
from tests.lti_tool.exercises.photos.photographing import HEIC, photo, talkative
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.reading import words_of

Enter = Callable[..., Client]
COLORS = ("red", "green", "blue", "white", "black", "yellow", "brown")


def join(client: Client, sent: bytes, caption: str = "", *, inside: str = "") -> TestResponse:
    """Join a photo as a browser without script does."""
    where = f"?in={inside}" if inside else ""
    form = {"csrf": client.csrf, "caption": caption, "photo": FileStorage(BytesIO(sent), "wall.jpg")}
    boundary, body = encode_multipart(form)  # the client itself would leave a file open
    return client.browser.post(
        f"/l/{client.launch_id}/exercise/photos{where}",
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"Origin": client.origin},
    )


def joined(client: Client, caption: str = "", color: str = "red", *, inside: str = "") -> str:
    """Join a photo, insist that it was taken, and give its digest."""
    before = digests(client, inside)
    answer = join(client, photo(color=color), caption, inside=inside)
    assert answer.status_code == 303, answer.text
    return next(one for one in digests(client, inside) if one not in before)


def digests(client: Client, inside: str = "") -> list[str]:
    """Give the photos that the page of a canvas shows."""
    return re.findall(r'data-photo="(\w+)"', client.get(f"exercise?in={inside}" if inside else "exercise").text)


def status_of(client: Client, digest: str, inside: str = "") -> set[int]:
    """Ask for a photo in every way."""
    where = f"?in={inside}" if inside else ""
    ways = ("", "/whole", "/small")
    return {client.get(f"exercise/photos/{digest}{way}{where}").status_code for way in ways}


# Joined


def test_a_photo_is_on_the_canvas_with_its_words_and_leads_to_the_whole_one(sqlite_enter: Enter) -> None:
    ana = sqlite_enter()

    answer = join(ana, talkative(), "Our wall, seven rows")

    assert answer.location.endswith("/exercise#photos")
    page = ana.get("exercise")
    (small,) = re.findall(r'<a class="photo"[^>]+>.*?</a>', page.text, flags=re.DOTALL)
    assert '<bdi lang="en">Our wall, seven rows</bdi>' in small
    assert 'loading="lazy"' in small
    (href,) = re.findall(r'href="([^"]+)"', small)
    (src,) = re.findall(r'src="([^"]+)"', small)
    assert 'alt="Our wall, seven rows"' in ana.browser.get(href).text
    image = ana.browser.get(src)
    assert (image.mimetype, image.headers["Cache-Control"]) == ("image/jpeg", "private, max-age=31536000, immutable")
    assert b"Exif" not in image.data


def test_without_words_of_its_own_it_is_a_photo_of_the_wall(sqlite_enter: Enter) -> None:
    ana = sqlite_enter(locale="es")

    digest = joined(ana)

    assert 'alt="Foto de la pared"' in ana.get(f"exercise/photos/{digest}").text


def test_sent_twice_it_is_there_once(sqlite_enter: Enter) -> None:
    ana = sqlite_enter()

    join(ana, photo())
    join(ana, photo())

    assert len(digests(ana)) == 1


def test_a_canvas_has_a_few_photos_and_says_so(sqlite_enter: Enter) -> None:
    ana = sqlite_enter()
    for color in COLORS[:MOST]:
        joined(ana, color=color)

    answer = join(ana, photo(color=COLORS[MOST]))

    assert answer.status_code == 422
    assert "This canvas can have only 6 photos. Remove one to add another one." in words_of(answer)
    assert len(digests(ana)) == MOST


@pytest.mark.parametrize(
    ("sent", "caption", "said"),
    [
        (b"", "", "Choose a photo first."),
        (HEIC, "", "This photo is a HEIC file"),
        (b"%PDF-1.7", "", "Only a JPEG, PNG or WebP can be added."),
        (photo(), "a" * (LONGEST_CAPTION + 1), "Say in at most 300 characters"),
    ],
)
def test_what_is_not_taken_says_why_on_the_page_and_to_its_script(
    sqlite_enter: Enter, sent: bytes, caption: str, said: str
) -> None:
    ana = sqlite_enter()
    form = {"photo": (BytesIO(sent), "wall"), "caption": caption}
    scripted = {"headers": {"Origin": ana.origin, "X-CSRF-Token": ana.csrf, "Accept": "application/json"}}

    page = join(ana, sent, caption)
    answer = ana.browser.post(f"/l/{ana.launch_id}/exercise/photos", data=form, **scripted)

    assert (page.status_code, answer.status_code) == (422, 422)
    assert said in words_of(page)
    assert answer.get_json()["problem"].startswith(said)
    assert digests(ana) == []


def test_only_with_a_photo_may_a_page_send_more_than_a_megabyte(sqlite_enter: Enter) -> None:
    ana = sqlite_enter()
    padded = photo() + b"\0" * (LARGEST_WITH_PHOTO - 100_000)

    taken, refused = join(ana, padded), join(ana, padded + b"\0" * 100_000)
    note = ana.post("exercise/notes/00000000-0000-4000-8000-000000000000", words="a" * (LARGEST_BODY + 1))

    assert (taken.status_code, refused.status_code, note.status_code) == (303, 413, 413)
    assert "A photo may have 10 MB, and this one has more." in words_of(refused)


# Described, removed


def test_its_words_can_be_changed(sqlite_enter: Enter) -> None:
    ana = sqlite_enter()
    digest = joined(ana, "The wall")

    answer = ana.post(f"exercise/photos/{digest}", caption="The wall, left half")

    assert answer.status_code == 303
    assert "The wall, left half" in words_of(ana.get("exercise"))


def test_removed_it_is_gone_from_the_database_too(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    ana = sqlite_enter()
    digest = joined(ana, "The wall")

    answers = [ana.post(f"exercise/photos/{digest}/remove") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert digests(ana) == []
    assert status_of(ana, digest) == {404}
    with sqlite_app.app_context():
        row = db.session.scalars(select(PhotoRow)).one()
        assert (row.caption, row.whole, row.small) == ("", b"", b"")


def test_a_removed_one_can_be_joined_again(sqlite_enter: Enter) -> None:
    ana = sqlite_enter()
    digest = joined(ana)
    ana.post(f"exercise/photos/{digest}/remove")

    assert joined(ana) == digest
    assert status_of(ana, digest) == {200}


def test_an_answer_that_there_is_no_such_photo_is_kept_by_nobody(sqlite_enter: Enter) -> None:
    answer = sqlite_enter().get(f"exercise/photos/{'0' * 64}/small", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


# Whose


def test_a_photo_is_found_at_its_own_canvas_alone(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    ana, ben = sqlite_enter(sub="ana"), sqlite_enter(sub="ben")
    elsewhere = sqlite_enter(sub="ana", activity="exercise/four-cos")
    digest = joined(ana)

    assert status_of(ana, digest) == {200}
    assert status_of(ben, digest) == {404}
    assert status_of(ben, digest, f"person/{ana.person_id}") == {404}
    assert status_of(elsewhere, digest) == {404}


def test_frozen_nothing_comes_and_nothing_goes(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    ana = sqlite_enter()
    digest = joined(ana)

    set_stage(sqlite_app, ana.course_id, frozen_at=now_in(sqlite_app))

    answers = [
        join(ana, photo(color="blue")),
        ana.post(f"exercise/photos/{digest}", caption="a"),
        ana.post(f"exercise/photos/{digest}/remove"),
    ]
    assert [answer.status_code for answer in answers] == [423, 423, 423]
    assert "No photo can be added or removed here now." in words_of(answers[0])
    page = ana.get("exercise").text
    assert digest in page
    assert 'type="file"' not in page


def now_in(app: Flask) -> object:
    with app.app_context():
        return now()


# What others hear


def test_an_open_page_hears_that_photos_came_and_went_and_asks_for_them(app: Flask) -> None:
    ana, inside = member(app)
    omar, _ = member(app, "omar")
    arrange(app, ana.course_id)

    def heard(version: int) -> tuple[int, bool]:
        news = poll(omar, inside, version=version).get_json()
        return news["version"], news["photos"]

    digest = joined(ana, "The wall", inside=inside)
    version, came = heard(0)
    assert came
    assert digest in omar.get(f"exercise/photos?in={inside}").text
    put_note(ana, inside, "a well")
    version, came = heard(version)
    assert not came
    ana.post(f"exercise/photos/{digest}/remove?in={inside}")
    _, went = heard(version)
    assert went


# Handed in


@pytest.fixture
def trainer(sqlite_enter: Enter) -> Client:
    return sqlite_enter(sub="trainer", role=Role.TRAINER)


def submission(trainer: Client) -> str:
    """Give the address of the only submission."""
    (address,) = set(re.findall(r"submissions/\d+", trainer.get().text))
    return str(address)


def test_the_trainer_sees_the_photos_that_were_there_when_it_was_handed_in(
    sqlite_enter: Enter, trainer: Client
) -> None:
    ana = sqlite_enter()
    kept, removed = joined(ana, "The wall"), joined(ana, color="blue")
    hand_in(ana)
    later = joined(ana, color="green")
    ana.post(f"exercise/photos/{removed}/remove")

    address = submission(trainer)

    page = trainer.get(address).text
    assert [digest in page for digest in (kept, removed, later)] == [True, False, False]
    ways = ("", "/whole", "/small")
    for digest, status in ((kept, 200), (removed, 404), (later, 404)):
        assert {trainer.get(f"{address}/photos/{digest}{way}").status_code for way in ways} == {status}


def test_nobody_but_the_courses_trainers_reads_a_photo_by_what_was_handed_in(
    sqlite_enter: Enter, trainer: Client
) -> None:
    ana = sqlite_enter()
    digest = joined(ana)
    hand_in(ana)
    address = f"{submission(trainer)}/photos/{digest}/whole"
    others = {
        "a trainee": sqlite_enter(sub="ben"),
        "a trainer of another course": sqlite_enter(sub="t2", role=Role.TRAINER, course="another course"),
        "one at another exercise": sqlite_enter(sub="t3", role=Role.TRAINER, activity="exercise/four-cos"),
    }

    found = {who: other.get(address).status_code for who, other in others.items()}

    assert set(found.values()) == {403, 404}
    assert found["a trainee"] == 403


def test_a_photo_alone_can_be_handed_in(sqlite_enter: Enter, trainer: Client) -> None:
    ana = sqlite_enter()
    digest = joined(ana)

    answer = ana.post("exercise/submissions")

    assert answer.status_code == 303
    assert digest in trainer.get(submission(trainer)).text


def test_the_filled_sheet_prints_it_and_the_blank_one_does_not(sqlite_enter: Enter) -> None:
    ana = sqlite_enter()
    digest = joined(ana)

    assert f"{digest}/whole" in ana.get("exercise/paper").text
    assert digest not in ana.get("exercise/paper?blank=1").text


def test_a_trial_that_begins_again_has_none(sqlite_enter: Enter, trainer: Client) -> None:
    digest = joined(trainer)

    trainer.post("exercise/trial/anew")

    assert status_of(trainer, digest) == {404}
