"""The national data contract as code: 20 views, their fields and closed code lists, read from `contract/`."""

from ingestion.contract.types import Field, FieldType, View
from ingestion.contract.views import LOAD_ORDER, VERSION, VIEWS, domain_codes

__all__ = ["LOAD_ORDER", "VERSION", "VIEWS", "Field", "FieldType", "View", "domain_codes"]
