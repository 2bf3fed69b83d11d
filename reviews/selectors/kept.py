"""What stands in an opinion, entry by entry: the keys it is written by, and how often each of them was written."""

from collections.abc import Iterable, Mapping

from reviews.models import Opinion

SCORE, REMARK = "score.", "remark."
CONCLUSION, TEXT = "conclusion", "text"


def keys_of(items: Iterable[str], *, conclusion: bool = True) -> list[str]:
    """Return every key of a sheet with these items (`SheetLine.key`); of a sheet without any, conclusion and text.

    Without `conclusion` it is not asked for one.
    """
    said = [CONCLUSION, TEXT] if conclusion else [TEXT]
    return [f"{kind}{item}" for item in items for kind in (SCORE, REMARK)] + said


def standing(opinion: Opinion | None) -> dict[str, str]:
    """Return what stands in an opinion by key, without what is empty: `score.4`, `remark.4`, `conclusion`, `text`."""
    if opinion is None:
        return {}
    found = {f"{SCORE}{item}": str(points) for item, points in opinion.scores.items()}
    found |= {f"{REMARK}{item}": str(text) for item, text in opinion.score_remarks.items()}
    found |= {CONCLUSION: opinion.conclusion, TEXT: opinion.text}
    return {key: value for key, value in found.items() if value}


def put(opinion: Opinion, key: str, value: str) -> None:
    """Write one entry into an opinion that is not saved yet, and count it; an empty value takes the entry out."""
    kind, _, item = key.partition(".")
    if kind in (CONCLUSION, TEXT):
        setattr(opinion, kind, value)
    else:
        name = "scores" if f"{kind}." == SCORE else "score_remarks"
        others = {each: kept for each, kept in getattr(opinion, name).items() if each != item}
        setattr(opinion, name, others | {item: value} if value else others)
    opinion.revisions = opinion.revisions | {key: opinion.revisions.get(key, 0) + 1}


def counted(revisions: Mapping[str, int], before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, int]:
    """Return the revisions after a whole sheet was saved: one more for each key whose value changed."""
    changed = {key for key in {*before, *after} if before.get(key, "") != after.get(key, "")}
    return {**revisions, **{key: revisions.get(key, 0) + 1 for key in sorted(changed)}}


def field_of(key: str) -> str:
    """Return the name of an entry's field on the page: `score.4` is `score_4` there."""
    return key.replace(".", "_")
