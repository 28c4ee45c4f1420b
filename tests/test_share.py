"""``dxeval share``: one ZIP, all that may go out and nothing else, or none."""

import hashlib
import io
import json
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Here
from PIL import Image
from test_pages import Made

from dxeval.cli import main
from dxeval.errors import OutputError, ShareError
from dxeval.report.batch import run
from dxeval.report.job import sha256
from dxeval.report.plan import Plan
from dxeval.report.staging import open_outputs
from dxeval.sharing.guide import CHECKSUMS, GUIDE
from dxeval.sharing.links import links
from dxeval.sharing.making import make
from dxeval.sharing.packing import usual_place
from dxeval.workspace import Workspace


@pytest.fixture
def finished(made: Made, tmp_path: Path) -> Workspace:
    """A workspace whose pages are all up to date, to be spoilt."""
    return Workspace(shutil.copytree(made[0].root, tmp_path / "copy"))


def published(workspace: Workspace, page_id: str, change: Callable[[str], str]) -> None:
    """Change a page as if the batch had written it so: what the look through pages is for."""
    put(workspace, f"html/{page_id}.html", page_id, change)


def put(workspace: Workspace, name: str, page_id: str, change: Callable[[str], str]) -> None:
    path = workspace.root / "outputs" / name
    path.write_text(change(path.read_text("utf-8")), "utf-8", newline="")
    manifest = workspace.root / "outputs/manifest.json"
    data = json.loads(manifest.read_text("utf-8"))
    digest = sha256(path.read_bytes())
    data["pages"][page_id]["outputs"][name] = digest
    if name in data["pages"]["report"]["inputs"]:
        data["pages"]["report"]["inputs"][name] = digest
    manifest.write_text(json.dumps(data), "utf-8")


def into_main(html: str) -> Callable[[str], str]:
    return lambda page: page.replace("</main>", f"{html}</main>")


def refused(workspace: Workspace, path: Path | None = None) -> str:
    with pytest.raises(ShareError) as refusal:
        make(Workspace(workspace.root), path)
    assert not list(workspace.root.glob("share/*"))
    return str(refusal.value)


def test_the_zip_holds_what_is_handed_on_and_nothing_else(made: Made, tmp_path: Path) -> None:
    place = tmp_path / "報告.zip"
    shared = make(made[0], place)
    subprocess.run(["unzip", "-tq", place], check=True, capture_output=True)
    with zipfile.ZipFile(place) as package:
        assert package.testzip() is None
        names = package.namelist()
        files = {name: package.read(name) for name in names}
        assert all(
            entry.flag_bits & 0x800 or entry.filename.isascii() for entry in package.filelist
        )
        assert {entry.date_time for entry in package.filelist} == {(1980, 1, 1, 0, 0, 0)}
    pages = {f"html/{page_id}.html" for page_id in Plan(made[0]).order}
    tables = {f"tables/{path.name}" for path in (made[0].root / "outputs/tables").iterdir()}
    assert names == sorted({*pages, *tables, GUIDE, CHECKSUMS})
    for line in files[CHECKSUMS].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(files.pop(name)).hexdigest() == digest
    assert list(files) == [CHECKSUMS]
    words = shared.words()
    assert "12件" in words
    assert "7回" in words
    assert "PDF はありません" in words
    assert str(tmp_path) not in shared.held.files[min(pages)].decode()


def test_equal_outputs_are_equal_bytes_and_an_earlier_share_is_replaced(
    made: Made, finished: Workspace
) -> None:
    make(finished, finished.root / "a.zip")
    first = (finished.root / "a.zip").read_bytes()
    make(finished, finished.root / "a.zip")
    make(made[0], finished.root / "b.zip")
    assert first == (finished.root / "a.zip").read_bytes() == (finished.root / "b.zip").read_bytes()


