"""Every number of every page is resolved, computed again, and found when it is changed."""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import awkward_names
import every_kind
import pytest
import stress
from bs4 import BeautifulSoup, NavigableString, Tag
from conftest import EXAMPLE, Here, copy_workspace
from test_batch import keep_sessions, replace_cell

from dxeval import __version__
from dxeval.definitions.strict_yaml import keys_and_lines
from dxeval.report.batch import Result, run
from dxeval.scoring.recount import basis as recount
from dxeval.scoring.recount.claim import Basis, Claim
from dxeval.scoring.recount.what import TEXTS, What
from dxeval.starting.files import TEMPLATE
from dxeval.tracing.known import Known
from dxeval.tracing.pages import numbers
from dxeval.tracing.place import Place
from dxeval.tracing.read import Found, read
from dxeval.tracing.typed import Typed
from dxeval.workspace import Workspace

FINDINGS = """session_id,item,where,levels,percent,count,n,mean,sd,rounding,text
exchange-1,理解度,table,,95.2,20,21,,,,
exchange-1,理解度,headline,とても理解できた;理解できた,96,,21,,,,
exchange-1,理解度,prose,どちらでもない,,3,20,,,,
exchange-1,役立ち度,table,,52,11,21,,,,
exchange-1,習得度,table,,37,,21,,,,
exchange-1,習得度,headline,実践できる;サポートがあれば実践できる,37,,19,,,,
exchange-1;exchange-2,満足度,table,,97,,41,,,,
exchange-1,満足度,table,,100,,,,,,
exchange-2,満足度,headline,大いに満足;満足,90,,,,,,
exchange-1,満足度,headline,大いに満足;満足;概ね満足,100,,,,,,
exchange-1,,attended,,,21,,,,,
exchange-1,,responded,,,25,,,,,
exchange-1,,municipalities,,,30,,,,,
exchange-1,,invited,,,10,,,,,
exchange-1,,date,,,,,,,,2025年6月4日（火）
exchange-1,,sessions,,,6,,,,,
exchange-1,,programme,,,,,,,,DX推進の交流2025
exchange-2,,programme,,,,,,,,DX推進担当の交流2025
exchange-3,習得度,table,,90,,19,,,twice,
exchange-4,役立ち度,table,,89.5,17,19,,,,
exchange-5,役立ち度,table,,33.33,,,,,ceiling,
"""
"""An earlier report in which nearly everything is wrong that the audit looks for."""
SPOKEN = ("alt", "aria-label", "title")


def pages(workspace: Workspace) -> Iterator[tuple[str, str]]:
    for path in sorted((workspace.root / "outputs/html").glob("*.html")):
        yield path.stem, path.read_text(encoding="utf-8")


def wrong(found: Found, known: Known) -> str:
    """Return what is the matter with a number; empty if nothing is."""
    where = f"{found.place.words}：{found.place.text}"
    if found.claim is None:
        return f"orphan {found.text} in {where}"
    if found.claim.what in TEXTS:
        return ""
    basis = recount.basis(found.claim, known.answers)
    if basis is None or found.text not in basis.texts:
        return f"{found.text} in {where}, but {basis} by {found.claim}"
    return ""


def all_wrong(html: str, page: str, known: Known) -> Iterator[str]:
    return filter(None, (wrong(found, known) for found in numbers(html, known, page)))


def figures(html: str, page: str, known: Known) -> list[Found]:
    return [f for f in numbers(html, known, page) if f.claim and f.claim.what not in TEXTS]


def hold(workspace: Workspace, at_least: dict[str, int], left_out: Iterable[str] = ()) -> None:
    """Hold all pages against the answers, and that so many figures were found on them."""
    known = Known.of(workspace, [*left_out])
    found = {page: [*all_wrong(html, page, known)] for page, html in pages(workspace)}
    assert not {page: texts for page, texts in found.items() if texts}
    there = {page: len(figures(html, page, known)) for page, html in pages(workspace)}
    assert {page: n for page, n in there.items() if n < at_least.get(page, 0)} == {}
    assert {*at_least} <= {*there}


