"""A state whose records have the margins of a published form: so many people of each category, no more and no fewer.

A margins file is CSV in UTF-8 with the header `uf,column,count` (further columns are for whoever reads it): `column` is
the official number of the form's column, `count` what the state published there. Columns not named are zero; lines that
begin with # name the source. Only people in physical cells are made.

`form` says what each column counts, `closing` makes the columns agree with each other (published ones often do not),
`dealing` gives every person their categories, `records` writes them down as a state holds them.
"""

from fictitious.margins.closing import Closed, close
from fictitious.margins.form import Margins, read

__all__ = ["Closed", "Margins", "close", "read"]
