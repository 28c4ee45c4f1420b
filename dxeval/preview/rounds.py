"""Rounds of small batches: what a browser shows is made first, then all that is out of date."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from dxeval.errors import DxevalError, OutputError
from dxeval.preview.pages import Pages
from dxeval.problems import describe
from dxeval.report.decide import STILL, Todo, decide
from dxeval.report.engines import USUAL
from dxeval.report.job import Failure
from dxeval.report.making import Outcome
from dxeval.report.plan import Plan, Ready
from dxeval.report.renewing import renew, workers_for
from dxeval.report.staging import Staging, open_outputs
from dxeval.workspace import Workspace

COMMAND = "dxeval preview"
GRACE = 2.0
"""Seconds for which what a browser waits for is made on, though files have changed again."""
PAUSE = 0.3
"""Seconds in which a browser gets the machine for itself, to show what it waited for."""
AGAIN = 1.0
"""Seconds after which it is tried again to write ``outputs/``."""
NAMED = 3
"""Up to so many pages made are named one by one."""
Say = Callable[[str, bool], object]


class Rounds:
    """Keeps the pages up to date, until it is interrupted.

    State: the workspace's ``root``; ``pages``, what there is to see; ``changed``, set from other
    threads when there is something new to make; ``tell`` lets the browsers look again; ``say``
    writes words for the user, as a mistake or not; the mistakes that were said last.
    """

    def __init__(
        self,
        root: Path,
        pages: Pages,
        changed: threading.Event,
        tell: Callable[[], object],
        say: Say,
    ) -> None:
        self.root = root
        self.pages = pages
        self.changed = changed
        self._tell = tell
        self._say = say
        self._said: dict[str, str] = {}

    def keep(self, begin: Callable[[], object], end_if_asked: Callable[[], None]) -> None:
        """Hold ``outputs/`` and make what is out of date, again and again; never returns.

        ``begin`` is called once it is held, ``end_if_asked`` whenever there is nothing to do.
        Raises OutputError if it cannot be held at first; whatever is wrong later is shown in the
        browser until it is mended.
        """
        held = False
        while True:
            try:
                with open_outputs(self.root / "outputs", COMMAND) as staging:
                    if not held:
                        begin()
                        self._say_remarks(staging)
                    held = True
                    self._go_on(staging, end_if_asked)
            except OutputError as error:
                if not held:
                    raise
                self._show_trouble(error)
                self.changed.wait(AGAIN)
                end_if_asked()

    def _say_remarks(self, staging: Staging) -> None:
        if staging.remarks:
            self._say(f"注意：\n{describe(staging.remarks)}", True)

    def _go_on(self, staging: Staging, end_if_asked: Callable[[], None]) -> None:
        while True:
            self.changed.clear()
            try:
                self._round(staging)
            except OutputError:
                raise
            except DxevalError as error:
                self._show_trouble(error)
            while not self.changed.wait(AGAIN):  # Windows does not let Ctrl-C interrupt a wait
                end_if_asked()

    def _round(self, staging: Staging) -> None:
        """Make what is open, then all; what nobody waits for is given up for a new change."""
        plan = self._plan()
        late = {page.id for page in plan.pages if not isinstance(page, Ready) or page.changed}
        first = [page_id for page_id in dict.fromkeys(self.pages.open) if page_id in late]
        if first:
            self._make(plan, decide(plan, first, alone=True), staging, GRACE)
            if self.changed.wait(PAUSE):
                return
            plan = self._plan()
        self._make(plan, decide(plan), staging, 0.0 if first else GRACE)

    def _plan(self) -> Plan:
        return Plan(Workspace(self.root), engine=USUAL)

    def _make(self, plan: Plan, todo: Todo, staging: Staging, patience: float) -> None:
        """Make and show what is to be done; after ``patience`` seconds only until a change."""
        begun = time.monotonic()

        def superseded() -> bool:
            return self.changed.is_set() and time.monotonic() - begun >= patience

        late = {page.id for page in plan.pages if isinstance(page, Ready) and page.changed}
        self.pages.expect(plan.order, late, plan.manifest)
        if not late.intersection(self.pages.open):
            self._tell()
        staging.discard()
        workers = workers_for(todo, staging)
        edition, outcome = renew(plan, todo, staging, workers, superseded=superseded)
        failures = {page_id: self._words(page_id, end) for page_id, end in outcome.failures.items()}
        self.pages.settle(failures, late - outcome.seconds.keys() - failures.keys(), edition)
        self._tell()
        self._say_made(plan, outcome, time.monotonic() - begun)
        notebooks = {problem.file: str(problem) for problem in plan.table.problems}
        self._say_wrong(failures | notebooks)

    def _words(self, page_id: str, failure: Failure) -> str:
        """Return what is wrong with a page; what was said before, if it was not tried again."""
        before = self.pages.failures.get(page_id, STILL)
        return before if failure.words == STILL else self._without_root(failure.words)

    def _show_trouble(self, error: DxevalError) -> None:
        self.pages.trouble = self._without_root(str(error))
        self._tell()
        self._say_wrong({"": self.pages.trouble})

    def _without_root(self, words: str) -> str:
        return words.replace(f"{self.root}{os.sep}", "")

    def _say_made(self, plan: Plan, outcome: Outcome, seconds: float) -> None:
        made = [page_id for page_id in plan.order if page_id in outcome.seconds]
        if made:
            names = "、".join(made) if len(made) <= NAMED else "と".join(plan.counted(made))
            now = time.strftime("%H:%M:%S")
            self._say(f"{now} {names} を作成しました（{seconds:.1f}秒）", False)

    def _say_wrong(self, failures: dict[str, str]) -> None:
        """Say each mistake once, and again if it comes back."""
        for page_id, words in failures.items():
            if self._said.get(page_id) != words:
                head = f"{page_id}：作成できませんでした。\n" if page_id else ""
                self._say(head + words, True)
        self._said = failures