def changed(html: str, step: int) -> Iterator[tuple[str, str]]:
    """Yield the page with one digit changed, and around which number: of every ``step``-th one."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(["style", "img"]):
        tag.attrs.pop("src", None)
        tag.string = ""
    texts = [
        node
        for node in soup.find_all(string=re.compile(r"\d"))
        if type(node) is NavigableString and node.find_parent("style") is None
    ]
    spoken = [(tag, name) for tag in soup.find_all(True) for name in SPOKEN if tag.get(name)]
    put: list[tuple[str, Callable[[str], object]]] = [(str(n), _put(n)) for n in texts]
    put += [(str(tag[name]), _set(tag, name)) for tag, name in spoken]
    spots = [(t, m, place) for t, place in put for m in re.finditer(r"\d+(?:[.,]\d+)*", t)]
    for text, match, place in spots[::step]:
        last = match.end() - 1
        place(f"{text[:last]}{(int(text[last]) + 1) % 10}{text[last + 1 :]}")
        yield f"{text[: match.start()]}[{match[0]}]{text[match.end() :]}", str(soup)
        place(text)


def _put(node: NavigableString) -> Callable[[str], object]:
    here = [node]

    def put(text: str) -> None:
        other = NavigableString(text)
        here[0].replace_with(other)
        here[0] = other

    return put


def _set(tag: Tag, name: str) -> Callable[[str], object]:
    return lambda text: tag.attrs.update({name: text})


def unnoticed(workspace: Workspace, page: str, step: int = 1) -> list[str]:
    """Return the numbers of a page of which a changed digit is not noticed."""
    known = Known.of(workspace)
    html = (workspace.root / f"outputs/html/{page}.html").read_text(encoding="utf-8")
    assert figures(html, page, known)
    return [said for said, other in changed(html, step) if not any(all_wrong(other, page, known))]


def with_notebooks(root: Path, *more: str) -> Workspace:
    shutil.copytree(EXAMPLE / "notebooks", root / "notebooks")
    for name in more:
        shutil.copy(TEMPLATE / name, root / "notebooks")
    workspace = Workspace(root)
    assert not run(workspace, executor=Here()).failed
    return workspace


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Questions of every kind, answered by nobody, one, few and many; all left blank."""
    root = tmp_path_factory.mktemp("kinds")
    every_kind.write_workspace(root)
    return with_notebooks(root)


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Long labels, many comments."""
    root = tmp_path_factory.mktemp("stress")
    stress.write_workspace(root)
    return with_notebooks(root)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Names that look like figures, or like each other."""
    root = tmp_path_factory.mktemp("names")
    awkward_names.write_workspace(root)
    return with_notebooks(root)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Some sessions of which only published figures are known, and the audit's page."""
    root = tmp_path_factory.mktemp("published")
    shutil.copytree(EXAMPLE / "data", root / "data")
    for name in ("exchange-2", "exchange-5", "bpr-1"):
        (root / f"data/responses/{name}.csv").unlink()
    return with_notebooks(root, "audit.ipynb")


def test_no_number_of_the_examples_pages_is_an_orphan(made: tuple[Workspace, Result]) -> None:
    at_least = {"exchange-1": 120, "overall": 440, "index": 110, "report": 1500, "bpr-1": 110}
    hold(made[0], at_least)


def test_no_number_of_every_kind_is_an_orphan(kinds: Workspace) -> None:
    hold(kinds, {"n-1": 170, "n-21": 260, "n-400": 310, "n-none": 35, "overall": 350})


def test_no_number_of_the_extremes_is_an_orphan(extremes: Workspace) -> None:
    hold(extremes, {"n-60": 120, "overall": 190})


def test_no_number_among_awkward_names_is_an_orphan(names: Workspace) -> None:
    hold(names, {"a-1": 250, "b-3": 300, "overall": 450, "index": 100})


@pytest.mark.parametrize(("page", "step"), [("a-1", 11), ("b-3", 13), ("overall", 19)])
def test_a_changed_digit_among_awkward_names_is_noticed(
    names: Workspace, page: str, step: int
) -> None:
    assert unnoticed(names, page, step) == []


def test_no_number_of_any_finding_is_an_orphan(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE / "data", tmp_path / "data")
    for path in (tmp_path / "data/responses").iterdir():
        path.unlink()
    (tmp_path / "data/published.csv").write_text(FINDINGS, encoding="utf-8")
    workspace = with_notebooks(tmp_path, "audit.ipynb")
    hold(workspace, {"audit": 130, "exchange-1": 90})


def test_no_number_of_published_figures_is_an_orphan(published: Workspace) -> None:
    hold(published, {"audit": 220, "bpr-1": 140, "exchange-2": 100, "overall": 280})


def test_the_version_of_the_program_was_typed_by_nobody(made: tuple[Workspace, Result]) -> None:
    known = Known.of(made[0])
    for page in ("exchange-1", "overall", "index", "report"):
        html = (made[0].root / f"outputs/html/{page}.html").read_text(encoding="utf-8")
        found = [one for one in numbers(html, known, page) if one.text == __version__]
        assert found
        assert {one.claim.what for one in found if one.claim} == {What.MADE_OF}


