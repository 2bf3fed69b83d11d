"""Where a remark leads: the field, the row, the slot or the page it is pinned to."""

from applications.forms.page import anchor
from applications.models import Remark
from applications.selectors.workspace import Workspace
from applications.views.panels import address
from portal.policy.readiness import section_path


def remark_url(workspace: Workspace, remark: Remark) -> str:
    """Return the address at which a remark is answered."""
    application, path = workspace.application, remark.path
    if path.startswith("#"):
        return f"{address(application, 'materials')}#slot-{path[1:]}"
    if path.startswith("@"):
        target = next((each for each in workspace.opening.paths), "")
        path = target or path
    page = section_path(workspace.edition, path)
    if page not in {place.path for place in workspace.places}:
        return address(application, "preview")
    rest = path.removeprefix(page).strip("/")
    url = address(application, "section", path=page)
    return f"{url}#{anchor(rest)}" if rest else url
