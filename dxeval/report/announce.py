"""What a running batch says: a progress line, JSON lines, a log."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from dxeval.definitions.visible import escaped, visible
from dxeval.errors import DxevalError

if TYPE_CHECKING:
    from tqdm import tqdm


@dataclass(frozen=True)
class Event:
    """Something to tell the user.

    ``done`` of ``total`` pages are finished; ``seconds`` are those of the page or the batch.
    """

    event: Literal["start", "made", "failed", "end", "error", "interrupted"]
    id: str = ""
    words: str = ""
    seconds: float = 0.0
    done: int = 0
    total: int = 0


Tell = Callable[[Event], object]


@contextmanager
def announcing(bar: bool, as_json: bool, log: Path | None) -> Iterator[Tell]:
    """Hand out the function that a batch tells its events.

    ``bar``: one line on stderr, if that is a terminal; ``as_json``: one event a line on stdout;
    ``log``: one event a line with its time, at the end of that file. An error that ends the
    batch is told too. Raises OSError if the log cannot be written.
    """
    with ExitStack() as stack:
        listeners: list[Tell] = []
        if bar and sys.stderr.isatty():
            from tqdm import tqdm

            line = stack.enter_context(tqdm(desc="報告を作成", unit="頁", total=0))
            listeners.append(lambda event: _show(line, event))
        if as_json:
            listeners.append(lambda event: _write(sys.stdout, _as_json(event)))
        if log is not None:
            file = stack.enter_context(log.open("a", encoding="utf-8"))
            listeners.append(lambda event: _write(file, _as_line(event)))

        def tell(event: Event) -> None:
            for listener in listeners:
                listener(event)

        try:
            yield tell
        except DxevalError as error:
            tell(Event("error", words=str(error)))
            raise
        except (KeyboardInterrupt, SystemExit):
            with suppress(OSError):  # the terminal may be closed
                tell(Event("interrupted"))
            raise


def _show(line: "tqdm", event: Event) -> None:
    line.total = event.total
    line.n = event.done
    line.refresh()


def _as_json(event: Event) -> str:
    event_now = {**asdict(event), "seconds": round(event.seconds, 3)}
    return escaped(json.dumps(event_now, ensure_ascii=False))


def _as_line(event: Event) -> str:
    now = time.strftime("%Y-%m-%d %H:%M:%S")
    words = " ".join([event.event, event.id, event.words.replace("\n", " ／ ")]).rstrip()
    return visible(f"{now} {event.done}/{event.total} {event.seconds:.1f}秒 {words}")


def _write(file: TextIO, text: str) -> None:
    file.write(text + "\n")
    file.flush()
