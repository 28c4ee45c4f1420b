"""What one definition says of another: names that must be there, and what a page may quote."""

from collections.abc import Iterable, Iterator, Sequence

from dxeval.definitions.contact import has_contact
from dxeval.definitions.evidence import Evidence
from dxeval.definitions.item import Rated
from dxeval.definitions.programme import ProgrammeFile, Session
from dxeval.definitions.strict import WrongValueError
from dxeval.definitions.survey import Survey
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind

REVIEW = "data/programme.yaml"


def cross_check(
    session: Session, name: str, survey: Survey, programme: ProgrammeFile
) -> list[Problem]:
    """Return what in a session's file does not fit the survey or the programmes."""
    problems = []
    ids = [known.id for known in programme.programmes]
    if session.programme not in ids:
        problems.append(
            Problem(
                ProblemKind.UNKNOWN_PROGRAMME,
                name,
                "data/programme.yaml にない事業です",
                column="programme",
                value=session.programme,
                expected="、".join(ids),
            )
        )
    problems += _unknown_questions(session, name, survey)
    items = {item.name: item for item in survey.items}
    for i, rule in enumerate(session.favourable):
        column = f"favourable[{i + 1}]"
        if rule.item not in items:
            problems.append(
                Problem(
                    ProblemKind.UNKNOWN_ITEM,
                    name,
                    "data/survey.yaml にない設問です",
                    column=f"{column}.item",
                    value=rule.item,
                    expected="、".join(items),
                )
            )
            continue
        item = items[rule.item]
        if not isinstance(item, Rated):
            rated = [name for name, found in items.items() if isinstance(found, Rated)]
            problems.append(
                Problem(
                    ProblemKind.WRONG_VALUE,
                    name,
                    "肯定的回答を数えない種類の設問です",
                    column=f"{column}.item",
                    value=rule.item,
                    expected="、".join(rated) or "順のある選択肢の設問",
                )
            )
            continue
        try:
            item.check_rule(rule.levels)
        except WrongValueError as error:
            where = (None, f"{column}.levels", error.value, error.expected)
            problems.append(Problem(error.kind, name, str(error), *where))
    message = "載せる声に電話番号かメールアドレスのようなものがあります"
    kind, expected = ProblemKind.QUOTED_CONTACT, "そこを（略）とする"
    problems += [
        Problem(kind, name, message, column=f"comments[{i}]", expected=expected)
        for i, comment in enumerate(session.comments, start=1)
        if has_contact(comment)
    ]
    return problems


def _unknown_questions(session: Session, name: str, survey: Survey) -> Iterator[Problem]:
    """Yield what a session's ``questionnaire`` and ``not_asked`` name that the survey lacks."""
    ids = [questionnaire.id for questionnaire in survey.questionnaires]
    if session.questionnaire is not None and session.questionnaire not in ids:
        yield Problem(
            ProblemKind.UNKNOWN_QUESTIONNAIRE,
            name,
            "data/survey.yaml にない調査票です",
            column="questionnaire",
            value=session.questionnaire,
            expected="、".join(ids) or "questionnaires に書いた id（いまは1つもありません）",
        )
    items = [item.name for item in survey.items]
    for i, item in enumerate(session.not_asked, start=1):
        if item not in items:
            yield Problem(
                ProblemKind.UNKNOWN_ITEM,
                name,
                "data/survey.yaml にない設問です",
                column=f"not_asked[{i}]",
                value=item,
                expected="、".join(items),
            )
    if {*items} <= {*session.not_asked}:
        message = "not_asked にすべての設問を書くことはできません"
        yield Problem(ProblemKind.WRONG_VALUE, name, message, column="not_asked")


def check_questionnaires(programme: ProgrammeFile, survey: Survey) -> None:
    """Raise DataError for a programme whose questionnaire the survey lacks, or that names none.

    Where a survey has several, each programme must name its own.
    """
    ids = [questionnaire.id for questionnaire in survey.questionnaires]
    problems = [
        Problem(
            ProblemKind.UNKNOWN_QUESTIONNAIRE,
            "data/programme.yaml",
            "調査票が data/survey.yaml にないか、選ばれていません",
            column=f"programmes[{i}].questionnaire",
            value=found.questionnaire,
            expected="、".join(ids) or "questionnaires に書いた id（いまは1つもありません）",
        )
        for i, found in enumerate(programme.programmes, start=1)
        if (found.questionnaire is None and len(ids) > 1)
        or (found.questionnaire is not None and found.questionnaire not in ids)
    ]
    if problems:
        raise DataError(problems)


def check_review(programme: ProgrammeFile, survey: Survey, session_ids: Iterable[str]) -> None:
    """Raise DataError for evidence that names an item, level, programme or session unknown."""
    sessions = list(session_ids)
    problems = [
        problem
        for place, point in programme.review.points.items()
        for number, evidence in enumerate(point.evidence)
        for problem in _unknown_in_evidence(
            evidence, f"{place}.{point.place(number)}", survey, programme, sessions
        )
    ]
    if problems:
        raise DataError(problems)


def _unknown_in_evidence(
    evidence: Evidence,
    place: str,
    survey: Survey,
    programme: ProgrammeFile,
    sessions: Sequence[str],
) -> Iterator[Problem]:
    """Yield what one piece of evidence names that is not there, or of which there is no share."""
    items = {item.name: item for item in survey.items}
    item = items.get(evidence.item or "")
    names: dict[str, Iterable[str]] = {
        "programme": [known.id for known in programme.programmes],
        "session": sessions,
    }
    if evidence.item:
        counted = [name for name, one in items.items() if isinstance(one, Rated) and one.favourable]
        names["item"] = items if evidence.level or item is None else counted
    wanted = [(part, getattr(evidence, part), known) for part, known in names.items()]
    if item is not None:
        wanted += [("level", level, item.labels) for level in evidence.level]
    for part, value, known in wanted:
        if value is not None and value not in known:
            message = "evidence が指すものがありません"
            expected = "、".join(known) or "選択肢のある設問"
            where = f"{place}.{part}"
            kind = ProblemKind.WRONG_EVIDENCE
            yield Problem(kind, REVIEW, message, column=where, value=value, expected=expected)
    if evidence.level[1:] and item is not None and item.kind == "choices":
        message = "いくつでも選べる設問の選択肢は、1つずつしか示せません（同じ人が重なります）"
        kind, where = ProblemKind.WRONG_EVIDENCE, f"{place}.level"
        yield Problem(kind, REVIEW, message, column=where, value="、".join(evidence.level))
