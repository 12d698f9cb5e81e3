"""The contracts of pyproject.toml: who may import whom."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_imports_point_the_way_that_the_contracts_say() -> None:
    line = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]

    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout
