"""Words of ours that hold a digit and no figure, and what a page was made of."""

WORDS = (
    r"第(?P<words>[13])四分位",
    r"(?P<words>100)%に満たない",
    r"(?P<words>100)%を超える",
    r"(?P<words>1)度だけ四捨五入",
    r"全体を(?P<words>1)つのファイルで",
    r"点は(?P<words>1)人の答え",
    r"(?P<words>1)つの設問に人数が",
    r"小数第(?P<words>1)位",
    r"(?P<words>1)通りに決まります",
    r"dxeval <version> で作成",
    r"SHA-(?P<words>256)",
    r"（(?P<words>N)／(?P<words_2>N)）(?=$|（)",
    r"(?P<made_of>\b[0-9a-f]{64}\b)",
)
