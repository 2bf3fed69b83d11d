"""The states of a year's calendar."""

from django.db import models


class CalendarState(models.TextChoices):
    """Whether a year rests on the State Council's notice or was made up for a demonstration."""

    OFFICIAL = "official", "官方"
    DEMO = "demo", "演示日历（非官方）"
