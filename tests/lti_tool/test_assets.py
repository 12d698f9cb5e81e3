"""Style sheets and scripts are asked for once."""

import re
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.assets import FOREVER, version

PAGE = "/nowhere"


def addresses(app: Flask) -> list[str]:
    page = app.test_client().get(PAGE).text
    return re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page)


def asked(app: Flask, address: str) -> TestResponse:
    """Ask for a file, and read it to its end."""
    answer = app.test_client().get(address)
    answer.close()
    return answer


def test_a_page_names_files_whose_version_never_changes(sqlite_app: Flask) -> None:
    found = addresses(sqlite_app)
    kept = {asked(sqlite_app, address).headers["Cache-Control"] for address in found}

    assert found != []
    assert kept == {FOREVER}


def test_a_file_asked_for_in_another_version_is_served_and_not_kept(sqlite_app: Flask) -> None:
    answer = asked(sqlite_app, "/static/at/another/medtown.css")

    assert answer.status_code == 200
    assert "max-age" not in answer.headers["Cache-Control"]


def test_what_scripts_import_is_beside_them_in_the_same_version(sqlite_app: Flask) -> None:
    static = Path(sqlite_app.static_folder or "")
    imports = [
        (path, imported)
        for path in static.rglob("*.js")
        for imported in re.findall(r'^import .* from "([^"]+)"', path.read_text(), re.MULTILINE)
    ]

    assert imports != []
    assert [one for path, one in imports if not one.startswith(".") or not (path.parent / one).is_file()] == []


def test_any_change_of_a_file_makes_another_version(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("one")
    before = version(tmp_path)

    (tmp_path / "a.css").write_text("two")
    changed = version(tmp_path)
    (tmp_path / "a.css").rename(tmp_path / "b.css")

    assert len({before, changed, version(tmp_path)}) == 3
