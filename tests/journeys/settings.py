"""A laptop's settings with a password hash that is quick: people of a journey give their passwords hundreds of times."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from portal.settings.development import *  # noqa: F403  # what differs follows


class QuickHasher(Argon2PasswordHasher):
    """Argon2 with the least work that it accepts."""

    time_cost, memory_cost, parallelism = 1, 8, 1


PASSWORD_HASHERS = ["tests.journeys.settings.QuickHasher"]
