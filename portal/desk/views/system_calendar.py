"""The working calendar: which years are loaded, importing one, correcting a day (G-07)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.accounts.guards import capability
from portal.calendars import clock
from portal.calendars.holiday_file import CalendarFileInvalid
from portal.calendars.selectors import calendar_days, calendar_years, years_to_import
from portal.calendars.services import correct_day, import_calendar
from portal.calendars.working_days import MissingCalendarYear
from portal.desk.forms.system import CalendarImportForm, DayForm


@capability("calendar.import", methods=("GET", "POST"))
def calendar(request: HttpRequest) -> HttpResponse:
    """List the years; on POST import one."""
    form = CalendarImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            result = import_calendar(
                year=said["year"],
                content=said["file"].read(),
                source_document=said["source_document"],
                accept_total=said["accept_total"],
                by=request.actor.label,  # type: ignore[attr-defined]
            )
        except CalendarFileInvalid as invalid:
            for message in invalid.errors:
                form.add_error("file", message)
        else:
            changed = f"写入 {result.changed_dates} 天" if result.changed_dates else "与已有日历一致，没有改动"
            messages.success(request, f"{result.year}年工作日历已导入，{changed}")
            return redirect("system:calendar")
    context = {"form": form, "years": calendar_years(), "missing": years_to_import(clock.today())}
    return render(request, "system/calendar.html", context, status=400 if form.errors else 200)


@capability("calendar.import", methods=("GET", "POST"))
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the days that differ from the week; on POST correct one."""
    found = calendar_years().filter(year=year).first()
    if found is None:
        raise Http404("该年度工作日历尚未导入")
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            day = correct_day(**form.cleaned_data, by=request.actor.label)  # type: ignore[attr-defined]
        except (CalendarFileInvalid, MissingCalendarYear) as invalid:
            form.add_error(None, str(invalid))
        else:
            messages.success(request, f"已更正：{day}")
            return redirect("system:calendar_year", year=year)
    special = [day for day in calendar_days(year) if day.is_workday == (day.date.weekday() >= 5) or day.name]
    context = {"year": found, "days": special, "form": form}
    return render(request, "system/calendar_year.html", context, status=400 if form.errors else 200)
