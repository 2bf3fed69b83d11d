"""The working-day calendar as data: one row per date, loaded a whole year at a time (G-08)."""

from django.db import models

from portal.calendars.enums import CalendarState


class CalendarYear(models.Model):
    """A year that is loaded in full. No row means 缺少YYYY年工作日历: nothing may be computed in that year.

    `arrangement` keeps the days that the documents name, `{date, is_workday, name, source}`, the later document later;
    the rows are derived from it. The first of them may lie in the December before (the notice for 2023 begins on
    2022-12-31): kept here, they reach that year in whichever order the two are loaded.
    """

    year = models.PositiveSmallIntegerField("年度", unique=True)
    state = models.CharField("性质", max_length=10, choices=CalendarState.choices)
    source_document = models.CharField("来源文号", max_length=100)
    arrangement = models.JSONField("放假与调休安排", default=list, blank=True)
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.CharField("导入人", max_length=100)

    class Meta:
        verbose_name = "年度工作日历"
        verbose_name_plural = "年度工作日历"
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(condition=models.Q(year__gte=2000, year__lte=2200), name="calendar_year_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年工作日历（{self.get_state_display()}）"


class CalendarDay(models.Model):
    """One date: a working day or not, which holiday moved it, and the document that says so."""

    calendar_year = models.ForeignKey(
        CalendarYear, on_delete=models.CASCADE, related_name="days", verbose_name="年度工作日历"
    )
    date = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("是否工作日")
    name = models.CharField("节假日", max_length=40, blank=True)
    source_document = models.CharField("来源文号", max_length=100)

    class Meta:
        verbose_name = "日历日"
        verbose_name_plural = "日历日"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date.isoformat()} {'工作日' if self.is_workday else '休'}"
