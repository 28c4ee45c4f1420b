"""Write the example's responses/*.csv: 模擬データ, answers made up to fit the published figures.

The report holds no respondent-level answers. counts.csv says how many respondents chose each
level of the survey (best first), comments.csv what they wrote. Where a published figure
is impossible for the number of respondents the nearest possible one is used:

    exchange-2 役立ち度   published 98 %          here 20/20
    exchange-2 習得度     published 67, 17, 16 %  here 13/4/3 of 20 (65, 20, 15 %)
    exchange-5 習得度     published 90 %          here 17/19 (89 %)

Names and addresses are invented as well; they show that personal columns do not travel.
The example stands twice, for users to replace and in the package; write both:

    python tests/simulated/make_responses.py data dxeval/example/data
"""

import csv
import random
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

import yaml

HERE = Path(__file__).parent
NOTE = "模擬データ（公表された集計値に合わせて作成した架空の回答です）"


def rows_of(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answers(levels: list[str], counts: list[int], seed: str) -> list[str]:
    column = [level for level, count in zip(levels, counts, strict=True) for _ in range(count)]
    random.Random(seed).shuffle(column)
    return column


def write_responses(data: Path) -> None:
    survey = yaml.safe_load((data / "survey.yaml").read_text(encoding="utf-8"))
    levels = {item["name"]: item["levels"] for item in survey["items"] if "levels" in item}
    (form,) = survey["forms"]

    columns: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in rows_of("counts.csv"):
        session_id, item, *counts = row.values()
        columns[session_id][item] = answers(
            levels[item], [int(count) for count in counts], f"{session_id} {item}"
        )
    comments: dict[str, list[str]] = defaultdict(list)
    for row in rows_of("comments.csv"):
        comments[row["session_id"]].append(row["comment"])

    header = [form["respondent_id"], "回答日時", "氏名", "メールアドレス"]
    header += form["items"].values()
    for session_id, by_item in columns.items():
        session = yaml.safe_load((data / f"sessions/{session_id}.yaml").read_text(encoding="utf-8"))
        start = datetime.combine(session["date"], datetime.min.time()) + timedelta(hours=16)
        people = len(by_item["理解度"])
        blank = [""] * (people - len(comments[session_id]))
        said = answers(comments[session_id] + blank, [1] * people, f"{session_id} comment")
        with (data / f"responses/{session_id}.csv").open(
            "w", encoding="utf-8-sig", newline=""
        ) as file:
            writer = csv.writer(file)
            writer.writerow([NOTE])
            writer.writerow(header)
            for i in range(people):
                writer.writerow(
                    [
                        f"{i + 1:03}",
                        (start + timedelta(minutes=i)).strftime("%Y/%m/%d %H:%M"),
                        f"模擬 参加者{i + 1:02}",
                        f"mogi-{session_id}-{i + 1:02}@example.jp",
                        *(by_item[item][i] for item in levels),
                        said[i],
                    ]
                )


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        write_responses(Path(folder))
