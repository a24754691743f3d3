"""Answers that can be kept: by this process, by a proxy in front, by who has read them before."""
