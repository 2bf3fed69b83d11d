"""States of what accounts keep."""

from django.db import models


class ChangeState(models.TextChoices):
    """How a unit's request to change its name or code stands."""

    PENDING = "pending", "待审核"
    APPROVED = "approved", "已通过"
    REJECTED = "rejected", "未通过"
