"""The folder of an export: there whole, or not at all, and never in place of anything."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from moodle_sync.errors import ExportRefused

ADVICE = "name a folder that isn't there yet; nothing was written"


def refuse_existing(folder: Path) -> None:
    """Refuse a folder in which something is."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        message = f"{folder}: is there already, and isn't written over: {ADVICE}"
        raise ExportRefused(message)


def write(folder: Path, files: Mapping[str, str], check: Callable[[Path], None]) -> None:
    """Write files for their owner only; `check` looks at them before they come where they belong."""
    refuse_existing(folder)
    target = folder.absolute()
    try:
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        try:
            for name, text in files.items():
                _write(made, name, text)
            check(made)
            made.rename(target)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        message = f"{folder}: can't be written: {error.strerror}; {ADVICE}"
        raise ExportRefused(message) from error


def _write(made: Path, name: str, text: str) -> None:
    file = made / name
    for folder in reversed([above for above in file.parents if made in above.parents]):
        folder.mkdir(mode=0o700, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8", newline="\n")
