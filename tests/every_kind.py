"""A workspace with a question of every kind, answered by nobody, by one, by few and by many."""

import csv
import random
from pathlib import Path

from stress import LONG, write_yaml

LEVELS = [f"{i}段階目" for i in range(1, 13)]
ITEMS = [
    {
        "name": "理解度",
        "question": "理解できましたか",
        "levels": ["とても", "まあまあ", "どちらでもない", "あまり", "まったく"],
        "favourable": ["とても", "まあまあ"],
        "neutral": ["どちらでもない"],
    },
    {
        "name": "時間",
        "question": "研修の時間はどうでしたか",
        "levels": ["長すぎる", "やや長い", "ちょうどよい", "やや短い", "短すぎる"],
        "favourable": ["ちょうどよい"],
    },
    {"name": "頻度", "question": "どのくらい使いますか", "levels": LEVELS},
    {
        "name": "推奨度",
        "question": "同僚に勧めますか",
        "kind": "rating",
        "lowest": "0",
        "highest": "10",
        "favourable": ["8", "9", "10"],
        "ends": ["まったく勧めない", "ぜひ勧めたい"],
    },
    {
        "name": "自信",
        "question": "どれほど自信がありますか",
        "kind": "rating",
        "lowest": "0",
        "highest": "100",
    },
    {
        "name": "次の形",
        "question": "次はどの形がよいですか",
        "kind": "choice",
        "levels": ["集合研修", "オンライン", LONG],
    },
    {"name": "受講", "question": "初めてですか", "kind": "choice", "levels": ["はい", "いいえ"]},
    {
        "name": "役立った内容",
        "question": "役立ったものをすべて選んでください",
        "kind": "choices",
        "levels": ["講義", "演習（申請, 届出）", "事例紹介", LONG, "交流", "その他"],
        "other": "その他",
        "separator": ";",
    },
    {
        "name": "残業",
        "question": "月の残業は何時間ですか",
        "kind": "number",
        "unit": "時間",
        "lowest": "0",
        "highest": "200",
    },
    {"name": "良かった点", "question": "良かった点", "kind": "text"},
    {"name": "要望", "question": "要望", "kind": "text"},
]
ATTRIBUTES = [
    {
        "name": "役職",
        "question": "役職",
        "kind": "choice",
        "levels": ["管理職", "係長級", "係員"],
    }
]
PEOPLE = {"n-0": 0, "n-1": 1, "n-6": 6, "n-21": 21, "n-400": 400, "n-none": 5}
"""Sessions by id, and how many answered; of ``n-none`` all left everything blank."""


def write_workspace(root: Path) -> None:
    """Write ``data/`` for the sessions of PEOPLE; the answers are drawn with a fixed seed."""
    for folder in ("sessions", "responses", "photos"):
        (root / "data" / folder).mkdir(parents=True)
    asked = [*ITEMS, *ATTRIBUTES]
    form = {"name": "f", "timestamp": "時刻", "items": {i["name"]: i["question"] for i in asked}}
    survey = {"items": ITEMS, "attributes": ATTRIBUTES, "forms": [form]}
    programme = {
        "report": {"title": "すべての種類の設問"},
        "programmes": [{"id": "p", "title": "すべての種類の研修"}],
    }
    write_yaml(root / "data/survey.yaml", survey)
    write_yaml(root / "data/programme.yaml", programme)
    for number, (session_id, n) in enumerate(PEOPLE.items(), start=1):
        write_session(root, asked, session_id, number, n)


def write_session(root: Path, items: list[dict], session_id: str, number: int, n: int) -> None:
    """Write a session's file, and its answers if anybody answered."""
    session = {
        "programme": "p",
        "number": str(number),
        "title": f"{n}人の研修",
        "date": "2025-07-11",
        "attendees": str(max(n, 1)),
        "simulated": "true",
    }
    write_yaml(root / f"data/sessions/{session_id}.yaml", session)
    if n:
        _write_answers(root / f"data/responses/{session_id}.csv", items, session_id, n)


def _write_answers(path: Path, items: list[dict], session_id: str, n: int) -> None:
    draw = random.Random(session_id)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["時刻", *(item["question"] for item in items)])
        for i in range(n):
            blank = session_id == "n-none"
            answers = [_answer(item, draw) for item in items]
            time = f"2025/07/11 {10 + i // 60}:{i % 60:02}:00"
            writer.writerow([time, *("" if blank else answer for answer in answers)])


def _answer(item: dict, draw: random.Random) -> str:
    if draw.random() < 0.06:
        return ""
    levels = item.get("levels", [])
    match item.get("kind", "scale"):
        case "rating":
            low, high = int(item["lowest"]), int(item["highest"])
            return str(min(high, max(low, round(draw.gauss(0.72 * high, 0.2 * high)))))
        case "choices":
            chosen = [level for level in levels[:-1] if draw.random() < 0.45]
            return ";".join([*chosen, *(["自分の言葉, です"] if draw.random() < 0.1 else [])])
        case "number":
            return str(round(draw.expovariate(1 / 18)))
        case "text":
            return f"{LONG}。{draw.randrange(1000)}" if draw.random() < 0.3 else ""
    weights = [5 if item.get("favourable", levels[:2]).count(level) else 2 for level in levels]
    return draw.choices(levels, weights)[0]
