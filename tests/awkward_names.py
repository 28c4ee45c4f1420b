"""A workspace of names that look like figures, or like each other: labels, units, titles, texts."""

import csv
import random
from pathlib import Path

from stress import write_yaml

ALIKE = "同じ二十四文字より長い書き出しで始まる選択肢の"
ITEMS = [
    {
        "name": "Q1",
        "question": "Q1 満足しましたか（5点満点）",
        "levels": ["5", "4", "3", "2", "1"],
        "favourable": ["5", "4"],
    },
    {
        "name": "Q10",
        "question": "Q10 勧めますか",
        "kind": "rating",
        "lowest": "-2",
        "highest": "2",
        "favourable": ["1", "2"],
    },
    {
        "name": "満足",
        "question": "満足",
        "levels": ["満足", "普通", "不満"],
        "favourable": ["満足"],
    },
    {
        "name": "満足度",
        "question": "満足度",
        "levels": ["満足", "普通", "不満"],
        "favourable": ["満足"],
    },
    {
        "name": "3か月後の利用",
        "question": "3か月後",
        "levels": ["週1回以上", "月1～3回", "しない"],
        "favourable": ["週1回以上", "月1～3回"],
    },
    {
        "name": "長い",
        "question": "長い",
        "levels": [f"{ALIKE}その1番", f"{ALIKE}その2番", "20人未満"],
        "favourable": [f"{ALIKE}その1番"],
    },
    {
        "name": "人数",
        "question": "部署の人数",
        "kind": "number",
        "unit": "人",
        "lowest": "0",
        "highest": "5000",
    },
    {
        "name": "割合",
        "question": "電子化の割合",
        "kind": "number",
        "unit": "%",
        "lowest": "0",
        "highest": "100",
    },
    {
        "name": "回",
        "question": "参加は何回目",
        "kind": "number",
        "unit": "回",
        "lowest": "1",
        "highest": "30",
    },
    {
        "name": "選んだもの",
        "question": "選んだもの",
        "kind": "choices",
        "levels": ["A1", "A2（2024年版）", "100%オンライン", "なし"],
        "separator": ";",
    },
    {
        "name": "区分",
        "question": "区分",
        "kind": "choice",
        "levels": ["10人以下", "11～50人", "51人以上"],
    },
    {"name": "自由", "question": "自由", "kind": "text"},
]
RULES = {
    2: {"item": "Q1", "levels": ["5"], "reason": "2024年度の数え方（上位1つ）のため"},
    3: {"item": "Q10", "levels": ["0", "1", "2"], "reason": "0以上を数える決まり"},
}
PEOPLE = {1: 9, 2: 0, 3: 33}
"""How many answered, by the number of a session; three more came to the third one."""


def write_workspace(root: Path) -> None:
    """Write ``data/`` for three sessions of each of two programmes; answers by a fixed seed."""
    for folder in ("sessions", "responses", "photos"):
        (root / "data" / folder).mkdir(parents=True)
    form = {"name": "f", "items": {item["name"]: item["question"] for item in ITEMS}}
    survey = {"items": ITEMS, "forms": [form], "reference_below": "5"}
    write_yaml(root / "data/survey.yaml", survey)
    evidence = [{"item": "Q1"}, {"item": "Q1", "level": ["5", "4"]}]
    evidence += [{"item": "満足", "session": "a-1"}]
    programme = {
        "report": {
            "title": "2024年度分も含む報告",
            "fiscal_year": "2025",
            "date": "2026-03-31",
            "chapter": "3-1 DX100",
        },
        "programmes": [{"id": p, "title": f"{p}2025研修", "target": "20代"} for p in "ab"],
        "review": {"good": [{"text": "3年続けて実施した", "evidence": evidence}]},
    }
    write_yaml(root / "data/programme.yaml", programme)
    for programme_id in "ab":
        for number, people in PEOPLE.items():
            _write_session(root, programme_id, number, people)


def _write_session(root: Path, programme: str, number: int, people: int) -> None:
    session = {
        "programme": programme,
        "number": str(number),
        "title": f"{number}時間で学ぶ5つの型",
        "date": f"2025-07-1{number}",
        "attendees": str(people + number),
        "invited": str(people + 10),
        "municipalities": "2",
        "agenda": ["10:00 開会", "10:30～11:15 演習1", "2回目"],
        "purpose": "95%の職員が使えること",
        "summary": "100%を目指す。",
        **({"favourable": [RULES[number]]} if number in RULES else {}),
    }
    write_yaml(root / f"data/sessions/{programme}-{number}.yaml", session)
    draw = random.Random(f"{programme}{number}")
    path = root / f"data/responses/{programme}-{number}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([item["question"] for item in ITEMS])
        for _ in range(people):
            answers = [_answer(item, draw) for item in ITEMS]
            writer.writerow(["" if draw.random() < 0.1 else answer for answer in answers])


def _answer(item: dict, draw: random.Random) -> str:
    match item.get("kind", "scale"):
        case "rating":
            return str(draw.randint(-2, 2))
        case "number":
            return str(draw.choice([1, 2, 5, 12, 30]))
        case "choices":
            return ";".join(level for level in item["levels"] if draw.random() < 0.4)
        case "text":
            return f"{draw.randrange(9)}人目です" if draw.random() < 0.3 else ""
    return draw.choice(item["levels"])
