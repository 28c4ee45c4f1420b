"""How fast a batch is, as ratios in one run: ``make bench``.

For N sessions of 20 respondents, from files to HTML, on the cores that there are (taskset limits
them), wall-clock seconds:

tutorial   ``papermill`` and then ``jupyter nbconvert`` on the command line, session after session
ours       ``dxeval run`` from a cold start: sessions, overall page, index, tables
stock      the same with ``--engine nbclient``
floor      the same library calls and template, no notebook, two warm processes
seaborn    the floor with each session's bars drawn by ``seaborn.histplot``
R          ``rmarkdown::render`` of session.Rmd in two R processes: four bars by ggplot2, four
           tables and the comments as an ordinary html_document; no overall page, index or tables
R least    the same with bars by base graphics, in a document without theme

R runs where Debian's r-cran-rmarkdown, r-cran-ggplot2 and pandoc are installed.

The tutorial's loop is measured for the first number of sessions and counted up for the others,
each of its turns being alike; ``--full`` measures it for each number.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import yaml

if TYPE_CHECKING:
    from dxeval.scoring.distribution import Distribution

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "dxeval/example"
PEOPLE = 20


def write_workspace(root: Path, sessions: int, people: int = PEOPLE) -> None:
    """Write a workspace of equal sessions, made from exchange-4 with its answers drawn anew."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    for folder in ("sessions", "responses", "photos"):
        (root / "data" / folder).mkdir(parents=True)
    for name in ("survey.yaml", "programme.yaml"):
        shutil.copy(EXAMPLE / "data" / name, root / "data" / name)
    text = (EXAMPLE / "data/sessions/exchange-4.yaml").read_text(encoding="utf-8")
    session = yaml.load(text, yaml.BaseLoader)
    export = (EXAMPLE / "data/responses/exchange-4.csv").read_text(encoding="utf-8-sig")
    note, header, *rows = export.splitlines()
    levels = [item["levels"] for item in _survey()["items"] if "levels" in item]
    for number in range(1, sessions + 1):
        draw = random.Random(number)
        session["number"], session["attendees"] = str(number), str(people)
        body = []
        for i in range(people):
            answers = [draw.choice(choices) for choices in levels]
            said = rows[i % len(rows)].rsplit(",", 1)[1]
            body.append(f"{i:06},2025/08/25 16:00,模擬,m@example.jp,{','.join(answers)},{said}")
        name = f"s{number:04}"
        target = root / "data/sessions" / f"{name}.yaml"
        target.write_text(yaml.safe_dump(session, allow_unicode=True), encoding="utf-8")
        target = root / "data/responses" / f"{name}.csv"
        target.write_text("\n".join([note, header, *body, ""]), encoding="utf-8")


def _survey() -> dict:
    return yaml.safe_load((EXAMPLE / "data/survey.yaml").read_text(encoding="utf-8"))


def tutorial(root: Path, ids: list[str]) -> None:
    """Run the two commands that papermill's and nbconvert's tutorials show."""
    out = root / "tutorial"
    out.mkdir(exist_ok=True)
    for session_id in ids:
        notebook = out / f"{session_id}.ipynb"
        papermill = ["papermill", "--log-level", "ERROR", "--no-progress-bar", "--cwd"]
        papermill += [str(root / "notebooks"), "-p", "session_id", session_id]
        for words in (
            ["-m", *papermill, str(root / "notebooks/session.ipynb"), str(notebook)],
            ["-m", "nbconvert", "--log-level", "ERROR", "--to", "html", str(notebook)],
        ):
            subprocess.run([sys.executable, *words], check=True, cwd=root, capture_output=True)


def ours(root: Path, *words: str) -> None:
    """Run the batch from a cold start."""
    shutil.rmtree(root / "outputs", ignore_errors=True)
    subprocess.run([sys.executable, "-m", "dxeval", "run", "--quiet", *words], check=True, cwd=root)


def floor_page(root: Path, session_id: str) -> int:
    """Make one session's page by the notebook's own calls, in plain Python."""
    import dxeval as dx
    from dxeval.report.site.export import export_index

    workspace = dx.Workspace(root)
    session = workspace.session(session_id)
    responses = workspace.responses(session)
    scores = workspace.score(session, responses)
    parts = [
        dx.page.title(session, workspace.programme),
        dx.page.lead(session, scores, workspace.published),
        dx.tables.cards(session, scores),
        dx.charts.results(scores),
        dx.page.comments(session, responses),
        dx.page.overview(session, workspace.programme),
        dx.page.contents(session),
        dx.page.insights(session),
        dx.page.photos(session, workspace.photo_folder),
        dx.tables.distribution(scores, workspace.survey),
        dx.tables.published(
            workspace.published, [session], {session.id: scores}, workspace.programme
        ),
    ]
    report = workspace.programme.report
    frame = export_index(session.heading, "", report=report, programmes=[], wholes=[], tables=[])
    html = frame.decode().replace("<main>", "<main>" + "".join(part.html for part in parts))
    return (root / f"floor-{session_id}.html").write_text(html, encoding="utf-8")


