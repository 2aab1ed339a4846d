"""Reading the cube: one module for each question the panels, the form and the API ask."""