def test_the_guide_says_what_each_file_is_in_words_for_windows(made: Made, tmp_path: Path) -> None:
    make(made[0], tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        text = package.read(GUIDE).decode("utf-8")
        names = [name for name in package.namelist() if name != GUIDE]
    assert text.startswith("\ufeff")
    assert text.count("\n") == text.count("\r\n")
    assert all(name in text for name in names)
    assert "dxeval 0.1.0" in text


def test_prints_go_along_when_every_page_has_one(finished: Workspace) -> None:
    from pypdf import PdfWriter

    folder = finished.root / "outputs/pdf"
    for place, page_id in enumerate(Plan(finished).order):
        if place == 3:
            assert "12件のうち3件" in make(finished).words()
        writer, target = PdfWriter(), io.BytesIO()
        writer.add_blank_page(10, 10)
        writer.write(target)
        (folder / f"{page_id}.pdf").write_bytes(target.getvalue())
    (folder / "下書き.pdf").write_bytes(b"%PDF")
    shared = make(finished)
    assert len(shared.held.of("pdf")) == len(Plan(finished).order)
    with zipfile.ZipFile(finished.root / shared.place) as package:
        assert "pdf/report.pdf" in package.namelist()
        assert "pdf/下書き.pdf" not in package.namelist()


def test_pages_out_of_date_or_failed_or_missing_are_named(
    finished: Workspace, workspace: Workspace
) -> None:
    assert "dxeval run" in refused(workspace)
    assert not (workspace.root / "outputs").exists()
    path = finished.root / "data/sessions/bpr-1.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("title: ワークショップ", "title: 研修会"), "utf-8")
    assert "bpr-1：要更新" in refused(finished)
    path.write_text("title: [", "utf-8")
    run(Workspace(finished.root), executor=Here())
    words = refused(finished)
    assert "bpr-1：失敗" in words
    assert "dxeval run" in words
    path.write_text(text, "utf-8")
    (finished.root / "outputs/html/overall.html").write_text("<p>", "utf-8")
    assert "overall：要更新" in refused(finished)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>問い合わせ：taro@city.example.jp</p>", "メールアドレス"),
        ("<p title='03-3214-5678'>x</p>", "電話番号"),
        (
            '<p>個人票</p><table><tr><th scope="col">氏名</th></tr></table>',
            "個人の列の見出し「氏名」",
        ),
        ("<p>/home/hanako/報告/data を見る</p>", "パス「/home/hanako/報告/data」"),
        (r"<p>C:\Users\hanako\報告</p>", "パス"),
        ("<p>file:///tmp/x</p>", "パス"),
        ('<a href="../notebooks/overall.ipynb">ノートブック</a>', "リンク「../notebooks/overall"),
        ('<a href="#nowhere">x</a>', "リンク「#nowhere」"),
        ('<a href="overall.html#nowhere">x</a>', "リンク「overall.html#nowhere」"),
        ('<img alt="" src="photo.png">', "リンク「photo.png」"),
        ('<a href="file:///x/y.html">x</a>', "リンク「file:"),
        ('<a href="//host/y.html">x</a>', "リンク「//host"),
        ('<a href="javascript:alert(1)">x</a>', "リンク「javascript:"),
    ],
)
def test_what_must_not_go_out_is_named_with_its_file(
    finished: Workspace, html: str, said: str
) -> None:
    published(finished, "bpr-1", into_main(html))
    words = refused(finished)
    assert "html/bpr-1.html：" in words
    assert said in words
    assert "taro" not in words


def test_comments_that_nobody_chose_do_not_go_out(finished: Workspace) -> None:
    session = finished.session("exchange-1")
    chosen = {comment.text for comment in session.comments if hasattr(comment, "text")}
    every = finished.responses(session).comments
    other = max((text for text in every if text not in chosen | {*session.comments}), key=len)
    put(finished, "tables/counts.csv", "overall", lambda text: f"{text}{other}\n")
    words = refused(finished)
    assert "tables/counts.csv：載せると決めていない自由記述" in words
    assert other not in words


