"""The web server, the same in development and in a container; the environment says where and how much."""

import multiprocessing
import os

bind = os.environ.get("WEB_BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_WORKERS", min(multiprocessing.cpu_count(), 4)))
worker_class = "gthread"
# Loaded once and then forked: quicker to start, and the processes share what they only read.
preload_app = True
threads = int(os.environ.get("WEB_THREADS", "4"))
# Long work happens in Celery; what still runs after this is stuck. Stopping waits less than the supervisor's patience.
timeout = 60
graceful_timeout = 4
keepalive = 5
# A worker is renewed now and then, each at another moment, so that a slow leak never shows.
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112  # heartbeats, no disk
accesslog = "-" if os.environ.get("WEB_ACCESS_LOG") == "1" else None
errorlog = "-"
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
# Only the TLS front may say who the client was and that it came over TLS.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
