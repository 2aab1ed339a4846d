"""The search documents of everybody a test has made."""

from registry.models import Person
from registry.services import search_documents


def index() -> None:
    """Rebuild every search document and count the vocabulary."""
    search_documents.refresh(Person.objects.values_list("pk", flat=True))
    search_documents.refresh_frequencies()
