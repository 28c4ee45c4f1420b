"""Order statistics and numbers: exact, as numpy and the standard library give them."""

import math
import statistics
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dxeval.definitions.form import Form
from dxeval.definitions.questions import Number, Rating
from dxeval.errors import FigureError
from dxeval.problems import Problems
from dxeval.reading.numbers import NumberVocabulary, plain_number, read_numbers
from dxeval.reading.vocabulary import Column
from dxeval.scoring.order import Order, shown
from dxeval.scoring.values import Ratings, Values

ITEM = Number(kind="number", name="時間", question="?", unit="時間")
FORM = Form(name="f", items={"時間": ("Q",)})
QUICK = settings(max_examples=300, deadline=None)
DECIMALS = st.decimals(-(10**9), 10**9, places=3)


@QUICK
@given(st.lists(st.fractions(-(10**6), 10**6), min_size=1, max_size=60))
def test_the_five_numbers_are_those_of_numpy_and_the_standard_library(
    values: list[Fraction],
) -> None:
    order = Order.of(values)
    ours = [order.least, order.lower, order.median, order.upper, order.most]
    theirs = np.quantile([float(v) for v in values], [0, 0.25, 0.5, 0.75, 1], method="linear")
    assert np.allclose([float(v) for v in ours], theirs, rtol=1e-9, atol=1e-9)
    assert order.median == statistics.median(values)
    assert ours == sorted(ours)
    if len(values) > 1:
        quartiles = statistics.quantiles(values, n=4, method="inclusive")
        assert ours[1:4] == quartiles


@QUICK
@given(st.lists(st.one_of(DECIMALS, st.integers(-(10**14), 10**14)), max_size=30), st.data())
def test_numbers_come_back_exactly(values: list[object], data: st.DataObject) -> None:
    cells = [format(value, "f" if not isinstance(value, int) else "d") for value in values]
    cells = data.draw(st.permutations([*cells, *[""] * data.draw(st.integers(0, 4))]))
    problems = Problems()
    column = Column("Q", cells, range(2, 2 + len(cells)), "export")
    answers = read_numbers([column], NumberVocabulary(ITEM, FORM), problems)
    assert not problems
    scored = Values.of(ITEM, pd.Series(answers.values, dtype="float64"))
    assert list(scored.values) == sorted(Fraction(cell) for cell in cells if cell)
    assert scored.n_missing == cells.count("")


@QUICK
@given(st.text("0123456789+-.,eE_ ３点xinfa", max_size=20))
@example("1234567890.123456")
@example("123456789012345.0")
def test_what_is_read_as_a_number_is_written_as_one(text: str) -> None:
    number = plain_number(text)
    if number is not None:
        assert text.isascii()
        assert {*text} <= {*"0123456789+-."}
        assert Fraction(repr(float(number))) == Fraction(text)


@QUICK
@given(st.lists(st.integers(-5, 5)), st.integers(0, 5))
def test_ratings_are_counted_and_put_in_order(numbers: list[int], missing: int) -> None:
    item = Rating(kind="rating", name="推", question="?", lowest=-5, highest=5)
    labels = [*map(str, numbers), *[None] * missing]
    column = pd.Series(pd.Categorical(labels, categories=[*item.labels], ordered=True))
    scored = Ratings.of(item, column, ((), None))
    assert (scored.n_valid, scored.n_missing) == (len(numbers), missing)
    assert scored.order == (Order.of([*map(Fraction, numbers)]) if numbers else None)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(29, 4), "7.25"),
        (Fraction(7), "7"),
        (Fraction(1, 3), "0.33"),
        (Fraction(5, 1000), "0.01"),
        (Fraction(-5, 1000), "-0.01"),
        (Fraction(-1, 1000), "0"),
        (Fraction(10**15 - 1), "999999999999999"),
        (Fraction(100), "100"),
        (Fraction(2675, 1000), "2.68"),
    ],
)
def test_numbers_are_shown_with_two_decimals_half_up(number: Fraction, text: str) -> None:
    assert shown(number) == text


def test_what_is_no_number_is_refused() -> None:
    for wrong in (math.inf, "x"):
        with pytest.raises(FigureError):
            Values.of(ITEM, pd.Series([1.0, wrong], dtype=object))
    with pytest.raises(FigureError):
        Values(ITEM, 0, values=(Fraction(2), Fraction(1)))
    with pytest.raises(FigureError):
        Values(ITEM, -1)
