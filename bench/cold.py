"""How long ``dxeval run`` takes from cold, against another checkout: ``bench/cold.py OTHER``.

Alternating pairs of whole processes with the other checkout's example, seconds of wall clock and
of processor (all processes together, also those that outlive ``dxeval``):

nothing    there is nothing to do
one        one respondent's comment has changed: its session, the overall page and the index
all        there are no outputs yet

Modules are read from their bytecode, as for every run but the first. Linux only.
"""

import argparse
import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).parents[1]
PR_SET_CHILD_SUBREAPER = 36


def change_comment(root: Path) -> None:
    """Put a 。 to the end of the last respondent's comment, or take it away again."""
    export = root / "data/responses/exchange-4.csv"
    text = export.read_text(encoding="utf-8-sig").rstrip("\n")
    changed = text[:-1] if text.endswith("。") else f"{text}。"
    export.write_text(f"{changed}\n", encoding="utf-8-sig")


def remove_outputs(root: Path) -> None:
    """Leave nothing that a run could keep."""
    shutil.rmtree(root / "outputs")


SCENES = {"nothing": lambda root: None, "one": change_comment, "all": remove_outputs}


def run(code: Path, root: Path) -> tuple[float, float]:
    """Return the seconds that ``dxeval run`` takes: by the wall clock, and of the processor."""
    environment = {**os.environ, "PYTHONPATH": str(code)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, start = _processor(), time.perf_counter()
    words = [sys.executable, "-m", "dxeval", "run", "--quiet"]
    subprocess.run(words, cwd=root, env=environment, check=True)
    wall = time.perf_counter() - start
    _wait_for_all()
    return wall, _processor() - before


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _wait_for_all() -> None:
    """Wait for the processes that outlived their parent and became ours."""
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return


def pairs(scene: str, codes: list[Path], number: int, folder: Path) -> list[list[tuple]]:
    """Return the times of each checkout, run in turns; who begins a pair changes.

    Each checkout has a workspace of its own, made once before.
    """
    roots = [folder / f"{scene}-{i}" for i in range(len(codes))]
    for code, root in zip(codes, roots, strict=True):
        for part in ("data", "notebooks"):
            shutil.copytree(codes[0] / part, root / part)
        run(code, root)
    times: list[list[tuple]] = [[] for _ in codes]
    for i in range(number):
        for which in (0, 1) if i % 2 else (1, 0):
            SCENES[scene](roots[which])
            times[which].append(run(codes[which], roots[which]))
    return times


def main() -> None:
    """Print a line a scene and clock."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("other", type=Path)
    parser.add_argument("scenes", nargs="*", default=[*SCENES], metavar="|".join(SCENES))
    parser.add_argument("--pairs", type=int, default=15)
    words = parser.parse_args()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    print(f"{words.pairs} pairs: the least, the median; the ratio of each; the pairs' median ratio")
    with tempfile.TemporaryDirectory() as folder:
        for scene in words.scenes:
            codes = [words.other.resolve(), HERE]
            other, ours = pairs(scene, codes, words.pairs, Path(folder))
            for clock, name in enumerate(("wall", "processor")):
                old, new = ([run[clock] for run in runs] for runs in (other, ours))
                between = median(b / a for a, b in zip(old, new, strict=True))
                print(
                    f"{scene:8} {name:10}"
                    f" {min(old):.3f} -> {min(new):.3f} s {min(new) / min(old):.3f},"
                    f" {median(old):.3f} -> {median(new):.3f} s {median(new) / median(old):.3f};"
                    f" {between:.3f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
