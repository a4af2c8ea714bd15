import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
application = get_wsgi_application()

# Better no server than one that fails page by page.
for name in ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"):
    if not os.environ.get(name):
        raise ImproperlyConfigured(f"Set {name} (see .env.example).")
