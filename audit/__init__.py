"""The record of every access. Others call `audit.recorder` and `audit.events`; nothing else of this app."""
