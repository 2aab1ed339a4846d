"""From units to what the templates print, one module for each part of the page."""
