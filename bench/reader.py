"""Read, validate and score a million rows; print time and memory beside plain pandas.

    .venv/bin/python bench/reader.py            # a tenth, half and the whole of a million
    .venv/bin/python bench/reader.py 200000     # as many rows as you say

Each number is measured in a process of its own. Plain pandas is `read_csv` and one `value_counts`
a column: it checks nothing and keeps every column, personal ones too.
"""

import csv
import itertools
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from dxeval.definitions.survey import Survey, read_survey

SURVEY = Path(__file__).parents[1] / "dxeval/example/data/survey.yaml"


def write(path: Path, survey: Survey, rows: int) -> None:
    """Write an export of so many rows, every one with an id and one in four with a comment."""
    form = survey.forms[0]
    rng = random.Random(0)
    pool = [
        [rng.choice([*item.levels, ""]) for item in survey.items]
        + [f"{rng.random():.6f}番目の感想です。とても参考になった。" if rng.random() < 0.25 else ""]
        for _ in range(10_000)
    ]
    questions = [header for headers in form.items.values() for header in headers]
    header = [form.respondent_id, "氏名", "メールアドレス", *questions, *form.comments]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for number, answers in zip(range(rows), itertools.cycle(pool), strict=False):
            writer.writerow([number, f"模擬 {number}", f"mogi-{number}@example.jp", *answers])


def ours(path: Path) -> list[list[int]]:
    """Count with dxeval."""
    from dxeval.reading.responses import read_responses
    from dxeval.scoring.score import score

    survey = read_survey(SURVEY)
    return [list(scored.counts) for scored in score(read_responses(path, survey, "s", "s"), survey)]


def plain(path: Path) -> list[list[int]]:
    """Count with pandas alone."""
    import pandas as pd

    survey = read_survey(SURVEY)
    frame = pd.read_csv(path)
    return [
        frame[survey.forms[0].items[item.name][0]].value_counts().reindex(item.levels).tolist()
        for item in survey.items
    ]


def measure(
    count: Callable[[Path], list[list[int]]], path: Path
) -> tuple[float, float, float, object]:
    """Return seconds, seconds of CPU, peak memory in MB, and the counts."""
    start = time.perf_counter()
    cpu = time.process_time()
    counts = count(path)
    seconds = time.perf_counter() - start
    lines = Path("/proc/self/status").read_text().splitlines()
    (peak,) = [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return seconds, time.process_time() - cpu, peak, counts


def measured(
    count: Callable[[Path], list[list[int]]], path: Path
) -> tuple[float, float, float, object]:
    """Measure in a fresh process, importing included."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (count, path))


def main(sizes: Sequence[int]) -> None:
    """Print one line a size."""
    print(f"{'rows':>9}  {'dxeval':>27}  {'plain pandas':>27}  same counts")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.csv"
        for rows in sizes:
            write(path, read_survey(SURVEY), rows)
            (*own, counts), (*other, others) = (measured(count, path) for count in (ours, plain))
            texts = [f"{s:5.1f} s ({cpu:4.1f} CPU) {mb:5.0f} MB" for s, cpu, mb in (own, other)]
            print(f"{rows:>9,}  {'  '.join(texts)}  {'yes' if counts == others else 'NO'}")


if __name__ == "__main__":
    main([int(rows) for rows in sys.argv[1:]] or [100_000, 500_000, 1_000_000])
