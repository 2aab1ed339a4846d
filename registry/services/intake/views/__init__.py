"""The 20 views of the contract and where each of their fields goes. Read with `contract/views.csv` beside it."""

from typing import Final

from registry.services.intake.views.identity import IDENTITY
from registry.services.intake.views.imprisonment import IMPRISONMENT
from registry.services.intake.views.links import CONDUCT, LINKS
from registry.services.intake.views.people import PEOPLE, UNITS

# Parents come before their children: the order in which a load must hand over.
VIEWS: Final = {view.name: view for view in (*UNITS, *PEOPLE, *IDENTITY, *IMPRISONMENT, *LINKS, *CONDUCT)}
