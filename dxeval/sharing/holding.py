"""What is handed on: pages, files of figures and prints, all of them up to date."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dxeval.errors import ShareError
from dxeval.problems import SHOWN_OF_A_KIND
from dxeval.report.listing import Line, State, listing
from dxeval.report.places import page_file, print_file, table_file, table_names
from dxeval.report.plan import Plan
from dxeval.report.site.links import INDEX, REPORT


@dataclass
class Held:
    """Files by their place in the ZIP, and what is to be said of those that are not there.

    ``sessions`` is how many have a page; ``without_prints`` says why there are none, if so.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    sessions: int = 0
    without_prints: str = ""

    def of(self, folder: str) -> dict[str, bytes]:
        """Return the files in a folder."""
        return {name: text for name, text in self.files.items() if name.startswith(f"{folder}/")}


def held(plan: Plan) -> Held:
    """Return what there is to hand on. Raises ShareError unless every page is up to date."""
    refuse_old(plan)
    records = plan.manifest.pages
    tables = table_names(name for record in records.values() for name in record.outputs)
    order = [INDEX, REPORT, *plan.reading_order]
    pages = [page_id for page_id in order if page_id in records]
    names = [*map(page_file, pages), *map(table_file, tables)]
    files = {name: (plan.outputs / name).read_bytes() for name in names}
    prints = {print_file(page_id): plan.outputs / print_file(page_id) for page_id in pages}
    there = [path for path in prints.values() if path.is_file() and not path.is_symlink()]
    found = Held(files, len({page.session_id for page in plan.pages}))
    if len(there) == len(prints):
        found.files |= {name: path.read_bytes() for name, path in prints.items()}
    else:
        how = "ありません" if not there else f"{len(prints)}件のうち{len(there)}件しかありません"
        found.without_prints = f"PDF は{how}（dxeval run --pdf で作ると入ります）"
    return found


def refuse_old(plan: Plan) -> None:
    """Raise ShareError where a page is out of date, failed, or can never be made.

    There is no way around it: a mail cannot be called back.
    """
    if not plan.manifest.pages:
        raise ShareError(
            "まだページがありません。dxeval run で作ってから、もう一度実行してください。"
        )
    lines = [_words(line) for line in listing(plan) if line.reasons or line.error]
    lines += [f"{problem.file}：ページを作れません" for problem in plan.table.problems]
    if plan.wrong is not None:
        lines.append(str(plan.wrong))
    if lines:
        raise ShareError(
            f"最新でないページがあるため、ZIP は作りませんでした。\n{some(lines)}\n"
            "dxeval run を実行し、失敗を直してから、もう一度 dxeval share を実行してください。"
        )


def some(lines: Iterable[str]) -> str:
    """Return the first lines, and how many more there are."""
    every = list(lines)
    more = [f"ほか{len(every) - SHOWN_OF_A_KIND}件"] if len(every) > SHOWN_OF_A_KIND else []
    return "\n".join(f"- {line}" for line in [*every[:SHOWN_OF_A_KIND], *more])


def _words(line: Line) -> str:
    state = State.STALE if line.state in {State.WAITING, State.PUBLISHED} else line.state
    return f"{line.id}：{state}（{'、'.join(line.reasons) or 'データのまちがい'}）"


def title(plan: Plan) -> str:
    """Return what the report is called."""
    report = plan.workspace.programme.report
    return f"{report.year} {report.title}".strip()


def sizes(files: Iterable[bytes]) -> str:
    """Return in words how large files are together."""
    kilobytes = sum(map(len, files)) / 1000
    return f"{kilobytes / 1000:.1f} MB" if kilobytes >= 1000 else f"{max(kilobytes, 1):.0f} KB"


def relative(path: Path, root: Path) -> str:
    """Return a path as the user would write it in the workspace."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
