"""What the form of a translation sends."""

from tests.lti_tool.community.talking import new_id
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of


def translation_form(client: Client, post_id: str, **given: str) -> dict[str, str]:
    """Give the fields of a translation of a post as it stands."""
    page = client.get(f"community/posts/{post_id}/translations/new").text
    of = page.split('name="of" value="')[1].split('"')[0]
    words = {"title": "¿Quién conoce un banco del tiempo?", "text": "Empezamos uno.", "language": "es"}
    return {"id": new_id(), "version": "0", "of": of, **words, **given}


def translate(client: Client, post_id: str, **given: str) -> str:
    """Publish a translation and insist that it was; give its id."""
    form = translation_form(client, post_id, **given)
    answer = client.post(f"community/posts/{post_id}/translations", **form)
    assert answer.status_code == 303, words_of(answer)
    return form["id"]
