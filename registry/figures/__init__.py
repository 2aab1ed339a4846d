"""What is counted, declared once: each figure of the Levantamento, its categories and the columns of the form.

`declared` holds the shapes, `catalogue` the figures, `keys` how a count is named in the cube, `sql` and the modules
beside it how records are counted. Nothing here writes (`registry.services.figures`) or reads the cube
(`registry.selectors.figures`).
"""
