import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = """
import os
from lti_tool.app import create_app
from lti_tool.config import Settings

browser = create_app(Settings.from_environment(os.environ)).test_client()
print(browser.get("/lti/register", headers={"Accept-Language": "es"}).text)
print(browser.get("/static/medtown.css").text)
"""

PAPER = """
from pathlib import Path
from lti_tool.exports import blocks, pdf
from lti_tool.exports.letters import run

made = pdf.typeset(run("Title", "en"), [blocks.line("Needs \u0391 \u0627\u0644", "en")], {})
print(made[:5].decode(), sorted(name for name in ("NotoSans", "NotoNaskhArabic") if name.encode() in made))
print((pdf.FONTS / "OFL.txt").read_text())
"""

Run = Callable[..., str]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Install the built wheel in a folder of its own; give a way to run Python there, away from the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COV")},
        "PYTHONPATH": str(folder / "site"),
        "PUBLIC_URL": "https://tool.example.org",
        "KEYS_PASSPHRASE": "a passphrase for tests",
    }

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    wheel = next(folder.glob("*.whl"))
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder / "site"), str(wheel))
    assert str(folder) in run("-c", "import lti_tool; print(lti_tool.__file__)")
    return run


def test_an_installed_wheel_holds_the_whole_curriculum(installed: Run) -> None:
    assert "no mistakes" in installed("-m", "content", "check")


def test_an_installed_wheel_writes_a_curriculum_to_begin_with(installed: Run) -> None:
    assert "6 files are in ours" in installed("-m", "content", "example", "ours")


def test_an_installed_wheel_migrates_and_shows_a_page_with_style_and_translation(installed: Run) -> None:
    migrated = installed("-c", "from lti_tool.cli import main; main()", "migrate")

    page = installed("-c", PAGE)

    assert "up to date" in migrated
    assert '<html lang="es"' in page
    assert "No se ha podido registrar la herramienta" in page
    assert "margin-inline" in page


def test_an_installed_wheel_sets_a_pdf_with_its_own_fonts_and_has_their_licence(installed: Run) -> None:
    said = installed("-c", PAPER)

    assert "%PDF- ['NotoNaskhArabic', 'NotoSans']" in said
    assert "SIL OPEN FONT LICENSE Version 1.1" in said
