"""Which persons' crossings wait to be rebuilt beside those that loads name: whose search documents were."""

from typing import Final

from django.db.backends.utils import CursorWrapper

_REFRESHED: Final = """
INSERT INTO registry_pendingcrossing (person_id) SELECT person_id FROM refreshing ORDER BY 1
ON CONFLICT (person_id) DO NOTHING
"""


def refreshed(cursor: CursorWrapper) -> None:
    """Let the persons of the table `refreshing` wait, whose search documents are being rebuilt."""
    cursor.execute(_REFRESHED)
