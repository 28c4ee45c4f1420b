"""The ZIP, from ``outputs/`` as it stands to one file, while no batch writes there."""

from dataclasses import dataclass
from pathlib import Path

from dxeval.errors import ShareError
from dxeval.report.lock import SHARE
from dxeval.report.plan import Plan
from dxeval.report.staging import clear_after_kill, open_outputs
from dxeval.sharing.checking import wrong
from dxeval.sharing.guide import CHECKSUMS, GUIDE, checksums, guide
from dxeval.sharing.holding import Held, held, refuse_old, relative, sizes, some, title
from dxeval.sharing.links import Links, links
from dxeval.sharing.packing import allowed, packed, usual_place, write
from dxeval.workspace import Workspace

CHECKED = (
    "メールアドレスと電話番号、個人の列の見出し、載せると決めていない自由記述、"
    "この機械のパスと名前、リンク"
)


@dataclass(frozen=True)
class Shared:
    """What was made: where, how large, what is in it."""

    place: str
    size: str
    held: Held
    links: Links

    def words(self) -> str:
        """Return what the ZIP holds and what was looked for, line by line."""
        kinds = {"html": "ページ", "tables": "数字のファイル", "pdf": "PDF"}
        lines = [f"{self.place} を作りました（{self.size}、{self.held.sessions}回）。"]
        for folder, name in kinds.items():
            if files := self.held.of(folder):
                lines.append(f"- {folder}/　{name}{len(files)}件　{sizes(files.values())}")
        if self.held.without_prints:
            lines.append(f"- {self.held.without_prints}")
        lines += [
            f"- {GUIDE}、{CHECKSUMS}",
            f"確かめたこと：{CHECKED}（中へ{self.links.inside}本）",
        ]
        if outside := sorted(self.links.outside):
            lines += [f"外へのリンク{len(outside)}本：", *(f"- {link}" for link in outside)]
        return "\n".join(lines)


def make(workspace: Workspace, path: Path | None = None) -> Shared:
    """Make the ZIP at ``path``, or at its usual place.

    Raises ShareError unless all is up to date and fit to go out, DataError for files that cannot
    be read, OutputError while a batch writes: nothing has been written then.
    """
    outputs = workspace.root / "outputs"
    clear_after_kill(outputs)
    plan = Plan(workspace)
    place = allowed(path or usual_place(workspace.root, title(plan)), workspace.root)
    if not outputs.is_dir():
        refuse_old(plan)
    with open_outputs(outputs, SHARE):
        plan = Plan(Workspace(workspace.root))
        found = held(plan)
        whole = links(found.files)
        if mistakes := [*wrong(plan, found.files), *whole.wrong]:
            raise ShareError(
                f"渡してはいけないものか、切れたリンクがあるため、ZIP は作りませんでした。\n"
                f"{some(mistakes)}\n直して dxeval run を実行してから、もう一度実行してください。"
            )
        files = {**found.files, GUIDE: guide(plan, found, whole.outside)}
        files[CHECKSUMS] = checksums(files)
        content = packed(files, plan.workspace.programme.report.date)
        write(content, place, workspace.root)
    said = relative(place, workspace.root.resolve())
    return Shared(said, sizes([content]), found, whole)
