"""Checking the rows of an import with the form of one expert."""

from reviews.forms.experts import ExpertForm
from reviews.selectors.expert_sheet import Preview


def preview_of(rows: list[tuple[int, dict[str, str]]]) -> Preview:
    """Return what can be taken, and for every other row what to mend."""
    preview = Preview()
    seen: dict[tuple[str, str], int] = {}
    for number, values in rows:
        form = ExpertForm(values)
        if not form.is_valid():
            wrong = "；".join(
                f"{form[name].label}：{str(errors[0]).rstrip('。')}" for name, errors in form.errors.items()
            )
            preview.problems.append((number, wrong))
            continue
        key = (form.cleaned_data["name"], form.cleaned_data["unit_name"])
        if key in seen:
            preview.problems.append((number, f"与第 {seen[key]} 行重复"))
            continue
        seen[key] = number
        preview.rows.append(form.values)
    return preview
