"""What is wrong with a declaration. Each finding is one English sentence for the person who writes editions."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from portal.policy.aftercare_lint import assessments, ledgers, measures, settings_after
from portal.policy.condition import Condition, Test
from portal.policy.edition import Edition
from portal.policy.form import Field, FieldKind, Group, Section, Table
from portal.policy.funding_lint import funding
from portal.policy.procedure import StageKind
from portal.policy.recommendation import RecommendationRule
from portal.policy.review_lint import aggregation, grounds, names, sheets
from portal.policy.rows import given_rows
from portal.policy.scoring import Bands
from portal.policy.values import Unreadable, read

NUMERIC = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)


def lint(edition: Edition) -> list[str]:
    """Return every finding; an empty list means the edition is sound."""
    return [f"{edition.code}: {finding}" for rule in RULES for finding in rule(edition)]


def _twice(kind: str, keys: Iterable[object]) -> Iterator[str]:
    seen: set[object] = set()
    for key in keys:
        if key in seen:
            yield f"{kind} {key} is declared twice"
        seen.add(key)


def _unique(edition: Edition) -> Iterator[str]:
    yield from _twice("track", (track.key for track in edition.tracks))
    yield from _twice("track code", (track.code for track in edition.tracks))
    yield from _twice("form part", (part.key for part in edition.form.parts))
    yield from _twice("material", (material.key for material in edition.materials))
    yield from _twice("condition", (condition.code for condition in edition.conditions))
    yield from _twice("stage", (stage.key for stage in edition.procedure))
    yield from _twice("setting", (setting.key for setting in edition.settings))
    yield from _twice("default", (default.code for default in edition.defaults))
    for _, section in edition.form.sections():
        yield from _twice(f"item of {section.key}", (item.key for item in section.items))
        for table in section.tables:
            yield from _twice(f"column of {section.key}.{table.key}", (column.key for column in table.columns))


def _known(edition: Edition, references: Iterable[str], where: str, scopes: tuple[str, ...] = ()) -> Iterator[str]:
    """Look references up as they are, or inside one of `scopes` (the row, then the group, they are read from)."""
    slots = {material.key for material in edition.materials}
    settings = {setting.key for setting in edition.settings}
    for reference in references:
        if reference.startswith("#"):
            if reference[1:] not in slots:
                yield f"{where} reads the unknown material {reference[1:]}"
        elif reference.startswith("@"):
            if reference[1:] not in settings:
                yield f"{where} reads the unknown setting {reference[1:]}"
        elif not any(_found(edition, f"{scope}{reference}") for scope in (*scopes, "")):
            yield f"{where} reads the unknown field {reference}"


def _found(edition: Edition, reference: str) -> bool:
    try:
        edition.form.find(reference)
    except (KeyError, AttributeError):
        return False
    return True


def _conditions(edition: Edition) -> Iterator[str]:
    tracks = {track.key for track in edition.tracks}
    for condition in edition.conditions:
        where = f"condition {condition.code}"
        yield from _known(edition, _condition_references(condition), where)
        for track in condition.applies_to:
            if track not in tracks:
                yield f"{where} applies to the unknown track {track}"
        if not condition.clause:
            yield f"{where} cites no clause"


def _condition_references(condition: Condition) -> Iterator[str]:
    for test in (condition.test, condition.soft, condition.strict, condition.when):
        if test is not None:
            yield from test.references()
    if condition.waiver:
        yield from (condition.waiver.flag, condition.waiver.reason)
        if condition.waiver.when is not None:
            yield from condition.waiver.when.references()
    if condition.explain:
        yield condition.explain


def _form(edition: Edition) -> Iterator[str]:
    for group, section in edition.form.sections():
        scopes = (f"{group.key}.",) if group else ()
        prefix = f"{group.key}.{section.key}" if group else section.key
        yield from _tests(edition, section.when, f"section {prefix}", scopes)
        for item in section.items:
            yield from _item(edition, item, f"{prefix}.{item.key}", scopes)
        yield from _ceilings(section.fields, f"section {prefix}")
    for part in edition.form.parts:
        if isinstance(part, Group):
            yield from _known(edition, [f"{part.key}.{part.name_ref}"], f"group {part.key}")
    yield from _known(edition, edition.form.cover, "the cover")


def _item(edition: Edition, item: Field | Table, where: str, scopes: tuple[str, ...]) -> Iterator[str]:
    yield from _tests(edition, item.when, where, scopes)
    if isinstance(item, Table):
        columns = {column.key: column for column in item.columns}
        for total in item.totals:
            if total not in columns or columns[total].kind not in NUMERIC:
                yield f"{where} totals {total}, which is no numeric column"
        for column in item.columns:
            yield from _item(edition, column, f"{where}.{column.key}", (f"{where}.", *scopes))
        yield from _ceilings(item.columns, where)
        yield from _given(edition, item, where)
    elif item.kind in (FieldKind.CHOICE, FieldKind.MULTIPLE) and not item.options:
        yield f"{where} offers no options"


def _given(edition: Edition, table: Table, where: str) -> Iterator[str]:
    values = edition.setting_values()
    if table.rows_setting not in values:
        return  # growing freely, or told as an undeclared setting
    given = given_rows(table, values)
    if not given:
        yield f"{where} is given no row by {table.rows_setting}"
    for value in given:
        try:
            read(table.columns[0], value)
        except Unreadable:
            yield f"{where} cannot hold {value} of {table.rows_setting} in its first column"


def _ceilings(fields: Iterable[Field], where: str) -> Iterator[str]:
    beside = tuple(fields)
    kinds = {field.key: field.kind for field in beside}
    for field in beside:
        if field.at_most and kinds.get(field.at_most) not in NUMERIC:
            yield f"{where} limits {field.key} by {field.at_most}, which is no number beside it"


def _tests(edition: Edition, test: Test | None, where: str, scopes: tuple[str, ...] = ()) -> Iterator[str]:
    if test is not None:
        yield from _known(edition, test.references(), where, scopes)


def _materials(edition: Edition) -> Iterator[str]:
    for material in edition.materials:
        yield from _known(edition, material.per_row, f"material {material.key}")
        yield from _tests(edition, material.when, f"material {material.key}")
        yield from _known(
            edition, [f"@{material.copies_setting}"] if material.copies_setting else [], f"material {material.key}"
        )


def _settings(edition: Edition) -> Iterator[str]:
    keys = {setting.key for setting in edition.settings}
    used = [
        *(stage.days_setting for stage in edition.procedure),
        *(default.setting for default in edition.defaults),
        edition.panel.minimum_setting,
        edition.panel.odd_setting,
        edition.notice.days_setting,
        edition.notice.count_publication_day_setting,
        edition.notice.place_setting,
        *_sheet_settings(edition),
        *_stage_settings(edition),
        *(cell.places_setting for cell in edition.cells),
        *([edition.cross_application.mode_setting] if edition.cross_application else []),
        *(table.rows_setting for _, section in edition.form.sections() for table in section.tables),
    ]
    for key in used:
        if key and key not in keys:
            yield f"the setting {key} is used but not declared"
    codes = {default.code for default in edition.defaults}
    for setting in edition.settings:
        if setting.default and setting.default not in codes:
            yield f"setting {setting.key} belongs to the unknown default {setting.default}"
        if any(default.setting == setting.key and default.value != setting.value for default in edition.defaults):
            yield f"setting {setting.key} starts with another value than its default"
        if setting.choices and setting.value not in [value for value, _ in setting.choices]:
            yield f"setting {setting.key} has a value outside its choices"


def _sheet_settings(edition: Edition) -> Iterator[str]:
    if edition.assessment:
        yield edition.assessment.basis_setting
        for item in edition.assessment.items:
            if isinstance(item.formula, Bands):
                yield item.formula.aggregate_setting


def _stage_settings(edition: Edition) -> Iterator[str]:
    for rule in (edition.panel, *(stage.panel for stage in edition.procedure if stage.panel)):
        yield from (rule.minimum_setting, rule.odd_setting, rule.maximum_setting, rule.visit_setting)
        yield from (rule.votes_setting, rule.quorum_setting, rule.meeting_setting)
        if rule.draw:
            yield from (rule.draw.size_setting, rule.draw.years_setting, rule.draw.alternates_setting)
    for stage in edition.procedure:
        if stage.recommendation:
            yield from (line.places_setting for line in stage.recommendation.lines)


def _recommendation(edition: Edition) -> Iterator[str]:
    tracks = {track.key for track in edition.tracks}
    for stage in edition.procedure:
        rule, where = stage.recommendation, f"stage {stage.key}"
        if (rule is not None) is not (stage.kind in (StageKind.RECOMMENDATION, StageKind.REPORT)):
            yield f"{where}: a recommendation rule belongs to recommendation and report stages, to each of them one"
        if rule is None:
            continue
        for route in rule.routes:
            yield from _tests(edition, route.when, f"route {route.key} of {where}")
        yield from _twice(f"quota line of {where}", (line.key for line in rule.lines))
        covered = [track for line in rule.lines for track in line.tracks]
        if sorted(covered) != sorted(tracks):
            yield f"{where}: every track must count in exactly one quota line"
        for column in rule.summary:
            read = [column.reference] if column.reference else column.measure.references() if column.measure else []
            yield from _known(edition, read, f"summary column {column.title} of {where}")
        yield from _verification(edition, rule, where)


def _verification(edition: Edition, rule: RecommendationRule, where: str) -> Iterator[str]:
    fields = {item.key for item in rule.verification.fields} if rule.verification else set()
    yield from _known(edition, (there for _, there in rule.counterparts), f"counterpart of {where}")
    for figure in rule.figures:
        yield from _known(edition, figure.reported.references(), f"figure {figure.title} of {where}")
    named = [own for own, _ in rule.counterparts] + [each.conclusion for each in rule.figures if each.conclusion]
    for key in named:
        if key not in fields:
            yield f"{where}: the verification has no field {key}"


def _selection(edition: Edition) -> Iterator[str]:
    tracks = {track.key for track in edition.tracks}
    yield from _twice("cell", (cell.key for cell in edition.cells))
    named = {cell.track for cell in edition.cells}
    named |= {track for rule in edition.exclusive for track in rule.tracks}
    named |= {track for rule in edition.combinable for track in rule.tracks}
    for release in edition.releases:
        named |= {release.winner, release.loser}
    cross = edition.cross_application
    if cross:
        named |= {cross.source, cross.target}
        read = [reference for pair in (*cross.copies, *cross.along) for reference in pair]
        read += [cross.table, cross.target_table, f"#{cross.letter}", *([cross.flag] if cross.flag else [])]
        yield from _known(edition, read, "the cross-application")
    for track in sorted(named - tracks):
        yield f"selection names the unknown track {track}"
    for cell in edition.cells:
        yield from _tests(edition, cell.when, f"cell {cell.key}")
    for key in edition.ranking.keys if edition.ranking else ():
        if key.measure is not None:
            yield from _known(edition, key.measure.references(), f"rank key {key.title}")
    for sheet in edition.review_sheets:
        yield from _tests(edition, sheet.when, f"review sheet {sheet.key}")
        evidence = (reference for item in sheet.items for reference in item.evidence)
        yield from _known(edition, evidence, f"review sheet {sheet.key}")
        if sum(item.max_points for item in sheet.items) != Decimal(100):
            yield f"the items of review sheet {sheet.key} do not add up to 100"


def _windows(edition: Edition) -> Iterator[str]:
    stages = {stage.key for stage in edition.procedure}
    for call in edition.official_calls:
        for at in (call.opens_at, call.closes_at, *(each for w in call.windows for each in (w.opens_at, w.closes_at))):
            if at.tzinfo is None:
                yield f"official call {call.title} has an instant without an offset"
        for window in call.windows:
            if window.stage not in stages:
                yield f"official call {call.title} has a window of the unknown stage {window.stage}"


_ORDER = list(StageKind)


def _procedure(edition: Edition) -> Iterator[str]:
    kinds = [stage.kind for stage in edition.procedure]
    for kind in (StageKind.FILING, StageKind.RECOGNITION):
        if kind not in kinds:
            yield f"the procedure has no stage of kind {kind.value}"
    if kinds and kinds[0] is not StageKind.FILING:
        yield "the procedure does not begin with filing"
    places = [_ORDER.index(kind) for kind in kinds]
    if places != sorted(places):
        yield "the procedure's stages cannot be reached in the order declared"
    for stage in edition.procedure:
        if not stage.clause and not stage.default:
            yield f"stage {stage.key} cites neither clause nor default"


def _assessment(edition: Edition) -> Iterator[str]:
    sheet = edition.assessment
    if sheet is None:
        return
    yield from _twice("score item", (item.number for item in sheet.items))
    if [item.number for item in sheet.items] != list(range(1, len(sheet.items) + 1)):
        yield "score items are not numbered 1…n"
    minima = [grade.minimum for grade in sheet.grades]
    if minima != sorted(set(minima), reverse=True) or not minima or minima[-1] != 0:
        yield "grades must fall from best to worst and end at 0"
    for item in sheet.items:
        if item.max_points <= 0 or item.step <= 0 or item.max_points % item.step:
            yield f"score item {item.number} cannot reach its maximum in its steps"
    if sheet.maximum(bonus=False) != Decimal(100):
        yield f"the base items add up to {sheet.maximum(bonus=False)}, not 100"


def _record(edition: Edition) -> Iterator[str]:
    """Yield what the register keeps, and what a target takes from the application, that no form asks."""
    for item in edition.record:
        yield from _known(edition, item.measure.references(), f"record item {item.key}")
    for target in edition.targets:
        if target.planned is not None:
            yield from _known(edition, target.planned.references(), f"target {target.code}")


def _sections_have_titles(edition: Edition) -> Iterator[str]:
    for part in edition.form.parts:
        if isinstance(part, Section) and not part.title:
            yield f"section {part.key} has no title"


RULES: tuple[Callable[[Edition], Iterator[str]], ...] = (
    _unique,
    _conditions,
    _form,
    _materials,
    _settings,
    _procedure,
    _assessment,
    _recommendation,
    _selection,
    _windows,
    sheets,
    aggregation,
    grounds,
    names,
    funding,
    ledgers,
    measures,
    assessments,
    settings_after,
    _record,
    _sections_have_titles,
)
