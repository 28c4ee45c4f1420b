"""The tests stand on the package's example: ``data/`` is the users', whatever they put there."""

import os
import subprocess
import sys
from pathlib import Path

from conftest import copy_repository
from stress import write_workspace

PART = ("layers", "notebooks", "published_report", "score", "strict_yaml", "wording", "check")
"""Quick tests that look at the example, at the notebooks and at the command line."""


def test_a_part_of_the_suite_passes_beside_other_data(tmp_path: Path) -> None:
    root = copy_repository(tmp_path / "repository")
    write_workspace(root)
    assert not (root / "data/sessions/bpr-1.yaml").exists()
    files = [f"tests/test_{name}.py" for name in PART]
    apart = ["-p", "no:cacheprovider", f"--basetemp={tmp_path / 'temporary'}"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *apart, *files],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
