"""A backup of a course, restored on the same real Moodle as if it came from another one.

Moodle knows its own backups by a hash, finds an activity's tool by its number only in those, and else by the address
that the tool is registered under. Both are changed in the file; restoring then leaves both numbers empty.
"""

import re
import shlex
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

ELSEWHERE = {
    r"<original_site_identifier_hash>\w+": "<original_site_identifier_hash>" + 32 * "0",
    r"<original_wwwroot>[^<]+": "<original_wwwroot>https://elsewhere.example.org",
    r"<baseurl>http[^<]+": "<baseurl>https://tool.example.org/registered-by-hand",
}


def restore_as_if_from_elsewhere(scripts: str, course: str) -> str:
    """Make a backup, change it, and restore it as a new course; give that one's number.

    `scripts` begins the command line of Moodle's own scripts, such as `sudo -u www-data php /…/admin/cli/`.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)  # the scripts run as somebody else
        run_script(scripts, "backup.php", f"--courseid={course}", f"--destination={folder}")
        (backup,) = folder.glob("*.mbz")
        changed = folder / "elsewhere.mbz"
        changed.write_bytes(_as_if_from_elsewhere(backup.read_bytes()))
        told = run_script(scripts, "restore_backup.php", f"--file={changed}", "--categoryid=1")
    found = re.search(r"Restored course ID: (\d+)", told)
    assert found is not None, told
    return found[1]


def run_script(scripts: str, script: str, *arguments: str) -> str:
    """Run one of Moodle's own scripts to its end; give what it told."""
    line = [*shlex.split(f"{scripts}{script}"), *arguments]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _as_if_from_elsewhere(backup: bytes) -> bytes:
    changed = BytesIO()
    with tarfile.open(fileobj=BytesIO(backup)) as old, tarfile.open(fileobj=changed, mode="w:gz") as new:
        for member in old:
            file = old.extractfile(member)
            content = file.read() if file else b""
            text = _changed(content) if member.name.endswith(".xml") else content
            member.size = len(text)
            new.addfile(member, BytesIO(text))
    return changed.getvalue()


def _changed(text: bytes) -> bytes:
    for pattern, replacement in ELSEWHERE.items():
        text = re.sub(pattern.encode(), replacement.encode(), text)
    return text
