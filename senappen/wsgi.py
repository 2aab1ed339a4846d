"""The web process."""

import os

from django.core.wsgi import get_wsgi_application

from senappen import servers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")
servers.ensure()
application = get_wsgi_application()
