"""The sentences and cells of pages as patterns, with the names that a workspace has."""

import re
from dataclasses import dataclass
from functools import cached_property

from dxeval.tracing.forms import FORMS
from dxeval.tracing.names import Names
from dxeval.tracing.sentences import OF_ALL, OF_ONE
from dxeval.tracing.wording import WORDS


@dataclass(frozen=True)
class Patterns:
    """Patterns, compiled once: groups are called as what a number in them says."""

    names: Names

    @cached_property
    def of_one(self) -> list[re.Pattern[str]]:
        """Sentences about one item of one session: those named last, or of their place."""
        return [self.names.filled(pattern) for pattern in OF_ONE] + self.words

    @cached_property
    def words(self) -> list[re.Pattern[str]]:
        """Words that hold a digit and no figure."""
        return [self.names.filled(pattern) for pattern in WORDS]

    @cached_property
    def of_all(self) -> list[re.Pattern[str]]:
        """Sentences about all sessions of their place."""
        return [self.names.filled(pattern) for pattern in OF_ALL]

    @cached_property
    def forms(self) -> dict[str, re.Pattern[str]]:
        """What cells must look like as a whole."""
        return {name: self.names.filled(form) for name, form in FORMS.items()}
