"""Through which office an application goes: the routes a policy opens to a unit, and what its tracks forbid together."""

from dataclasses import dataclass

from applications.models import Application, Call
from applications.selectors.live import live_applications
from portal.policy.edition import Edition
from portal.policy.recommendation import Route
from portal.tenancy.models import Organisation

CENTRAL = "central"


@dataclass(frozen=True)
class RouteChoice:
    """A route with the offices a unit may choose on it, `nearest` first."""

    route: Route
    offices: list[Organisation]


def open_routes(call: Call, unit: Organisation) -> list[RouteChoice]:
    """Return the routes open to a unit; none where the policy has no recommending tier. One query."""
    rule = call.edition.recommendation()
    if rule is None:
        return []
    natures = {unit.nature, *([CENTRAL] if unit.central else [])}
    routes = [
        route for route in rule.routes if route.exists(call.setting_values) and natures.isdisjoint(route.closed_to)
    ]
    kinds = {kind for route in routes for kind in route.kinds}
    offices = list(Organisation.objects.filter(jurisdiction=call.jurisdiction_id, kind__in=kinds, state="active"))
    below = [office for office in offices if office.parent_id is not None]
    return [RouteChoice(route, _nearest_first(route, below, unit)) for route in routes]


def closed_routes(call: Call, unit: Organisation) -> list[tuple[Route, str]]:
    """Return the routes this unit may not take, each with the reason a page shows. No query."""
    rule = call.edition.recommendation()
    if rule is None:
        return []
    closed = [(route, "中央在地方单位") for route in rule.routes if unit.central and CENTRAL in route.closed_to]
    seen = {route.key for route, _ in closed}
    nature = unit.get_nature_display()
    closed += [(route, nature) for route in rule.routes if unit.nature in route.closed_to and route.key not in seen]
    return [(route, f"{who}不能经该渠道申报{f'（{route.clause}）' if route.clause else ''}") for route, who in closed]


def fixed_route(call: Call, live: list[Application]) -> tuple[Route, Organisation] | None:
    """Return the route and office the unit's live applications of the call go through already; None if it may choose.

    `live` come with their recommenders.
    """
    rule = call.edition.recommendation()
    taken = next((each for each in live if each.recommender is not None), None)
    if rule is None or taken is None or taken.recommender is None:
        return None
    return next(((route, taken.recommender) for route in rule.routes if route.key == taken.route), None)


def together_note(edition: Edition, track: str) -> str:
    """Return what the policy says about applying on this track together with others, or an empty text."""
    said = (f"{rule.text}（{rule.clause}）" for rule in edition.combinable if track in rule.tracks)
    return "；".join(dict.fromkeys(said))  # two pairs of tracks may rest on one sentence


def _nearest_first(route: Route, offices: list[Organisation], unit: Organisation) -> list[Organisation]:
    fitting = [office for office in offices if office.kind in route.kinds]
    return sorted(fitting, key=lambda office: not (unit.district and unit.district in office.name))


def route_problem(call: Call, unit: Organisation, recommender: Organisation | None, route: str) -> str:
    """Return why the unit may not apply through this office, or an empty text.

    One route for a unit in a call: all its applications go through the same office.
    """
    choices = open_routes(call, unit)
    if not choices:
        return "" if recommender is None else "本批次直接向主管部门申报，不经推荐部门"
    if recommender is None:
        return "请选择推荐部门"
    chosen = next((choice for choice in choices if choice.route.key == route), None)
    if chosen is None:
        return "请选择推荐渠道；本单位不能经该渠道申报" if route else "请选择推荐渠道"
    if recommender not in chosen.offices:
        return f"“{recommender.name}”不在“{chosen.route.title}”渠道之列，请重新选择推荐部门"
    others = live_applications(unit).filter(call=call).exclude(recommender=recommender, route=route)
    taken = others.select_related("recommender").first()
    if taken is not None and taken.recommender is not None:
        return f"本单位在本批次已经由“{taken.recommender.name}”申报，同一单位只能经一个推荐部门申报"
    return ""


def track_problem(edition: Edition, track: str, live: list[Application]) -> str:
    """Return why a unit with these live applications of the call may not apply on this track, or an empty text."""
    held = {each.track_key for each in live} - {track}
    for rule in edition.exclusive:
        if track in rule.tracks and (clash := held & set(rule.tracks)):
            other = edition.track(min(clash)).title
            return f"本单位已申报“{other}”，与“{edition.track(track).title}”不可同时申报（{rule.clause}）"
    return ""


def combination_note(edition: Edition, application: Application, live: list[Application]) -> str:
    """Return what the officer should look at when a unit applies on tracks meant for other natures together."""
    held = {each.track_key for each in live} | {application.track_key}
    for rule in edition.combinable:
        if len(held & set(rule.tracks)) > 1 and application.organisation.nature not in rule.natures:
            return f"{rule.text}（{rule.clause}）；本单位性质为“{application.organisation.get_nature_display()}”，请审核人员核定"
    return ""
