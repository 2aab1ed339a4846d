"""Pages of the corregedor's desk. Each reading of a case is an event, committed before the page is made."""
