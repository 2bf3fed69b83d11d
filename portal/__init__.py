"""The portal: policies as data, and the machine that carries them out."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
