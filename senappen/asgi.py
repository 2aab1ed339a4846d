"""The web process, asynchronous flavour."""

import os

from django.core.asgi import get_asgi_application

from senappen import servers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")
servers.ensure()
application = get_asgi_application()
