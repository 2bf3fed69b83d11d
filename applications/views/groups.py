"""Repeated parts: a page that lists them, with buttons to add, order and remove."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.selectors.workspace import group_of, load
from applications.services.groups import add_instance, move_instance, remove_instance
from applications.services.moves import WrongState
from applications.views.panels import address
from applications.views.reach import frame, own_application
from portal.accounts.guards import capability
from portal.policy.form import Group
from portal.policy.places import chinese_number


@capability("application.edit", methods=("GET", "POST"))
def groups(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """List the instances of a repeated part; POST `act` add, up, down or remove with `instance`."""
    application = own_application(request, pk)
    try:
        part = group_of(application.edition, group)
    except KeyError:
        raise Http404("申报表中没有这一部分") from None
    problem = ""
    if request.method == "POST":
        try:
            return redirect(_act(request, pk, part))
        except WrongState as refusal:
            problem = str(refusal)
        except KeyError:
            raise Http404("该项已被删除") from None
        application = own_application(request, pk)
    workspace = load(application)
    kept = workspace.kept.instances_of(group) if workspace.kept else ()
    instances = []
    for number, instance in enumerate(application.groups.get(group, []), start=1):
        places = [
            each for each in workspace.places if each.group and each.group.key == group and each.instance == instance
        ]
        states = [workspace.state(each) for each in places]
        instances.append(
            {
                "id": instance,
                "title": f"{part.noun}{chinese_number(number)}",
                "name": places[0].name if places else "",
                "done": sum(1 for state in states if state.key == "done"),
                "pages": len(places),
                "url": address(application, "section", path=places[0].path) if places else "",
                "kept": instance in kept,
            }
        )
    context = {
        **frame(workspace, group),
        "part": part,
        "instances": instances,
        "problem": problem,
        "kept_note": workspace.kept.explanation if workspace.kept and kept else "",
        "first_free": len(kept) + 1,
        "may_add": len(instances) < part.maximum and workspace.opening.whole(group),
        "may_remove": len(instances) > part.minimum and workspace.opening.whole(group),
        "asked": request.GET.get("remove", ""),
    }
    return render(request, "applications/groups.html", context, status=409 if problem else 200)


def _act(request: HttpRequest, pk: int, part: Group) -> str:
    act, instance = request.POST.get("act", ""), request.POST.get("instance", "")
    application = own_application(request, pk)
    actor = request.actor  # type: ignore[attr-defined]
    if act == "add":
        made = add_instance(application_id=pk, key=part.key, by=actor)
        return address(application, "section", path=f"{part.key}/{made}/{part.sections[0].key}")
    if act == "remove":
        remove_instance(application_id=pk, key=part.key, instance=instance, by=actor)
    elif act in ("up", "down"):
        order = application.groups.get(part.key, [])
        if instance not in order:
            raise KeyError(instance)
        step = -1 if act == "up" else 1
        move_instance(application_id=pk, key=part.key, instance=instance, to=order.index(instance) + step, by=actor)
    return address(application, "groups", group=part.key)
