"""Files of each kind, and a browser without JavaScript that sends them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.lti_tool.community.talking import new_id
from tests.lti_tool.entering import Client

PDF = b"%PDF-1.7\n%%EOF"
PLAIN = "A,β,ج\n1,2,3\n".encode()
TYPE = "application/vnd.oasis.opendocument."
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
TYPES = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Make an archive of parts, the first one first."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


def document(suffix: str, *more: str) -> bytes:
    """Make a document of an office program, as much as tells it from others, with more parts."""
    rest = dict.fromkeys(more, b"x")
    if suffix in TYPES:
        return archive({"mimetype": (TYPE + TYPES[suffix]).encode(), "content.xml": b"<x/>", **rest})
    return archive({"[Content_Types].xml": b"<x/>", PARTS[suffix]: b"<x/>", **rest})


def send(client: Client, path: str, form: Mapping[str, str], *files: tuple[str, bytes], **alts: str) -> TestResponse:
    """Send a form with files, the first one in the first field."""
    sent = {f"file-{slot}": FileStorage(BytesIO(content), name) for slot, (name, content) in enumerate(files, start=1)}
    said = {name.replace("_", "-"): alt for name, alt in alts.items()}
    boundary, body = encode_multipart({"csrf": client.csrf, **form, **said, **sent})
    return client.browser.post(
        f"/l/{client.launch_id}/{path}",
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"Origin": client.origin},
    )


def post_with(client: Client, *files: tuple[str, bytes], **alts: str) -> str:
    """Publish a post with files, insist that it was, and give its id."""
    form = {"id": new_id(), "version": "0", "kind": "need", "title": "A time bank", "text": "See.", "language": "en"}
    answer = send(client, "community/posts", form, *files, **alts)
    assert answer.status_code == 303, answer.text
    return form["id"]
