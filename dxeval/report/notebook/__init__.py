"""Notebooks: as files without outputs, run with parameters, and looked through for leaks."""
