"""How long a session with 30 questions of every kind takes, against one with four scales.

``python bench/kinds.py [SESSIONS]``: alternating runs of two workspaces with as many sessions of
100 respondents, from no outputs, seconds and the ratio; the difference between many sessions and
one is what a further session takes.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from copy import deepcopy
from pathlib import Path
from statistics import median

HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE / "tests"))

PEOPLE = 100
PAIRS = 5


def write(root: Path, items: list[dict], sessions: int) -> None:
    """Write a workspace of ``sessions`` with those items."""
    import every_kind
    from stress import write_yaml

    for folder in ("sessions", "responses"):
        (root / "data" / folder).mkdir(parents=True)
    shutil.copytree(HERE / "notebooks", root / "notebooks")
    form = {"name": "f", "items": {item["name"]: item["question"] for item in items}}
    write_yaml(root / "data/survey.yaml", {"items": items, "forms": [form]})
    programme = {"report": {"title": "速さ"}, "programmes": [{"id": "p", "title": "速さ"}]}
    write_yaml(root / "data/programme.yaml", programme)
    for number in range(1, sessions + 1):
        every_kind.write_session(root, items, f"s-{number}", number, PEOPLE)


def copies(items: list[dict], n: int) -> list[dict]:
    """Return ``n`` items, the given ones again and again under other names."""
    return [
        {**deepcopy(items[i % len(items)]), "name": f"問{i}", "question": f"設問{i}"}
        for i in range(n)
    ]


def seconds(root: Path) -> float:
    """Return how long a run from no outputs takes."""
    shutil.rmtree(root / "outputs", ignore_errors=True)
    start = time.perf_counter()
    command = [sys.executable, "-m", "dxeval", "run", "--quiet"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the seconds of both, and a further session's."""
    import every_kind

    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    scale = every_kind.ITEMS[:1]
    sets = {"four scales": copies(scale, 4), "30 of every kind": copies(every_kind.ITEMS, 30)}
    with tempfile.TemporaryDirectory() as folder:
        roots = {}
        for name, items in sets.items():
            for n in (1, sessions):
                roots[name, n] = Path(folder) / f"{name} {n}".replace(" ", "-")
                write(roots[name, n], items, n)
        times: dict[tuple[str, int], list[float]] = {key: [] for key in roots}
        for _ in range(PAIRS):
            for key, root in roots.items():
                times[key].append(seconds(root))
    one = {name: median(times[name, 1]) for name in sets}
    all_ = {name: median(times[name, sessions]) for name in sets}
    further = {name: (all_[name] - one[name]) / (sessions - 1) for name in sets}
    for name in sets:
        print(f"{name}: {one[name]:.2f} s for one, {further[name]:.3f} s a further session")
    plain, every = sets
    print(
        f"ratio: {one[every] / one[plain]:.2f}, a further one {further[every] / further[plain]:.2f}"
    )


if __name__ == "__main__":
    main()
