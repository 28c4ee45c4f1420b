"""The engines that run notebooks, by name."""

from dxeval.report.process.forkserver import CAN_FORK

WARM, STOCK = "warm", "nbclient"
"""Ours in a forked process, and Papermill's own with a kernel of its own."""
USUAL = WARM if CAN_FORK else STOCK
"""The engine where none is asked for."""
