"""What `ghibli` and `watch_providers` share: another server is asked while a reader waits."""
