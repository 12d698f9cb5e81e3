"""Every kind of field and of part has its template, with all that the pages ask of it, and the files that it names."""

import re
from pathlib import Path
from typing import get_args

import pytest
from flask import Flask

import lti_tool
from content.fields.catalogue import NoteField
from content.parts.catalogue import CanvasPart

PACKAGE = Path(lti_tool.__file__).parent
ASKED = {
    "fields": {"editor", "shown", "blank"},
    "parts": {"lay_out", "adding", "where", "caption", "blank"},
}
KINDS = [
    *(("fields", get_args(member.model_fields["kind"].annotation)[0]) for member in get_args(get_args(NoteField)[0])),
    *(("parts", get_args(member.model_fields["kind"].annotation)[0]) for member in get_args(get_args(CanvasPart)[0])),
]


@pytest.mark.parametrize(("folder", "kind"), KINDS)
def test_a_kind_has_a_template_with_all_that_is_asked_of_it(sqlite_app: Flask, folder: str, kind: str) -> None:
    template = sqlite_app.jinja_env.get_template(f"exercises/{folder}/{kind}.html")

    assert ASKED[folder] <= set(vars(template.module))


@pytest.mark.parametrize(("folder", "kind"), KINDS)
def test_the_scripts_and_styles_that_a_template_names_are_there(folder: str, kind: str) -> None:
    text = (PACKAGE / "templates" / "exercises" / folder / f"{kind}.html").read_text(encoding="utf-8")

    named = re.findall(r"filename='([^']+)'", text)

    assert [name for name in named if not (PACKAGE / "static" / name).is_file()] == []


def test_no_page_asks_which_kind_it_shows() -> None:
    pages = [*(PACKAGE / "templates").rglob("*.html"), *(PACKAGE / "exercises").glob("*.py")]

    asking = re.compile(r"(part|field)\.kind (==|!=|in) |isinstance\([^)]*(Part|Field)\)")
    assert [page.name for page in pages if asking.search(page.read_text(encoding="utf-8"))] == []
