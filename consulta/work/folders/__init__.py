"""Folders of a case: persons, searches and notes of several hands, with their history."""
