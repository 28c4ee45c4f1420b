"""What to say of a cell that failed: the true reason, and nothing that may be an answer.

A name is shown if it stands in the notebook or its declared files, or is a file of the workspace.
JupyterLab is named only where it would show the same: not for what works there, since a cell may
read any file there, ask, and use the network.
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from dxeval.problems import Problem, ProblemKind, shorten
from dxeval.report.engines import STOCK
from dxeval.report.job import Job
from dxeval.report.notebook.declared import HOW, NAME
from dxeval.report.notebook.faults import Fault
from dxeval.report.notebook.template import first_line, with_parameters
from dxeval.report.places import failed_file

LIBRARIES = {
    *("openpyxl", "xlrd", "pyarrow", "fastparquet", "lxml", "html5lib", "tabulate", "odfpy"),
    *("scipy", "statsmodels", "sklearn", "plotly", "altair", "kaleido", "vl_convert"),
    *("xlsxwriter", "requests", "sqlalchemy", "geopandas", "folium"),
}
"""Names that a library, not the notebook, may ask for."""
NAME_CHARACTERS = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def cell_words(job: Job, place: int) -> str:
    """Return which cell stands at a place of the notebook as it is run, as JupyterLab counts it."""
    first = shorten(first_line(job.template, job.parameters, place))
    return f"{job.kind.template} の「{first}」で始まるセル"


def failed_words(job: Job, place: int, fault: Fault) -> str:
    """Return why a cell failed and what to do."""
    where = [f"JupyterLab では [{_count(job, place)}]"]
    if fault.line is not None:
        fault = replace(fault, line=fault.line + _blank_lines(job, place))
        where.append(f"セルの{fault.line}行目")
    if fault.file and _known(job, fault.file):
        where.append(f"{fault.file} の{fault.file_line}行目")
    said = f"{cell_words(job, place)}で {fault.name} が起きました（{'、'.join(where)}）。"
    return said + _reason(job, fault)


def left_behind(job: Job, places: Sequence[str]) -> Iterator[Problem]:
    """Yield a warning for each file that a cell wrote and that no page holds."""
    for path in places:
        name = posixpath.basename(path.replace("\\", "/"))
        named = f"「{shorten(name)}」" if _known(job, name) else ""
        message = (
            f"セルがファイル{named}を書きましたが、配布するものには入りません"
            "（集計の表は outputs/tables/ にあります。手元に要るファイルは JupyterLab で書きます）"
        )
        yield Problem(ProblemKind.LEFT_BEHIND, job.kind.template, message)


def _count(job: Job, place: int) -> int:
    """Return the number that JupyterLab writes beside a cell of the template after Run All."""
    cells = with_parameters(job.template, job.parameters)["cells"][: place + 1]
    return sum(
        cell["cell_type"] == "code" and bool(cell["source"].strip()) for cell in cells
    ) - any(cell["id"] == "injected" for cell in cells[:-1])


def _blank_lines(job: Job, place: int) -> int:
    """Return how many lines IPython leaves out before it counts a cell's."""
    source = with_parameters(job.template, job.parameters)["cells"][place]["source"]
    return len(list(takewhile(lambda line: not line.strip(), source.splitlines())))


def _reason(job: Job, fault: Fault) -> str:
    if fault.phrase and fault.phrase in PHRASE_WORDS:
        return PHRASE_WORDS[fault.phrase]
    for base in fault.bases:
        if base in REASONS and (words := REASONS[base](job, fault)):
            return words
    return _in_jupyterlab(job)


def _in_jupyterlab(job: Job) -> str:
    return (
        f"dxeval lab {job.id} で同じノートブックを開いて Run All すると、原因が分かります"
        f"（止まった所は outputs/{failed_file(job.id)} にあります）。"
    )


