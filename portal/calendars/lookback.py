"""Windows that look back from a submission (G-09)."""

from datetime import date


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def recent_years(submitted_on: date, years: int) -> tuple[date, date]:
    """近N年: from N years before the submission to the submission, both included."""
    return years_before(submitted_on, years), submitted_on


def complete_years(submitted_on: date, years: int) -> tuple[int, ...]:
    """连续N年: the N complete calendar years before the year of submission, oldest first."""
    return tuple(range(submitted_on.year - years, submitted_on.year))


def previous_year(submitted_on: date) -> int:
    """上一年度: the calendar year before."""
    return submitted_on.year - 1
