"""Statistics: panels, files, the form and the API. Numbers show nobody; each reading is recorded all the same."""
