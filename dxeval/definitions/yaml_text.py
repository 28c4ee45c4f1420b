"""Values written as a person may paste them into a YAML file."""

import json
import re
from collections.abc import Iterable, Mapping

_PLAIN = re.compile(r"[^\W_](?:[\w ・ー〜～（）。、？！()/.-]*[\w）。？！)])?")
"""What means itself without quotes, in a list or a mapping too."""
_WORDS = {"true", "false", "yes", "no", "on", "off", "null"}


def as_yaml(value: str | Iterable[str] | Mapping[str, object]) -> str:
    """Return a text, a list or a mapping of them on one line of YAML, quoted where it must be."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.casefold() not in _WORDS
        return value if plain and not value.isdecimal() else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        pairs = (f"{as_yaml(key)}: {as_yaml(part)}" for key, part in value.items())  # type: ignore[arg-type]
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(map(as_yaml, value)) + "]"
