"""The respondents of several sessions one below the other, and their answers beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

import numpy as np
import pandas as pd

from dxeval.definitions.item import Item
from dxeval.definitions.visible import visible
from dxeval.exploring.gathering import Explored
from dxeval.scoring.pooling import column

PLACE = ("session_id", "programme", "date", "row")
"""Where an answer stands."""


def in_order(item: Item, chosen: Collection[str]) -> tuple[str, ...]:
    """Return the labels that somebody chose of several, in the item's order."""
    return tuple(label for label in item.labels if label in chosen)


class People:
    """All respondents of ``every``, in order. State: their ``frame`` (PLACE), and the sessions'."""

    def __init__(self, every: Explored) -> None:
        self.every = every
        rows = [every.responses[session.id].answers.index for session in every.answered]
        sizes = [len(found) for found in rows]
        self._starts = np.cumsum([0, *sizes])
        which = np.repeat(np.arange(len(sizes)), sizes)
        ids = [session.id for session in every.answered]
        programmes = [found.id for found in every.workspace.programme.programmes]
        of = np.array([programmes.index(s.programme) for s in every.answered], dtype=int)
        dates = pd.to_datetime(pd.Series([s.date for s in every.answered], dtype="object"))
        self.frame = pd.DataFrame(
            {
                "session_id": pd.Categorical.from_codes(which, ids),
                "programme": pd.Categorical.from_codes(of[which], programmes),
                "date": dates.take(which).to_numpy(dtype="datetime64[s]"),
                "row": np.concatenate([np.array([], dtype="int64"), *rows]),
            }
        )

    def stacked(self, item: Item) -> tuple[np.ndarray, pd.Series]:
        """Return the places of those who were asked an item, and their answers.

        There must be a session that was asked it.
        """
        places, parts = [], []
        for place, session in enumerate(self.every.answered):
            given = column(self.every.responses[session.id], item.name)
            if given is not None:
                places.append(np.arange(self._starts[place], self._starts[place + 1]))
                parts.append(given)
        values = pd.concat(parts, ignore_index=True)
        if values.dtype == "string":
            values = values.map(visible, na_action="ignore").astype("string")
        return np.concatenate(places), values

    def columns(self, items: Iterable[Item], taken: Collection[str]) -> pd.DataFrame:
        """Return a column an item for all respondents, missing where it was not asked.

        Items that no session was asked are left out; one that bears a name of ``taken`` is renamed.
        """
        columns = {}
        for item in items:
            if self.every.asked(item.name):
                place, values = self.stacked(item)
                if values.dtype == object:
                    values = values.map(partial(in_order, item), na_action="ignore")
                values.index = pd.Index(place)
                name = f"{item.name}（設問）" if item.name in taken else item.name
                columns[name] = values.reindex(self.frame.index)
        return pd.DataFrame(columns, index=self.frame.index)
