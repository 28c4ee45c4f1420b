"""JupyterLab in this process, on this machine only, until it is told to end."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyterlab.labapp import LabApp
from tornado.httputil import url_concat

from dxeval.lab.copies import SCRATCH

HOST = "127.0.0.1"
NEWS = "@jupyterlab/apputils-extension:announcements"
"""What asks whether it may fetch news; without it nothing is fetched, and nobody is asked."""


class Kernels(AsyncMappingKernelManager):
    """Runs a copy where its template is run: modules and files beside that are found."""

    def cwd_for_path(self, path: str, **options: object) -> str:
        """Return the folder in which the kernel of a notebook starts."""
        inside = str(path).strip("/").partition("/")[0] == SCRATCH
        return str(super().cwd_for_path("notebooks" if inside else path, **options))


def serve(
    root: Path, notebook: str | None, port: int | None, browser: bool, say: Callable[[str], None]
) -> None:
    """Show a notebook of the workspace in JupyterLab, and ``say`` where, until Ctrl-C."""
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    server = LabApp.initialize_server(argv=_options(root, notebook, port, browser))
    server.web_app.settings["page_config_hook"] = _without_news
    server.log.addFilter(_tells_of_a_fault)
    say(_address(server, notebook))
    server.start()


def _options(root: Path, notebook: str | None, port: int | None, browser: bool) -> list[str]:
    """Return Jupyter's options: the whole workspace, this machine only, nothing from elsewhere."""
    options = {
        "ServerApp.root_dir": root,
        "ServerApp.ip": HOST,
        "ServerApp.open_browser": browser,
        "ServerApp.answer_yes": True,
        "ServerApp.allow_root": True,
        "ServerApp.kernel_manager_class": f"{__name__}.{Kernels.__name__}",
        "LabApp.extension_manager": "readonly",
        "LabApp.workspaces_dir": root / SCRATCH / ".jupyterlab",
        "Application.log_level": "ERROR",
    }
    if notebook is not None:
        options["ServerApp.file_to_run"] = root / notebook
    if port is not None:
        options |= {"ServerApp.port": port, "ServerApp.port_retries": 0}
    return [f"--{name}={value}" for name, value in options.items()]


def _without_news(handler: object, page_config: dict[str, Any]) -> dict[str, Any]:
    disabled = page_config.get("disabledExtensions", [])
    return {**page_config, "disabledExtensions": [*disabled, NEWS]}


def _tells_of_a_fault(record: logging.LogRecord) -> bool:
    """Whether a line of Jupyter's is for the user: its address and farewell are critical to it."""
    return record.levelno == logging.ERROR


def _address(server: ServerApp, notebook: str | None) -> str:
    place = f"lab/tree/{quote(notebook)}" if notebook else "lab"
    token = server.identity_provider.token
    address = f"{server.connection_url}{place}"
    return url_concat(address, {"token": token}) if token else address
