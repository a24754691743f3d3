"""How gunicorn serves the site. BIND_ADDRESS, PORT, WEB_CONCURRENCY and WEB_THREADS
change it."""

import gc
import os
import sys
import tempfile
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import EnvError

try:
    from settings import METRICS_TOKEN, WEB_THREADS
    from settings.environment import env, whole_number_setting
    from settings.gunicorn_logger import ACCESS_FORMAT

    port = whole_number_setting("PORT", 8000, least=0, most=65_535)
    bind = f"{env.str('BIND_ADDRESS', '127.0.0.1')}:{port}"
    workers = whole_number_setting("WEB_CONCURRENCY", 2, least=1, most=1000)
except (ImproperlyConfigured, EnvError) as error:
    # As manage.py says it: its name, and not the way to it.
    sys.exit(f"settings: {error}")
worker_class = "settings.gunicorn_worker.HealthzWorker"
threads = WEB_THREADS
timeout = 30  # seconds without a sign of life from a worker; a request may take longer
graceful_timeout = 10  # seconds for the requests that are under way when it stops
limit_request_line = 8190  # bytes, the most that it can be: addresses carry names to search for
accesslog = "-"
# The path alone: what stands behind the question mark can be private, so can a referrer.
logger_class = "settings.gunicorn_logger.PrivateLogger"
access_log_format = ACCESS_FORMAT
# One more way in, that nobody here uses; and every service of one account would share its path.
control_socket_disable = True
if METRICS_TOKEN:
    # Where the processes of the site put what they count, for whichever of them is asked.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="metrics-"))


def on_starting(server: Any) -> None:
    """Before there is any worker."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    from settings.postgresql.site import refuse_old_server
    from settings.start_check import refuse_careless_start

    refuse_careless_start()
    refuse_old_server()


def post_worker_init(worker: Any) -> None:
    """When the application is loaded: what is there now stays, and the garbage collector need not
    go through it each time that an upload makes 100,000 objects."""
    gc.collect()
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    """After a process of the site has ended: what it had under way is over."""
    if METRICS_TOKEN:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
