"""The reader's limits: all in one place, each with its reason."""

import ast
import csv
from pathlib import Path

from dxeval.reading import limits

READING = Path(limits.__file__).parent
BODY = ast.parse(Path(limits.__file__).read_text(encoding="utf-8")).body[1:]


def test_every_limit_has_its_reason() -> None:
    numbers, reasons = BODY[::2], BODY[1::2]
    assert len(numbers) == len(reasons) > 10
    for number, reason in zip(numbers, reasons, strict=True):
        assert isinstance(number, ast.Assign)
        assert isinstance(reason, ast.Expr)
        assert ast.literal_eval(reason.value).strip().endswith(".")


def test_no_limit_stands_anywhere_else_and_each_is_used() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in READING.glob("*.py")}
    del sources[READING / "limits.py"]
    for path, source in sources.items():
        for node in ast.parse(source).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                is_large = isinstance(node.value.value, int) and node.value.value > 1
                assert not is_large, f"{path.name}:{node.lineno}"
    for name in vars(limits):
        assert name.startswith("__") or any(name in source for source in sources.values()), name


def test_python_reads_cells_of_text_up_to_the_same_length() -> None:
    assert csv.field_size_limit() == limits.MAX_CELL
