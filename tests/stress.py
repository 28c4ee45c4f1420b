"""A workspace of extremes: few and many people, short and long scales, no comments and forty."""

import csv
import random
from pathlib import Path

import yaml

LONG = "自分の担当する業務では、上司や関係課の協力と事業者の支援がそろえば実践できると思う"
SCALES = {
    "理解度": ["できた", "どちらでもない", "できなかった"],
    "役立ち度": [LONG, f"{LONG}が、時間がかかる", "実践するのは難しい", "分からない"],
    "習得度": [f"{i}段階目" for i in range(1, 8)],
    "満足度": ["大いに満足", "満足", "概ね満足", "どちらでもない", "やや不満", "不満"],
}
FAVOURABLE = {"理解度": 1, "役立ち度": 2, "習得度": 3, "満足度": 3}
PEOPLE = {"n-6": 6, "n-21": 21, "n-60": 60, "n-400": 400}
COMMENTS = {"n-21": 3, "n-60": 40, "n-400": 1}


def write_workspace(root: Path) -> None:
    """Write ``data/`` for the sessions of PEOPLE; the answers are drawn with a fixed seed."""
    for folder in ("sessions", "responses", "photos"):
        (root / "data" / folder).mkdir(parents=True)
    survey = {
        "items": [
            {
                "name": name,
                "question": f"{name}はどうでしたか",
                "levels": levels,
                "favourable": levels[: FAVOURABLE[name]],
                "neutral": [level for level in levels if level == "どちらでもない"],
            }
            for name, levels in SCALES.items()
        ],
        "forms": [{"name": "f", "items": {name: name for name in SCALES}, "comments": ["感想"]}],
    }
    programme = {
        "report": {"title": "極端な例", "chapter": "試験", "fiscal_year": "2025"},
        "programmes": [{"id": "p", "mark": "①", "title": LONG, "target": LONG}],
    }
    write_yaml(root / "data/survey.yaml", survey)
    write_yaml(root / "data/programme.yaml", programme)
    for number, (session_id, n) in enumerate(PEOPLE.items(), start=1):
        _write_session(root, number, session_id, n)


def _write_session(root: Path, number: int, session_id: str, n: int) -> None:
    said = [f"{LONG}。{i}番目の声です。" for i in range(COMMENTS.get(session_id, 0))]
    session = {
        "programme": "p",
        "number": str(number),
        "title": f"{n}人の長い名前の研修会",
        "date": "2025-07-11",
        "attendees": str(n),
        "municipalities": "4",
        "purpose": LONG * 3,
        "agenda": [LONG, "短い"],
        "comments": said,
    }
    write_yaml(root / f"data/sessions/{session_id}.yaml", session)
    draw = random.Random(session_id)
    with (root / f"data/responses/{session_id}.csv").open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f)
        writer.writerow([*SCALES, "感想"])
        for i in range(n):
            answers = [
                draw.choices(levels, [5 if i < 2 else 1 for i in range(len(levels))])[0]
                for levels in SCALES.values()
            ]
            writer.writerow([*answers, said[i] if i < len(said) else ""])


def write_yaml(path: Path, content: object) -> None:
    """Write plain data as YAML, in the order given."""
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
