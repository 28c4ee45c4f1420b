"""What is still written as in 0.1.0, and how it is written now."""

from collections import Counter
from collections.abc import Iterator

from dxeval.definitions.survey import Survey
from dxeval.definitions.yaml_text import as_yaml
from dxeval.problems import Problem, ProblemKind


def old_form(survey: Survey, name: str = "data/survey.yaml") -> Iterator[Problem]:
    """Yield a notice for each form that names columns of comments beside its items.

    They are read as they always were; as questions of their own they have a name, may be missing in
    one questionnaire, and are kept apart on the page.
    """
    known = {item.name for item in survey.items}
    for place, form in enumerate(survey.forms, start=1):
        if not form.comments:
            continue
        names = [header for header in dict.fromkeys(form.comments) if header not in known]
        items = [{"name": n, "question": n, "kind": "text"} for n in names]
        known |= {*names}
        times = Counter(form.comments)
        headers = as_yaml({h: h if n == 1 else [h] * n for h, n in times.items()})
        lead = "  いまの書き方では、自由記述も設問です。"
        last = f"この forms の items に {headers[1:-1]} を加え、comments の行を消します。"
        drafts = [f"    - {as_yaml(item)}" for item in items]
        lines = [f"{lead}items に", *drafts, f"  を、{last}"] if items else [lead + last]
        yield Problem(
            ProblemKind.OLD_FORM,
            name,
            "0.1.0 の書き方です（このままでも同じ数字になります）",
            column=f"forms[{place}].comments",
            hint="\n".join(lines),
        )
