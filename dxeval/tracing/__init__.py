"""Every number that is printed, read back out of its place and held against the answers."""
