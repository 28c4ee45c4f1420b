"""Where a job is made: in a process of its own, here or on a cluster."""
