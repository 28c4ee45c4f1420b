"""A real scheduler and two worker processes, one of them killed on the way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import copy_workspace
from test_batch import keep_sessions

from dxeval.errors import ClusterError
from dxeval.report.announce import Event
from dxeval.report.batch import run
from dxeval.report.process.cluster import dask_pool
from dxeval.workspace import Workspace

Cluster = tuple[str, list[subprocess.Popen[bytes]]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    file = tmp_path / "scheduler.json"
    log = (tmp_path / "dask.log").open("wb")

    def start(module: str, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", file, *words],
            cwd=tmp_path,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    here = ("--host", "127.0.0.1", "--no-dashboard")
    processes = [start("dask_scheduler", *here, "--port", "0")]
    try:
        processes += [start("dask_worker", *here, "--nthreads", "1") for _ in range(2)]
        deadline = time.monotonic() + 60
        while not file.exists():
            assert time.monotonic() < deadline
            time.sleep(0.2)
        yield json.loads(file.read_text())["address"], processes[1:]
    finally:
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.close()


def pages(workspace: Workspace) -> dict[str, bytes]:
    folder = workspace.root / "outputs"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_cluster_makes_the_same_bytes_though_a_worker_dies(
    cluster: Cluster, tmp_path: Path
) -> None:
    address, workers = cluster
    here, there = copy_workspace(tmp_path / "here"), copy_workspace(tmp_path / "there")
    for workspace in (here, there):
        keep_sessions(workspace, "exchange-1", "exchange-2", "bpr-1", "bpr-2")
    run(here)
    killed: list[int] = []

    def kill_one(event: Event) -> None:
        if event.event == "made" and not killed:
            killed.append(workers[0].pid)
            os.killpg(workers[0].pid, signal.SIGKILL)

    with dask_pool(address) as executor:
        result = run(there, executor=executor, tell=kill_one)
    assert result.failed == {}
    assert len(result.made) == 7
    assert killed
    workers[0].wait(30)
    assert workers[1].poll() is None
    assert pages(there) == pages(here)


def test_a_scheduler_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dxeval.report.process.cluster.SECONDS", 1)
    with pytest.raises(ClusterError, match="応えません"), dask_pool("tcp://127.0.0.1:9"):
        pass


def test_a_scheduler_without_workers_is_said(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, workers = cluster
    for worker in workers:
        os.killpg(worker.pid, signal.SIGKILL)
    monkeypatch.setattr("dxeval.report.process.cluster.SECONDS", 3)
    with pytest.raises(ClusterError, match="ワーカーがいません"), dask_pool(address):
        pass


def test_another_version_on_a_worker_is_said(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = cluster
    monkeypatch.setattr("dxeval.report.process.cluster.versions", lambda: {"pandas": "0.1"})
    monkeypatch.setattr("distributed.Client.run", lambda *_: {"tcp://w": {"pandas": "3"}})
    with pytest.raises(ClusterError, match="pandas"), dask_pool(address):
        pass
