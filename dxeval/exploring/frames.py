"""The answers of several sessions as data frames: tidy, wide, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
import pandas as pd

from dxeval.definitions.item import Item
from dxeval.definitions.questions import Rating
from dxeval.definitions.visible import visible
from dxeval.errors import NotAskedError
from dxeval.exploring.gathering import Explored, Source, gathered
from dxeval.exploring.people import PLACE, People, in_order

TIDY = (*PLACE, "item", "kind", "answered", "level", "value", "text")
COMMENTS = (*PLACE, "question", "text")


def answers(source: Source = None) -> pd.DataFrame:
    """Return all answers as one tidy frame: a row a respondent and question.

    すべての回答を1つの縦長の表にします（1行が1人の1問）。

    Columns: ``session_id`` and ``programme`` (ids, categories in the report's order), ``date``
    (datetime64), ``row`` (of the export, as the spreadsheet counts it: a place, no id), ``item``
    and ``kind`` (categories in the survey's order), ``answered``, then the answer: ``level`` (the
    label; one category dtype for all questions), ``value`` (float: a rating's number, a quantity in
    the question's unit), ``text`` (words of one's own, hidden characters written out). Then a
    column an attribute, as ``dx.wide`` has it.

    A question with several answers has a row a label that somebody chose. Whoever left a question
    blank has one row with ``answered`` False (無回答); a question that a session was not asked
    (質問なし) has no rows there. Answers that do not count (superseded, withdrawn, rows that are no
    answers) are not here: ``dx.explore()`` shows how many. ``attrs["broken"]`` are the ids of the
    sessions that could not be read.

    ``source``: what ``dx.explore()`` returned, or a workspace; default, the one around the current
    folder, read now. Raises what ``dx.explore`` raises.

    >>> import dxeval as dx
    >>> frame = dx.answers()
    >>> frame.shape
    (540, 10)
    >>> chosen = frame.query("session_id == 'bpr-1' and item == '満足度' and answered")
    >>> {level: int(n) for level, n in chosen["level"].value_counts().items() if n}
    {'満足': 3, '大いに満足': 2, '概ね満足': 1}
    """
    every = gathered(source)
    people = People(every)
    items = every.survey.items
    labels = [*dict.fromkeys(chain.from_iterable(item.labels for item in items))]
    parts = [_tidy(item, people, labels) for item in items if every.asked(item.name)]
    frame = pd.concat(parts, ignore_index=True) if parts else _no_rows(labels)
    frame = frame.sort_values("person", kind="stable", ignore_index=True)
    names = frame["item"].to_numpy(dtype=int)
    kinds = [*dict.fromkeys(item.kind for item in items)]
    frame["item"] = pd.Categorical.from_codes(names, [item.name for item in items])
    codes = np.array([kinds.index(item.kind) for item in items])
    frame["kind"] = pd.Categorical.from_codes(codes[names], kinds)
    person = frame.pop("person").to_numpy(dtype=int)
    placed = people.frame.take(person).reset_index(drop=True)
    asked = people.columns(every.survey.attributes, TIDY).take(person).reset_index(drop=True)
    frame = pd.concat([placed, frame[[*TIDY[len(PLACE) :]]], asked], axis=1)
    return _noted(frame, every)


def _tidy(item: Item, people: People, labels: Sequence[str]) -> pd.DataFrame:
    """Return the rows of one question; ``person`` and ``item`` are places."""
    person, given = people.stacked(item)
    chosen, value, text = _values(item, given)
    frame = pd.DataFrame(
        {
            "person": person,
            "item": people.every.survey.items.index(item),
            "kind": "",
            "answered": given.notna().to_numpy(),
            "level": chosen,
            "value": value,
            "text": text,
        }
    )
    if chosen.dtype == object:
        frame = frame.explode("level", ignore_index=True)
    frame["level"] = pd.Categorical(frame["level"], categories=labels)
    return frame


def _values(item: Item, answers: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return a column of answers as labels, numbers and texts, missing where it is none of them.

    Labels are texts, or tuples of them in the item's order where several may be chosen.
    """
    level, value, text = (
        pd.Series(None, index=answers.index, dtype=dtype) for dtype in ("str", "float64", "string")
    )
    if isinstance(answers.dtype, pd.CategoricalDtype):
        level = answers.astype("str")
        if isinstance(item, Rating):
            value = pd.to_numeric(level).astype("float64")
    elif pd.api.types.is_numeric_dtype(answers.dtype):
        value = answers.astype("float64")
    elif item.labels:
        level = answers.map({chosen: in_order(item, chosen) for chosen in {*answers.dropna()}})
    else:
        text = answers.astype("string")
    return level, value, text


def _no_rows(labels: Sequence[str]) -> pd.DataFrame:
    columns = {"answered": "bool", "value": "float64", "text": "string"}
    frame = pd.DataFrame({"person": [], "item": [], "kind": [], **{key: [] for key in columns}})
    frame["level"] = pd.Categorical([], categories=labels)
    return frame.astype(columns)


def wide(source: Source = None, questionnaire: str | None = None) -> pd.DataFrame:
    """Return a row a respondent and a column a question, sessions together.

    1行が1人、1列が1問の表にします。``questionnaire`` に調査票のIDを書くと、その調査票だけです。

    Columns: ``session_id``, ``programme``, ``date``, ``row`` as ``dx.answers`` has them, then the
    attributes, then the questions by name: scales and ratings are ordered categoricals, choices
    unordered ones, several answers tuples of labels, numbers floats in the question's unit,
    texts strings (hidden characters written out). A question that bears the name of one of the
    first columns is called ``NAME（設問）``.

    A blank answer and a question not asked are both missing here: ``attrs["not_asked"]`` are the
    questions that each session was not asked, by its id; ``dx.answers`` tells them apart too.
    ``attrs["broken"]`` are the ids of the sessions that could not be read.

    ``questionnaire``: the id of one of survey.yaml's; only sessions that were asked it, and its
    questions. Raises NotAskedError if there is none of that id, and what ``dx.explore`` raises.

    >>> import dxeval as dx
    >>> frame = dx.wide()
    >>> frame.shape
    (108, 9)
    >>> frame["満足度"].dtype.ordered
    True
    >>> frame["満足度"].min(), frame["満足度"].max()
    ('大いに満足', '概ね満足')
    """
    every = gathered(source)
    items = every.survey.items
    if questionnaire is not None:
        known = {found.id: found for found in every.survey.questionnaires}
        if questionnaire not in known:
            shown = "、".join(known) or "なし（questionnaires がありません）"
            raise NotAskedError(f"調査票「{questionnaire}」はありません。あるのは：{shown}")
        every = every.of_questionnaire(questionnaire)
        items = tuple(item for item in items if item.name in known[questionnaire].items)
    people = People(every)
    frame = pd.concat(
        [people.frame, people.columns((*every.survey.attributes, *items), PLACE)], axis=1
    )
    asked = {item.name: {session.id for session in every.asked(item.name)} for item in items}
    frame.attrs["not_asked"] = {
        session.id: [name for name, ids in asked.items() if session.id not in ids]
        for session in every.answered
    }
    return _noted(frame, every)


def comments(source: Source = None) -> pd.DataFrame:
    """Return what was written, a row a text.

    書かれた言葉の表です（1行が1件）。公開してよいとは限りません。

    Columns: ``session_id``, ``programme``, ``date``, ``row`` (of the export, as the spreadsheet
    counts it) as ``dx.answers`` has them, ``question`` (the name of the question, or the header of
    a column of comments; words beside 「その他」 are among them) and ``text``, as typed but with
    hidden characters written out as ``[U+202E]``. A blank has no row. ``attrs["broken"]`` are the
    ids of the sessions that could not be read.

    Raises what ``dx.explore`` raises.

    >>> import dxeval as dx
    >>> frame = dx.comments()
    >>> [*frame.columns]
    ['session_id', 'programme', 'date', 'row', 'question', 'text']
    >>> frame.query("session_id == 'bpr-1'")[["row", "question"]].values.tolist()[0]
    [3, '感想']
    """
    every = gathered(source)
    people = People(every)
    written = [
        (session.id, place.row, place.question, visible(place.text))
        for session in every.answered
        for place in every.responses[session.id].written
    ]
    frame = pd.DataFrame(written, columns=["session_id", "row", "question", "text"])
    places = people.frame.drop_duplicates("session_id").drop(columns="row")
    frame["session_id"] = frame["session_id"].astype(people.frame["session_id"].dtype)
    frame = frame.merge(places, on="session_id", how="left")
    frame = frame.astype({"row": "int64", "question": "string", "text": "string"})
    return _noted(frame[[*COMMENTS]], every)


def _noted(frame: pd.DataFrame, every: Explored) -> pd.DataFrame:
    frame.attrs["broken"] = [*every.broken]
    return frame
