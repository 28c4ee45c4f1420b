"""Templates kept compiled: the same text, whatever is kept."""

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from dxeval.presenting import compiled
from dxeval.presenting.compiled import keep_compiled


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled, "PLACE", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def rendered(text: str) -> str:
    environment = Environment(loader=DictLoader({"one": text}), autoescape=True)
    keep_compiled(environment)
    return environment.get_template("one").render(name="<b>")


def test_a_changed_template_is_compiled_anew(place: Path) -> None:
    assert rendered("{{ name }}!") == "&lt;b&gt;!"
    (kept,) = place.iterdir()
    before = kept.read_bytes()
    assert rendered("{{ name }}!") == "&lt;b&gt;!"
    assert kept.read_bytes() == before
    assert rendered("{{ name }}?") == "&lt;b&gt;?"
    assert kept.read_bytes() != before


@pytest.mark.parametrize("spoil", [b"", b"j2", b"\xff" * 500])
def test_what_is_spoilt_is_compiled_anew(place: Path, spoil: bytes) -> None:
    rendered("{{ name }}!")
    (kept,) = place.iterdir()
    kept.write_bytes(spoil)
    assert rendered("{{ name }}!") == "&lt;b&gt;!"


def test_nothing_is_kept_where_nothing_can_be(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("tempfile.NamedTemporaryFile", full)
        assert rendered("{{ name }}!") == "&lt;b&gt;!"
    monkeypatch.setattr(compiled, "PLACE", place / "missing")
    assert rendered("{{ name }}!") == "&lt;b&gt;!"
    monkeypatch.setattr(compiled, "PLACE", place)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered("{{ name }}!") == "&lt;b&gt;!"
    assert list(place.iterdir()) == []