def test_published_figures_of_each_session_at_the_reports_end_are_its_own(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    keep_sessions(workspace, "exchange-2", "exchange-3", "bpr-1")
    shown = "dx.tables.published(workspace.published, sessions, scores, programme)"
    replace_cell(workspace, "overall", shown, "None")
    assert not run(workspace, executor=Here()).failed
    html = (workspace.root / "outputs/html/report.html").read_text(encoding="utf-8")
    known = Known.of(workspace)
    annex = [f for f in figures(html, "report", known) if f.place.section == "公表値との照合"]
    assert {f.claim.sessions for f in annex if f.claim} == {
        *(("exchange-2",), ("exchange-3",), ("bpr-1",))
    }
    assert not [*all_wrong(html, "report", known)]


def test_sessions_without_a_page_leave_no_orphan(workspace: Workspace) -> None:
    keep_sessions(workspace, "exchange-1", "exchange-2", "bpr-1")
    (workspace.root / "data/responses/exchange-2.csv").write_text("何か\n1\n", encoding="utf-8")
    (workspace.root / "data/sessions/bpr-1.yaml").write_text("a: b: 1\n", encoding="utf-8")
    failed = run(Workspace(workspace.root), executor=Here()).failed
    assert {*failed} == {"exchange-2", "bpr-1"}
    at_least = {"exchange-1": 120, "overall": 30, "index": 20}
    hold(Workspace(workspace.root), at_least, failed)


@pytest.mark.parametrize(
    ("page", "step"),
    [("exchange-1", 1), ("exchange-2", 2), ("index", 2), ("programme-bpr", 2), ("overall", 9)],
)
def test_a_changed_digit_is_noticed(made: tuple[Workspace, Result], page: str, step: int) -> None:
    assert unnoticed(made[0], page, step) == []


@pytest.mark.parametrize(("page", "step"), [("n-1", 5), ("n-21", 7), ("overall", 11)])
def test_a_changed_digit_of_any_kind_is_noticed(kinds: Workspace, page: str, step: int) -> None:
    assert unnoticed(kinds, page, step) == []


@pytest.mark.parametrize(("page", "step"), [("audit", 3), ("exchange-2", 2), ("overall", 13)])
def test_a_changed_digit_of_published_figures_is_noticed(
    published: Workspace, page: str, step: int
) -> None:
    assert unnoticed(published, page, step) == []


@pytest.fixture(scope="module")
def with_own(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A session's page with cells of somebody's own."""
    workspace = copy_workspace(tmp_path_factory.mktemp("own"))
    keep_sessions(workspace, "exchange-1")
    path = workspace.root / "notebooks/session.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = {"cell_type": "code", "execution_count": None, "outputs": [], "metadata": {}}
    notebook["cells"] += [
        {**code, "id": "frame", "source": "import pandas as pd\npd.DataFrame({'a': [1234, 5]})"},
        {"cell_type": "markdown", "id": "text", "metadata": {}, "source": "来年は**300**人。"},
        {**code, "id": "drawn", "source": "dx.tables.cards(session, scores)"},
    ]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    run(Workspace(workspace.root), executor=Here())
    return Workspace(workspace.root)


def test_somebodys_own_output_is_known_by_its_cell(with_own: Workspace) -> None:
    known = Known.of(with_own)
    html = (with_own.root / "outputs/html/exchange-1.html").read_text(encoding="utf-8")
    assert not [*all_wrong(html, "exchange-1", known)]
    found = {f.text: f.claim for f in numbers(html, known, "exchange-1")}
    last = len(
        json.loads((with_own.root / "outputs/notebooks/exchange-1.ipynb").read_text())["cells"]
    )
    for text, cell in {"1234": last - 2, "300": last - 1}.items():
        claim = found[text]
        assert claim and claim.what is What.OWN
        assert claim.of == f"outputs/notebooks/exchange-1.ipynb の{cell}番目のセル"


def test_what_no_cell_shows_is_an_orphan(with_own: Workspace) -> None:
    known = Known.of(with_own)
    html = (with_own.root / "outputs/html/exchange-1.html").read_text(encoding="utf-8")
    for old, new in {">1234<": ">1235<", "<strong>300</strong>": "<strong>301</strong>"}.items():
        assert old in html
        assert [*all_wrong(html.replace(old, new), "exchange-1", known)]


def test_our_own_tables_are_no_output_of_somebodys_own(with_own: Workspace) -> None:
    known = Known.of(with_own)
    html = (with_own.root / "outputs/html/exchange-1.html").read_text(encoding="utf-8")
    cards = [f for f in figures(html, "exchange-1", known) if f.place.section == "カード"]
    assert len(cards) == 2 * 4 * 3


def test_typed_numbers_are_known_by_file_and_line(made: tuple[Workspace, Result]) -> None:
    workspace, _ = made
    known = Known.of(workspace)
    name = "data/sessions/exchange-2.yaml"
    texts = {key: line for key, line, _ in keys_and_lines(workspace.root / name, name)}
    html = (workspace.root / "outputs/html/exchange-2.html").read_text(encoding="utf-8")
    (said,) = [
        f for f in numbers(html, known, "exchange-2") if f.claim and f.claim.what is What.TYPED
    ]
    assert said.claim == Claim(What.TYPED, of=f"{name} の{texts['comments[1]']}行目 comments[1]")


def test_a_typed_text_swallows_no_figure(made: tuple[Workspace, Result]) -> None:
    known = Known.of(made[0])
    for page in ("exchange-1", "overall", "index"):
        html = (made[0].root / f"outputs/html/{page}.html").read_text(encoding="utf-8")
        ours = figures(html, page, known)
        short = {f.place.text for f in ours if len(re.sub(r"[\W\d]", "", f.place.text)) < 4}
        assert len(short) > 10
        more = [Typed(text, "data/sessions/exchange-1.yaml", "comments[1]") for text in short]
        other = replace(known, more=more, memo={})
        assert [f.claim for f in figures(html, page, other)] == [f.claim for f in ours]


def test_a_number_of_another_session_is_wrong(made: tuple[Workspace, Result]) -> None:
    known = Known.of(made[0])
    html = (made[0].root / "outputs/html/exchange-1.html").read_text(encoding="utf-8")
    assert len([*all_wrong(html, "exchange-3", known)]) > 50


def test_pages_of_other_answers_are_wrong_and_break_nothing(
    kinds: Workspace, published: Workspace, names: Workspace
) -> None:
    workspaces = (kinds, published, names)
    for workspace in workspaces:
        for other in workspaces:
            known = Known.of(other)
            for page, html in pages(workspace):
                found = page != "report" and [*all_wrong(html, page, known)]
                assert bool(found) == (other != workspace and page != "report")


@pytest.mark.parametrize(
    ("claim", "texts"),
    [
        (Claim(What.FAVOURABLE_SHARE, ("exchange-1",), "習得度"), ("52",)),
        (Claim(What.SHARE, ("exchange-1",), "習得度", ("もっと勉強が必要",)), ("19",)),
        (Claim(What.VALID, ("exchange-1", "exchange-2"), "習得度"), ("41",)),
        (Claim(What.ATTENDEES, ("bpr-1", "bpr-2")), ("12",)),
        (Claim(What.COUNT, ("exchange-1",), "習得度", ("ない選択肢",)), None),
        (Claim(What.FAVOURABLE, ("exchange-1",), "ない設問"), None),
        (Claim(What.MEDIAN, ("exchange-1",), "習得度"), None),
        (Claim(What.ATTENDEES, ("ない回",)), None),
        (Claim(What.TYPED, of="data/survey.yaml"), None),
    ],
)
def test_a_claim_is_computed_again(
    real: Workspace, claim: Claim, texts: tuple[str, ...] | None
) -> None:
    basis = recount.basis(claim, Known.of(real).answers)
    assert (basis and basis.texts) == texts


def test_a_share_says_of_how_many(real: Workspace) -> None:
    claim = Claim(What.FAVOURABLE_SHARE, ("exchange-1",), "習得度")
    assert recount.basis(claim, Known.of(real).answers) == Basis(("52",), 11, 21, 0)


def test_every_claim_can_be_computed_or_is_a_text(real: Workspace) -> None:
    assert {*What} - TEXTS == {*recount.RECOUNTS}


def test_a_sentence_says_of_whom(real: Workspace) -> None:
    known = Known.of(real)
    text = "習得度が①第1回（52%、11/21人）。"
    found = [*read(Place(text=text, sessions=tuple(known.answers.sessions)), known)]
    assert [f.text for f in found] == ["①第1回", "52", "11", "21"]
    assert {f.claim.sessions for f in found[1:] if f.claim} == {("exchange-1",)}
    assert {f.claim.item for f in found[1:] if f.claim} == {"習得度"}
