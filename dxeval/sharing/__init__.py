"""The report as one ZIP to be handed on: ``dxeval share``."""
