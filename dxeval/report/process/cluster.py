"""Workers of an existing Dask cluster: they need dxeval installed, but no disk of ours."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dxeval.errors import ClusterError
from dxeval.report.manifest import versions

if TYPE_CHECKING:
    from distributed import Client

SECONDS = 10
"""How long to wait for the scheduler."""


@contextmanager
def dask_pool(address: str) -> Iterator[Executor]:
    """Hand out an executor of the Dask cluster whose scheduler is at ``address``.

    Dask gives a job of a worker that dies to another one. Raises ClusterError if Dask is not
    installed, the scheduler does not answer, it has no worker, or a worker would not make the same
    bytes.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            "--dask には Dask が必要です。pip install 'dxeval[dask]' で入ります。"
        ) from None
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError):
        raise ClusterError(
            f"Dask のスケジューラー「{address}」が{SECONDS}秒のうちに応えません。"
            "アドレスと、dask scheduler が動いていることを確かめてください。"
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError:
            raise ClusterError(
                f"Dask のスケジューラー「{address}」にワーカーがいません。"
                "dask worker を動かしてから、もう一度実行してください。"
            ) from None
        _check_versions(client)
        yield client.get_executor(pure=False)


def _check_versions(client: "Client") -> None:
    for worker, there in client.run(versions).items():
        if differing := [name for name, here in versions().items() if there.get(name) != here]:
            raise ClusterError(
                f"Dask のワーカー「{worker}」の版がここと違います：{'、'.join(differing)}。"
                "同じ版の dxeval とライブラリを入れてください。"
            )
