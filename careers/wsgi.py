import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
application = get_wsgi_application()

# Better no server than one that fails page by page.
for name in ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"):
    if not os.environ.get(name):
        raise ImproperlyConfigured(f"Set {name} (see .env.example).")

# What is loaded now stays: without this the collector walks through all of it in the middle of
# every tenth request or so, and that reader waits twice as long as the others.
import_module(settings.ROOT_URLCONF)  # the views come with the first request otherwise
gc.collect()
gc.freeze()
