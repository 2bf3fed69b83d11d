"""What is wrong with the money of a declaration."""

from collections.abc import Iterator

from portal.policy.edition import Edition, Support
from portal.policy.funding import After, MultipleAward, StepAward


def funding(edition: Edition) -> Iterator[str]:
    """Yield instalments that are not their total, money without a key, unknown tracks, targets, indicators and settings."""
    for each in edition.support:
        yield from _whole(edition, each, f"support {each.title}")
        yield from _instalments(edition, each, f"support {each.title}")
        yield from _award(edition, each, f"support {each.title}")
    yield from _keys(edition)
    yield from _settings(edition)
    for recovery in edition.recoveries:
        if recovery.days <= 0:
            yield f"recovery {recovery.key} leaves no time to return the money"


def _whole(edition: Edition, each: Support, where: str) -> Iterator[str]:
    tracks = {track.key for track in edition.tracks}
    named = {*each.tracks, *(each.award.tracks if each.award else ())}
    for track in sorted(named - tracks):
        yield f"{where} is for the unknown track {track}"
    kinds = [bool(each.instalments), each.award is not None, each.entered]
    if sum(kinds) > 1:
        yield f"{where} is more than one of instalments, award and entered by the bureau"
    if each.entered and each.total is not None:
        yield f"{where} is entered by the bureau and yet has a total"


def _instalments(edition: Edition, each: Support, where: str) -> Iterator[str]:
    if each.instalments and sum(part.amount for part in each.instalments) != each.total:
        yield f"the instalments of {where} do not add up to its total"
    if any(part.amount * 100 != part.share * (each.total or 0) for part in each.instalments):
        yield f"an instalment of {where} is not its share of the total"
    known = {target.code for target in edition.targets}
    if len({part.key for part in each.instalments}) < len(each.instalments):
        yield f"two instalments of {where} have one key"
    for part in each.instalments:
        claimed = part.after is After.TARGETS
        for code in part.targets:
            if code not in known:
                yield f"instalment {part.key} of {where} checks the unknown target {code}"
        if claimed and not (part.targets and part.materials):
            yield f"instalment {part.key} of {where} is claimed, without targets or documents"
        if not claimed and (part.targets or part.materials):
            yield f"instalment {part.key} of {where} is not claimed and yet has targets or documents"


def _award(edition: Edition, each: Support, where: str) -> Iterator[str]:
    award = each.award
    if award is None:
        return
    indicators = {indicator.key for indicator in edition.indicators}
    read = (award.basic, award.counted) if isinstance(award, MultipleAward) else (award.total, award.counted)
    for key in read:
        if key not in indicators:
            yield f"the award of {where} reads the unknown indicator {key}"
    if edition.build_period is None:
        yield f"the award of {where} is over years of building, and the edition has none"
    if isinstance(award, MultipleAward) and not award.materials:
        yield f"the award of {where} is claimed without documents"
    if isinstance(award, StepAward):
        for track in sorted(award.tracks):
            parts = [part for other in edition.money_of(track) for part in other.instalments]
            if not any(part.key == award.within and part.after is After.TARGETS for part in parts):
                yield f"the award of {where} is claimed within an instalment that track {track} does not claim"


def _keys(edition: Edition) -> Iterator[str]:
    for each in edition.support:
        if each.is_money is not bool(each.key):
            yield f"support {each.title}: what is paid has a key, and nothing else"
    for track in edition.tracks:
        keys = [each.key for each in edition.money_of(track.key)]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield f"track {track.key} has two supports with the key {key}"


def _settings(edition: Edition) -> Iterator[str]:
    settings = {setting.key for setting in edition.settings}
    used = [edition.build_period.first_year_setting, edition.build_period.cap_setting] if edition.build_period else []
    awards = [each.award for each in edition.support if each.award]
    used += [each.base_setting if isinstance(each, MultipleAward) else each.basis_setting for each in awards]
    for key in used:
        if key and key not in settings:
            yield f"the setting {key} is used but not declared"
