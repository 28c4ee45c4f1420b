"""The kinds of page: every notebook that makes pages, with what it makes them for."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from dxeval.report.notebook.parameters import FAILED
from dxeval.report.notebook.template import Parameters
from dxeval.report.rules import A_PROGRAMME, A_SESSION, ONCE, RULES, Rule, all_figures
from dxeval.report.site.links import ANNEX
from dxeval.report.sources import Sources
from dxeval.report.subject import Answered, Arrived, Figures, Subject
from dxeval.report.templates import Template, place_of
from dxeval.workspace import Workspace

__all__ = ["Answered", "Arrived", "Figures", "PageKind", "Subject"]


@dataclass(frozen=True)
class PageKind:
    """All that the batch knows of a kind of page: a notebook, and the rule by which it is made.

    ``template`` is the notebook's place, ``name`` what its pages are called, ``given`` which
    parameters it may be given, ``prefix`` what stands in a page's id before that of its subject.
    ``main``: its pages are those by which sessions, programmes or the whole report are known,
    others are further ones; its pages are ``counted`` so. ``about`` is what the index says beside
    the name. ``figures``: the spreadsheets are made with it.
    """

    rule: Rule
    template: str
    name: str
    given: tuple[str, ...]
    prefix: str = ""
    main: bool = False
    counted: str = "{}ページ"
    about: str = ""
    figures: bool = False

    @property
    def gathers(self) -> bool:
        """Whether its pages show several sessions and are made without those that failed."""
        return self.rule.gathers

    @property
    def annex(self) -> bool:
        """Whether its page stands at the end of the whole report, since it calls itself so."""
        return not self.rule.parameter and self.name.startswith(ANNEX)

    @property
    def series(self) -> tuple[str, str]:
        """What its pages have in common with those beside which they are read."""
        return self.rule.parameter, self.prefix

    def page_of(self, subject: Subject) -> Subject:
        """Return a subject of the rule with the id of its page of this kind."""
        return replace(subject, id=f"{self.prefix}{subject.id}")

    def parameters(self, subject: Subject, failed: Collection[str]) -> Parameters:
        """Return with what the notebook is run."""
        parameters: Parameters = {}
        if self.rule.parameter:
            parameters[self.rule.parameter] = subject.about
        if self._told:
            own = {session.id for session in subject.sessions}
            parameters[FAILED] = sorted(own & {*failed} if subject.about else failed)
        return parameters

    @property
    def _told(self) -> bool:
        """Whether the notebook is told which sessions failed."""
        return self.gathers and FAILED in self.given

    def files(
        self, sources: Sources, subject: Subject, failed: Collection[str]
    ) -> dict[str, bytes]:
        """Return the notebook, and all that the page depends on beside it.

        Raises DataError for a session's files, TemplateError if the notebook is not there.
        """
        notebook = sources.notebook(self.template, tuple(self.parameters(subject, ())))
        return notebook | self.rule.files(sources, subject, failed, self._told)

    def called(self, workspace: Workspace, subject: Subject) -> str:
        """Return what a page is called among others."""
        return self.rule.called(workspace, subject, self.name)

    def title(self, workspace: Workspace, subject: Subject) -> str:
        """Return the title of a page."""
        return self.rule.title(workspace, subject, self.name)

    def facts(self, workspace: Workspace, subject: Subject) -> tuple[str, str, str]:
        """Return what ``dxeval list`` says of a page between its id and its state."""
        known = self.main and not self.gathers
        return self.rule.facts(workspace, subject, "" if known else self.name)

    def answers(self, workspace: Workspace, parameters: Parameters) -> Arrived:
        """Read the answers before the notebook does. Raises DataError."""
        return Arrived() if self.figures else self.rule.answers(workspace, parameters)

    def photographs(self, workspace: Workspace, parameters: Parameters) -> object:
        """Look at what only the notebook would find wrong. Raises DataError."""
        return self.rule.photographs(workspace, parameters)

    def tables(self, workspace: Workspace, parameters: Parameters) -> Figures:
        """Return further files for ``outputs/``, and warnings of what was read for them."""
        return all_figures(workspace, parameters) if self.figures else Figures()


def rule_of(template: Template) -> Rule:
    """Return for what a notebook is made, by what it declares."""
    declared = (rule for rule in RULES if rule.parameter in template.shape.given)
    return next(declared, ONCE)


def main(template: Template, rule: Rule) -> PageKind:
    """Return the kind of pages by which subjects are known: of a usual or a chosen notebook."""
    usual = STANDARD[rule.usual]
    return replace(usual, template=template.place, given=template.shape.given)


def further(template: Template, rule: Rule) -> PageKind:
    """Return the kind of pages of a notebook of one's own, beside those of the standard one."""
    given, name = template.shape.given, template.name
    if not rule.parameter:
        return PageKind(rule, template.place, name, given, template.stem, counted=name)
    counted = f"{name} {{}}ページ"
    return PageKind(rule, template.place, name, given, f"{template.stem}-", counted=counted)


STANDARD = {
    "session": PageKind(
        rule=A_SESSION,
        template=place_of("session"),
        name="実施結果",
        given=(),
        main=True,
        counted="{}回",
    ),
    "programme": PageKind(
        rule=A_PROGRAMME,
        template=place_of("programme"),
        name="事業のまとめ",
        given=(),
        prefix="programme-",
        main=True,
        counted="{}事業",
        about="実施結果サマリ、回ごとの回答の分布、載せる声",
    ),
    "overall": PageKind(
        rule=ONCE,
        template=place_of("overall"),
        name="総括",
        given=(),
        prefix="overall",
        main=True,
        counted="総括",
        about="総括、実施結果サマリ、回ごとの回答の分布",
        figures=True,
    ),
}
"""The notebooks that come with dxeval, in the order in which pages are made: the whole last."""
REQUIRED = ("session", "overall")
"""Those without which, or with a mistake in which, nothing is made."""
