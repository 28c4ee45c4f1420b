"""What was asked and what took place: the workspace's own files, checked when read."""
