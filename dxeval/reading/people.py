"""Who answered, so that people can be told apart over sessions and not be found out."""

import hashlib
import secrets
from collections.abc import Collection

from dxeval.reading.respondent_ids import id_keys
from dxeval.reading.table import Table

_KEY = secrets.token_bytes(32)
"""Of this process alone: a mark that gets out of it can be looked up nowhere."""


def people_of(table: Table, left_out: Collection[int]) -> frozenset[bytes] | None:
    """Return a mark for each respondent whose row is not ``left_out``.

    None unless the form says that an id means one person in all sessions, or where one is blank.
    """
    if table.form.respondent_id is None or not table.form.person_id:
        return None
    keys = id_keys(table.column(table.form.respondent_id))
    ids = [key for row, key in zip(table.rows, keys, strict=True) if row not in left_out]
    if not all(ids):
        return None
    return frozenset(hashlib.blake2b(i.encode(), key=_KEY, digest_size=16).digest() for i in ids)
