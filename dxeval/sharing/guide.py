"""The two files of the ZIP that are about the others: what each is, and their checksums."""

import hashlib
from collections.abc import Iterable, Mapping

from dxeval import __version__
from dxeval.definitions.programme import date_text
from dxeval.definitions.visible import visible
from dxeval.report.places import page_file
from dxeval.report.plan import Plan
from dxeval.report.site.links import INDEX, REPORT
from dxeval.sharing.holding import Held, sizes, title

GUIDE = "読み方.txt"
CHECKSUMS = "SHA256SUMS.txt"
_OWN = {page_file(REPORT): "全体を1つのファイルで", page_file(INDEX): "一覧"}
_TABLES = {".xlsx": "Excel で開く数字", ".csv": "ほかのプログラムで読む数字"}


def guide(plan: Plan, held: Held, outside: Iterable[str]) -> bytes:
    """Return in words what the ZIP holds and how it is opened; Windows' editor reads it too."""
    report = plan.workspace.programme.report
    facts = [
        report.client and f"委託元：{report.client}",
        report.contractor and f"受託者：{report.contractor}",
        report.date and f"報告の日：{date_text(report.date)}",
    ]
    lines = [
        title(plan),
        *(fact for fact in facts if fact),
        f"{held.sessions}回。dxeval {__version__} で作成。",
        "",
        "■ 開き方",
        "1. ZIP を右クリックし、「すべて展開」でフォルダーに取り出します。",
        "   （取り出さずに開くと、ページの間のリンクが働きません）",
        f"2. {page_file(INDEX)} をダブルクリックすると、ブラウザーで一覧が開きます。",
        f"   1つのファイルで読むときは {page_file(REPORT)} を開きます。これだけはメールに付けて",
        "   送っても、中のリンクがすべて働きます。インターネットへの接続は要りません。",
        "",
        "■ ファイル",
        *(_line(plan, name, content) for name, content in held.files.items()),
        f"{CHECKSUMS}　各ファイルの SHA-256（途中で変わっていないかを確かめるもの）",
        *([held.without_prints.partition("（")[0]] if held.without_prints else []),
    ]
    if links := sorted(outside):
        lines += ["", "■ 外へのリンク（開くにはインターネットへの接続が要ります）", *links]
    text = visible("\n".join([*lines, ""])).replace("\n", "\r\n")
    return f"\ufeff{text}".encode()


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 of each file, as ``sha256sum --check`` reads them."""
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return "".join(lines).encode()


def _line(plan: Plan, name: str, content: bytes) -> str:
    folder, _, own = name.partition("/")
    stem, _, suffix = own.rpartition(".")
    titles = {page_id: record.frame.title for page_id, record in plan.manifest.pages.items()}
    about = _OWN.get(f"html/{stem}.html") or titles.get(stem, "")
    if folder == "tables":
        about = _TABLES.get(f".{suffix}", "数字")
    elif folder == "pdf":
        about = f"{about}（A4 の PDF）"
    return f"{name}　{about}　{sizes([content])}"
