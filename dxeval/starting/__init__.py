"""A workspace from nothing: what is asked, what is written, what must not stay of the example."""