def test_this_machine_is_not_named(finished: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.node", lambda: "soumu-pc17.city.example")
    monkeypatch.setattr("getpass.getuser", lambda: "hanako")
    assert make(finished).size
    shutil.rmtree(finished.root / "share")
    for name in ("hanako", "SOUMU-PC17", str(finished.root)):
        published(finished, "bpr-1", into_main(f"<p>{name}</p>"))
        assert "html/bpr-1.html：" in refused(finished)
        published(finished, "bpr-1", lambda page: page[: page.rindex("<p>")] + "</main></html>")


def test_links_out_are_listed_and_what_stands_on_purpose_may_go(finished: Workspace) -> None:
    path = finished.root / "data/sessions/bpr-1.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("title: ワークショップ", "title: 研修会（dx@city.example.jp）"), "utf-8"
    )
    run(Workspace(finished.root), executor=Here())
    published(finished, "bpr-2", into_main('<a href="https://example.jp/a">x</a>'))
    shared = make(Workspace(finished.root))
    assert "https://example.jp/a" in shared.words()
    with zipfile.ZipFile(finished.root / shared.place) as package:
        assert "https://example.jp/a" in package.read(GUIDE).decode()
        assert "dx@city.example.jp" in package.read("html/bpr-1.html").decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("outputs/a.zip", "outputs/ の中"),
        ("outputs/html/a.zip", "outputs/ の中"),
        ("data/a.zip", "data/ の中"),
        ("a.pdf", ".zip で終わっていません"),
        ("mine.zip", "消さずに残しました"),
        ("link.zip", "消さずに残しました"),
        ("nowhere/a.zip", "書けません"),
    ],
)
def test_it_is_written_nowhere_else_and_over_nothing(
    finished: Workspace, name: str, said: str
) -> None:
    with zipfile.ZipFile(finished.root / "mine.zip", "w") as package:
        package.writestr("a", "b")
    (finished.root / "link.zip").symlink_to(finished.root / "data/survey.yaml")
    before = {path: path.read_bytes() for path in finished.root.rglob("*") if path.is_file()}
    assert said in refused(finished, finished.root / name)
    after = {path: path.read_bytes() for path in finished.root.rglob("*") if path.is_file()}
    assert after == before


def test_nothing_half_is_left_where_writing_fails(
    finished: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(finished, finished.root / "a.zip")
    before = (finished.root / "a.zip").read_bytes()

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(ShareError, match="書けません"):
            make(finished, finished.root / "a.zip")
    assert (finished.root / "a.zip").read_bytes() == before
    assert not list(finished.root.glob(".*.part"))


def test_a_batch_beside_it_is_told_and_tells(finished: Workspace) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with open_outputs(finished.root / "outputs", "dxeval share"):
            held.set()
            done.wait(60)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(60)
    try:
        with pytest.raises(OutputError, match=r"dxeval share が.*終わるのを待って"):
            run(finished)
        with pytest.raises(OutputError):
            make(finished)
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ('2025年度 交流会: "DX/BPR" <案>?', "2025年度 交流会_ _DX_BPR_ _案_"),
        ("con", "reportcon"),
        ("報告... ", "報告"),
        ("長" * 200, "長" * 60),
        ("..\\..\\x", "_.._x"),
        ("///", "_"),
    ],
)
def test_its_usual_name_is_one_on_windows_too(tmp_path: Path, title: str, name: str) -> None:
    place = usual_place(tmp_path, title)
    assert place.parent == tmp_path / "share"
    assert place.stem.rstrip("_") == name.rstrip("_")


def test_photographs_and_hostile_words_go_along(workspace: Workspace) -> None:
    for path in (workspace.root / "data/sessions").glob("exchange-*"):
        path.unlink()
    table = workspace.root / "data/published.csv"
    table.write_text(table.read_text("utf-8").splitlines()[0], "utf-8")
    (workspace.photo_folder).mkdir(exist_ok=True)
    Image.new("RGB", (400, 300), "#0b3b6f").save(workspace.photo_folder / "会場 山田花子.jpg")
    session = workspace.root / "data/sessions/bpr-1.yaml"
    text = session.read_text("utf-8").replace("bpr-1-1.jpg", "会場 山田花子.jpg")
    hostile = "title: '<a href=\"x.html\">研修</main>&amp;</script>'"
    session.write_text(text.replace("title: ワークショップ", hostile), "utf-8")
    result = run(Workspace(workspace.root), executor=Here())
    assert result.failed == {}
    shared = make(Workspace(workspace.root))
    whole = shared.held.files["html/report.html"].decode()
    assert "data:image/" in whole
    assert "山田花子" not in "".join(str(text) for text in shared.held.files.values())
    assert whole.count("<article") == whole.count("</article>") == 4
    assert links({"html/report.html": whole.encode()}).wrong == []


def test_the_command_says_it_and_its_place(
    finished: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(finished.root)
    with pytest.raises(SystemExit) as end:
        main(["share"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("share/2025年度 事業実施結果.zip を作りました")
    monkeypatch.chdir(finished.root / "data")
    with pytest.raises(SystemExit) as end:
        main(["share", "../b.zip"])
    assert (finished.root / "b.zip").is_file()
    assert end.value.code == 0
