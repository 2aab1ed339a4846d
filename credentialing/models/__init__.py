from credentialing.models.agency import Agency
from credentialing.models.purpose import Activity, Purpose
from credentialing.models.session import UserSession
from credentialing.models.user import User

__all__ = ["Activity", "Agency", "Purpose", "User", "UserSession"]
