"""How gunicorn serves the site, in development and in production."""

import os

from gunicorn.glogging import Logger

from careers.logs import JsonFormatter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
wsgi_app = "careers.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
# Workers are renewed now and then, so that a slow leak never becomes an outage.
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True


class QuietLogger(Logger):
    """Gunicorn's own lines as JSON, without addresses, queries or what a client sent."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())

    def access(self, *args, **kwargs):
        """The site writes its own access line (careers.logs)."""

    def warning(self, msg, *args, **kwargs):
        if msg.startswith("Invalid request from"):
            msg = "Invalid request"
        super().warning(msg, *args, **kwargs)

    def exception(self, msg, *args, **kwargs):
        super().exception(msg.replace("%s", "-"), **kwargs)


logger_class = QuietLogger