def floor_overall(root: Path) -> int:
    """Make the overall page and the tables likewise."""
    import dxeval as dx

    workspace = dx.Workspace(root)
    sessions = workspace.sessions()
    scores = workspace.score_all(sessions)
    programme = workspace.programme
    parts = [
        dx.page.overall_title(programme, sessions),
        dx.page.review(programme, sessions, scores),
        dx.tables.summary(sessions, scores, programme, workspace.survey),
        dx.charts.comparison_charts(sessions, scores, programme),
        dx.tables.comparison(sessions, scores, programme),
        dx.page.all_comments(sessions, programme, scores),
        dx.tables.published(workspace.published, sessions, scores, programme),
    ]
    workspace.tables(sessions)
    html = "".join(part.html for part in parts)
    return (root / "floor-overall.html").write_text(html, encoding="utf-8")


def draw_by_seaborn() -> None:
    """Have this process draw a session's bars as a user of seaborn would write it."""
    import seaborn as sns
    from matplotlib.figure import Figure

    from dxeval.presenting import charts
    from dxeval.presenting.colours import level_colours

    def bar(score: "Distribution") -> Figure:
        figure = Figure(figsize=(8, 0.45))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.axis("off")
        answers = {"level": [level for level, count in score for _ in range(count)]}
        sns.histplot(
            answers,
            y=[""] * score.n_valid,
            hue="level",
            hue_order=score.item.levels,
            palette=level_colours(score.item),
            multiple="stack",
            legend=False,
            ax=axes,
        )
        return figure

    charts.bar = bar


def floor(root: Path, ids: list[str], draw: Callable[[], None] | None = None) -> float:
    """Return the seconds that two warm processes take; ``draw`` is called in each before."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["dxeval.report.process.warm"])
    with context.Pool(2, draw) as pool:
        pool.starmap(floor_page, [(root, ids[0])] * 2, chunksize=1)
        start = time.perf_counter()
        overall = pool.apply_async(floor_overall, (root,))
        pool.starmap(floor_page, [(root, session_id) for session_id in ids], chunksize=1)
        overall.get()
        return time.perf_counter() - start


RENDER = (
    "words <- commandArgs(TRUE); for (id in words[-(1:3)]) rmarkdown::render(words[1],"
    " output_file = paste0(id, '.html'), output_dir = file.path(words[2], 'rmarkdown'),"
    " intermediates_dir = file.path(words[2], 'rmarkdown', id), output_options = %s,"
    " params = list(root = words[2], graphics = words[3], id = id), quiet = TRUE)"
)
OPTIONS = {"ggplot2": "list()", "base": "list(theme = NULL, highlight = NULL, mathjax = NULL)"}


def rmarkdown(root: Path, ids: list[str], graphics: str) -> float:
    """Return the seconds that two R processes take, not a number where R is not installed."""
    if not shutil.which("Rscript"):
        return float("nan")
    file = str(Path(__file__).with_name("session.Rmd"))
    words = ["Rscript", "-e", RENDER % OPTIONS[graphics], file, str(root), graphics]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    start = time.perf_counter()
    running = [
        subprocess.Popen([*words, *ids[i::2]], env=environment, stderr=subprocess.DEVNULL)
        for i in range(2)
    ]
    if any(process.wait() for process in running):
        raise RuntimeError("R Markdown failed")
    return time.perf_counter() - start


class Memory(threading.Thread):
    """Looks at the memory of all processes started from now on: shared pages are counted once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.others = set(psutil.Process().children(recursive=True))
        self.peak = 0
        self.going = True

    def run(self) -> None:
        """Look once a second until told to stop: looking costs time itself."""
        while self.going:
            total = 0
            for process in set(psutil.Process().children(recursive=True)) - self.others:
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)
            time.sleep(1)


def timed(function: Callable, *arguments: object) -> float:
    """Return the seconds a call took."""
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def watched(function: Callable, *arguments: object) -> int:
    """Return the peak memory in MB of the processes that a call started."""
    memory = Memory()
    memory.start()
    function(*arguments)
    memory.going = False
    memory.join()
    return memory.peak // 1_000_000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sessions", type=int, nargs="*", default=[7, 50, 200])
    parser.add_argument("--full", action="store_true", help="measure the tutorial for each number")
    words = parser.parse_args()
    print(
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {PEOPLE} respondents a session"
    )
    each = 0.0
    for n in words.sessions:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write_workspace(root, n)
            ids = [f"s{i:04}" for i in range(1, n + 1)]
            if words.full or not each:
                each = timed(tutorial, root, ids) / n
            here = timed(ours, root)
            seconds = {
                "tutorial": each * n,
                "ours": here,
                "stock": timed(ours, root, "--engine", "nbclient"),
                "R": rmarkdown(root, ids, "ggplot2"),
                "R least": rmarkdown(root, ids, "base"),
                "floor": floor(root, ids),
                "seaborn": floor(root, ids, draw_by_seaborn),
            }
            print(f"\n{n} sessions, at most {watched(ours, root)} MB of memory")
            for name, taken in seconds.items():
                print(f"{name:10} {taken:8.1f} s {taken / here:8.2f} times ours", flush=True)


if __name__ == "__main__":
    main()
