"""The table of pages: what each notebook of a workspace makes, for whom, and what is in the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind
from dxeval.report.kinds import (
    REQUIRED,
    STANDARD,
    PageKind,
    further,
    main,
    rule_of,
)
from dxeval.report.rules import RULES, Rule
from dxeval.report.sources import Sources
from dxeval.report.subject import Subject
from dxeval.report.templates import Shelf, Template, shelf
from dxeval.workspace import Workspace

Standing = tuple[PageKind, Subject]


@dataclass
class Table:
    """Every page that is to be, kind by kind, and what is wrong with notebooks.

    State: ``pages`` in the order of their kinds, the whole report last; ``refused`` is wrong with
    notebooks without which nothing is made; ``problems`` are of others, which make no page;
    ``warnings`` are of all; ``explored`` are the names of those that are left
    alone; ``taken`` are the ids of pages, and what each is made from.
    """

    pages: list[Standing] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    explored: frozenset[str] = frozenset()
    taken: dict[str, str] = field(default_factory=dict)

    @property
    def single(self) -> list[Standing]:
        """The pages of single sessions, session by session."""
        pages = [page for page in self.pages if not page[0].gathers]
        places: dict[str, int] = {}
        for place, (_, subject) in enumerate(pages):
            places.setdefault(subject.about, place)
        return sorted(pages, key=lambda page: places[page[1].about])

    @property
    def gathering(self) -> list[Standing]:
        """The pages of several sessions, that of the whole report last."""
        return [page for page in self.pages if page[0].gathers]

    @property
    def wholes(self) -> list[Standing]:
        """The pages of the whole report, the main one last."""
        return [page for page in self.gathering if not page[1].about]

    def of_programme(self, programme_id: str) -> list[Standing]:
        """Return the pages of a programme, the main one first."""
        return [page for page in self.gathering if page[1].about == programme_id != ""]

    @property
    def errors(self) -> Iterator[Problem]:
        """What is wrong with pages whose own files name a notebook that they cannot have."""
        for _, subject in self.pages:
            yield from subject.error.problems if subject.error else ()

    def add(self, kind: PageKind, subject: Subject) -> None:
        """Take a page, unless another one has its name already."""
        page = kind.page_of(subject)
        if (other := self.taken.setdefault(page.id, kind.template)) == kind.template:
            self.pages.append((kind, page))
            return
        words = f"{other} のページと同じ名前のページになります。ノートブックの名前を変えてください"
        self.problems.append(
            Problem(ProblemKind.SAME_PAGE, kind.template, words, value=f"{page.id}.html")
        )


def table(sources: Sources) -> Table:
    """Return the table of a workspace.

    Raises DataError for the survey and the programmes, WorkspaceError if no notebook can be listed.
    """
    workspace = sources.workspace
    chosen = {rule.parameter: _chosen(rule, workspace) for rule in RULES}
    there = shelf(
        sources, {*STANDARD, *(name for names in chosen.values() for name in names.values())}
    )
    fitting = {
        rule.parameter: {stem: one for stem, one in there.templates.items() if rule_of(one) == rule}
        for rule in RULES
    }
    result = _of_notebooks(there)
    for session_id in workspace.catalogue.broken:
        result.taken[session_id] = f"data/sessions/{session_id}.yaml"
    used = {*REQUIRED}
    for rule in RULES:
        names = chosen[rule.parameter]
        for subject in rule.subjects(workspace):
            name = names.get(subject.about, rule.usual)
            if name in fitting[rule.parameter]:
                used.add(name)
                result.add(main(fitting[rule.parameter][name], rule), subject)
            elif subject.about in names:
                error = DataError([_unknown(there, fitting[rule.parameter], rule, subject, name)])
                result.add(STANDARD[rule.usual], replace(subject, error=error))
            elif name in REQUIRED and name not in there.explored:
                result.add(STANDARD[name], subject)
    for rule in RULES:
        for stem, template in fitting[rule.parameter].items():
            for subject in rule.subjects(workspace) if stem not in {*used, rule.usual} else ():
                result.add(further(template, rule), subject)
    named = {problem.file for problem in result.errors}
    result.problems += [
        problem
        for stem, problem in there.wrong.items()
        if stem not in REQUIRED and problem.file not in named
    ]
    result.pages.sort(key=lambda page: (page[0].rule.scope, page[0].figures))
    return result


def notebooks_alone(sources: Sources) -> Table:
    """Return what is wrong with notebooks, where the data do not say which pages there are."""
    there = shelf(sources, STANDARD)
    result = _of_notebooks(there)
    result.problems += [found for stem, found in there.wrong.items() if stem not in REQUIRED]
    return result


def _of_notebooks(there: Shelf) -> Table:
    return Table(refused=[*_refused(there)], warnings=[*there.warnings], explored=there.explored)


def _chosen(rule: Rule, workspace: Workspace) -> dict[str, str]:
    """Return the notebooks that subjects of a rule name instead of the usual one."""
    return {about: name for about, name in rule.own(workspace).items() if name != rule.usual}


def _refused(there: Shelf) -> Iterator[Problem]:
    """Yield what is wrong with the notebooks that must be there, as far as it is known here."""
    for stem in REQUIRED:
        kind = STANDARD[stem]
        if stem in there.wrong:
            yield there.wrong[stem]
        elif stem in there.templates and (parameter := _foreign(there.templates[stem], kind.rule)):
            words = (
                f"{parameter} は、このノートブックの parameters セルには書けません。消してください"
                "（回や事業ごとのページにするなら、別の名前のノートブックにします）"
            )
            yield Problem(ProblemKind.NOTEBOOK, kind.template, words, value=parameter)
        elif stem in there.explored and not kind.gathers:
            words = "explore タグがあると、どの回のページも作れません。タグを外してください"
            yield Problem(ProblemKind.NOTEBOOK, kind.template, words)


def _foreign(template: Template, rule: Rule) -> str:
    """Return the parameter by which a notebook follows another rule; empty if there is none."""
    other = rule_of(template)
    return other.parameter if other != rule else ""


def _unknown(
    there: Shelf, fitting: Mapping[str, Template], rule: Rule, subject: Subject, name: str
) -> Problem:
    """Return why a subject cannot have the notebook that it names."""
    if name in there.wrong:
        return there.wrong[name]
    why = "notebooks/ にないノートブックです"
    if name in there.explored:
        why = "explore タグの付いたノートブックからは、ページを作りません"
    elif name in there.templates:
        why = f"{rule.what}ごとのノートブックではありません（{rule.parameter} がありません）"
    expected = "、".join(fitting) or f"parameters セルに {rule.parameter} のあるノートブックの名前"
    file, column = rule.place(subject)
    kind = ProblemKind.UNKNOWN_NOTEBOOK
    return Problem(kind, file, why, column=column, value=name, expected=expected)