def _known(job: Job, text: str | None) -> bool:
    """Whether a name stands in what the analyst wrote or the survey asks: it is no answer then."""
    if not text or len(text) > 100 or not text.isprintable():
        return False
    notebook = json.loads(job.template)
    written = ["".join(cell["source"]) for cell in notebook["cells"]]
    written += [
        content.decode("utf-8", "replace")
        for name, content in job.files.items()
        if name.endswith(".py")
    ]
    survey = job.files.get("data/survey.yaml", b"").decode("utf-8", "replace")
    if json.dumps(text, ensure_ascii=False) in survey:
        return True
    return any(text in source for source in written) or any(
        text in {name, posixpath.basename(name)} for name in (*job.nearby, *job.files)
    )


def _named(job: Job, fault: Fault, prefix: str = "「", suffix: str = "」") -> str:
    return f"{prefix}{shorten(str(fault.what), 60)}{suffix}" if _known(job, fault.what) else ""


def _declare(job: Job, *places: str) -> str:
    folder = posixpath.dirname(job.kind.template)
    names = ", ".join(f'"{posixpath.relpath(place, folder)}"' for place in places)
    return f"parameters セルに {NAME} = [{names}] のように書くと、ページの材料になります。"


def _file_missing(job: Job, fault: Fault) -> str:
    place = fault.place
    if place and place in job.nearby:
        return (
            f"「{place}」は作業フォルダにありますが、宣言していないファイルはページに渡りません。"
            + _declare(job, place)
        )
    named = _named(job, fault)
    return (
        f"開こうとしたファイル（か、動かそうとしたコマンド）{named}がありません。名前と場所（ノートブックのフォルダから見た"
        f"相対パス）を確かめ、parameters セルの {NAME} に書いてください（例：{HOW}）。"
    )


def _undeclared(job: Job, fault: Fault) -> str:
    place = fault.place
    if place and place in job.nearby:
        return (
            f"「{place}」を、宣言せずに、作業フォルダの場所から直接読もうとしました。"
            f"変わってもページが古くなったと分からないので、読めません。{_declare(job, place)}"
            "セルでは、ノートブックから見た相対パスで読んでください。"
        )
    name = posixpath.basename(str(fault.what).replace("\\", "/"))
    named = f"「{shorten(name)}」" if _known(job, name) else ""
    return (
        f"この回の材料にないファイル{named}を読もうとしました。変わってもページが古くなったと"
        "分からないので、読めません。作業フォルダの中（notebooks/ など）に写し、"
        f"parameters セルの {NAME} に書いて、相対パスで読んでください（例：{HOW}）。"
    )


def _module_missing(job: Job, fault: Fault) -> str:
    name = fault.what or ""
    top = name.partition(".")[0]
    if not NAME_CHARACTERS.fullmatch(name) or not (top in LIBRARIES or _known(job, top)):
        return "読み込もうとしたモジュールがありません。"
    folder = posixpath.dirname(job.kind.template)
    here = (f"{folder}/{top}.py", f"{folder}/{top}/__init__.py")
    if beside := [place for place in here if place in job.nearby]:
        package = [place for place in job.nearby if place.startswith(f"{folder}/{top}/")]
        inside = [place for place in package if place.endswith(".py")]
        return (
            f"「{beside[0]}」は隣にありますが、宣言していないモジュールはページに渡りません。"
            + _declare(job, *(inside or beside))
        )
    if apart := [place for place in job.nearby if posixpath.basename(place) == f"{top}.py"]:
        return (
            f"「{apart[0]}」は作業フォルダにありますが、ノートブックの隣ではありません。"
            f"{folder}/ に移してください。" + _declare(job, here[0])
        )
    if "ModuleNotFoundError" not in fault.bases and top not in LIBRARIES:
        return f"モジュール「{name}」に、読み込もうとした名前がありません。" + _in_jupyterlab(job)
    return (
        f"モジュール「{name}」が、dxeval を動かしている Python に入っていません。"
        f"そこに入れてください（例：python -m pip install {top}）。自分で書いたモジュールなら、"
        f"ノートブックの隣に置き、parameters セルの {NAME} に書いてください。"
        "JupyterLab が別の Python を使っていると、そちらでは動きます。"
    )


