"""Tags of cells: in the form in which they are compared, and those that were meant as one of ours.

Nobody else compares tags as they were typed. Papermill looks for its own exactly, nbconvert for
ours, so ``template.py`` writes them in this form wherever a notebook is read.
"""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

INTERNAL, EXPLORE = "internal", "explore"
PARAMETERS, INJECTED = "parameters", "injected-parameters"
OURS = (INTERNAL, EXPLORE, PARAMETERS)
HIDING = {
    *("remove", "removecell", "removeinput", "removeoutput", "removeoutputs", "delete", "omit"),
    *("hide", "hidden", "hidecell", "hideinput", "hideoutput", "hideoutputs", "collapse"),
    *("skip", "skipcell", "ignore", "exclude", "excluded", "nopublish", "dontpublish"),
    *("noprint", "noexport", "noshow", "noreport", "nodisplay", "nohtml", "invisible"),
    *("private", "confidential", "secret", "intern", "internals", "internally", "inhouse"),
    *("draft", "wip", "memo", "note", "notes", "todo", "analyst", "analystonly", "solution"),
    *("unpublished", "internalonly", "internaluse", "privateonly", "teacher", "staff"),
    *("内部", "内部用", "内部限定", "社内", "庁内", "非公開", "非表示", "公開しない", "載せない"),
    *("秘密", "機密", "隠す", "下書き", "メモ", "作業用", "分析用", "掲載しない", "除外", "削除"),
}
"""By which other tools and people mean that a cell is not to be seen, without - and _."""
MEANT = {
    "parameter": PARAMETERS,
    "params": PARAMETERS,
    "param": PARAMETERS,
    "パラメータ": PARAMETERS,
}
CLOSE = 0.8
"""How alike two words are of which one may be the other with a letter wrong."""


def normal(tags: object) -> list[str]:
    """Return tags as they are compared, each once. Raises TypeError for what is no list of them."""
    typed = [tags] if isinstance(tags, str) else list(tags)  # type: ignore[call-overload]
    shown = (unicodedata.normalize("NFKC", str(tag)).casefold() for tag in typed)
    return [tag for tag in dict.fromkeys(" ".join(tag.split()) for tag in shown) if tag]


def meant(tags: Iterable[str]) -> dict[str, str]:
    """Return the tags (as ``normal`` gives them) that are none of ours and may be meant as one."""
    found = {}
    for tag in tags:
        if tag in OURS or tag == INJECTED:
            continue
        word = "".join(character for character in tag if character.isalnum())
        if word in HIDING:
            found[tag] = INTERNAL
        elif word in MEANT:
            found[tag] = MEANT[word]
        elif close := get_close_matches(word, OURS, 1, CLOSE):
            found[tag] = close[0]
    return found
