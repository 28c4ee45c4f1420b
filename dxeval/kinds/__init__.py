"""The kinds of question, a module each: how its answers are read, counted and shown."""
