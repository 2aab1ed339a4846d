"""The API's own door: tokens and purposes."""
