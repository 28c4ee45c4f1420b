"""Which comments are shown, and why: a register to be filled in, and back into the sessions."""
