"""``python -m dxeval``."""

from dxeval.cli import main

main()