def _about(before: str, after: str) -> Callable[[Job, Fault], str]:
    """Return words about a name, if that may be shown; JupyterLab shows the same."""

    def words(job: Job, fault: Fault) -> str:
        named = _named(job, fault)
        return f"{before}{named}{after}" + _in_jupyterlab(job) if named else ""

    return words


def _always(text: str, lab: bool = False) -> Callable[[Job, Fault], str]:
    return lambda job, fault: text + (_in_jupyterlab(job) if lab else "")


def _syntax(job: Job, fault: Fault) -> str:
    place = f"{fault.file} " if fault.file and _known(job, fault.file) else "セル"
    line = fault.file_line if fault.file else fault.line
    return f"{place}の{line}行目の文法が正しくありません。" + _in_jupyterlab(job)


def _network(job: Job, fault: Fault) -> str:
    return (
        f"ネットワークの先{_named(job, fault)}につなごうとしました。ページは、つながらない所でも"
        "同じに作れるように、ネットワークを使えません。データは先にファイルに保存し、"
        f"parameters セルの {NAME} に書いて読んでください（例：{HOW}）。"
    )


def _own(job: Job, fault: Fault) -> str:
    return fault.own or ""


MULTIPROCESSING = (
    f"子プロセスを作れません。Pool を使わずに書くか、dxeval run --engine {STOCK} を試してください。"
)
PHRASE_WORDS = {
    "daemonic processes are not allowed": MULTIPROCESSING,
    "freeze_support()": MULTIPROCESSING,
    "cannot be called from a running event loop": (
        "ノートブックでは asyncio.run() は使えません（JupyterLab でも同じです）。"
        "await をそのまま書いてください。"
    ),
    "event loop is already running": (
        "ノートブックでは run_until_complete() は使えません（JupyterLab でも同じです）。"
        "await をそのまま書いてください。"
    ),
}
"""What to say where a class says too little, by Python's own words."""
REASONS: dict[str, Callable[[Job, Fault], str]] = {
    "DxevalError": _own,
    "UndeclaredFileError": _undeclared,
    "NetworkError": _network,
    "TimeAskedError": _always(
        "日付や時刻を尋ねるセルのページは、毎日変わるのに古くなったと分かりません。"
        "data/programme.yaml の report に date: 2026-03-31 のように書くと、"
        "尋ねた日付はその日（日本時間の正午）になります。"
    ),
    "InstallError": _always(
        "ページを作るたびにライブラリを入れたり消したりはできません。セルから消して、"
        "dxeval を動かしている Python に先に入れてください。"
    ),
    "CommandError": _always("! で始めたコマンドが失敗しました。", lab=True),
    "UsageError": _about("マジックコマンド", "を使えません。"),
    "FileNotFoundError": _file_missing,
    "ImportError": _module_missing,
    "NameError": _about("名前", "が定義されていません。上のセルで定義してください。"),
    "AttributeError": _about("属性", "がありません。綴りと、値の種類を確かめてください。"),
    "KeyError": _about("キー（列や項目の名前）", "がありません。"),
    "SyntaxError": _syntax,
    "TypeError": _about("関数", "への引数が合いません。"),
    "StdinNotImplementedError": _always(
        "ページを作るあいだは、input() などで人に尋ねられません。"
        "値はセルか parameters セルに書いてください。"
    ),
    "SystemExit": _always(
        "exit() や sys.exit() でノートブックを終わらせると、途中までのページになります。"
        "セルから消してください。"
    ),
    "KeyboardInterrupt": _always("セルが KeyboardInterrupt を起こしました。", lab=True),
    "MemoryError": _always(
        "メモリが足りません。読むデータを小さくするか、ほかのプログラムを閉じてください。"
    ),
    "RecursionError": _always("関数が自分を呼び続けています。", lab=True),
    "UnicodeDecodeError": _always(
        "文字コードが違います。回答の書き出しなら workspace.responses(session) で読めます。"
        '自分の表なら read_csv(…, encoding="cp932") のように文字コードを書いてください。'
    ),
    "PermissionError": _always("ファイルを読み書きする権限がありません。", lab=True),
}
"""What to say of an error, by the name of its class or of one that it derives from."""
