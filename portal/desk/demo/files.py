"""Evidence for the demonstration: one small PDF for each kind of material, rendered once and laid into every slot."""

from django.core.files.base import ContentFile

from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.inspection.rules import Kind
from portal.documents.models import StoredFile
from portal.documents.rendering.compose import compose
from portal.documents.rendering.engine import render
from portal.policy.material import Material
from portal.tenancy.models import Organisation


class Evidence:
    """Keeps name, size, pages and hash of the rendered PDFs, so that a dozen units do not render a page a dozen times."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[str, int, int, str]] = {}

    def file(self, material: Material, owner: Organisation, by: Actor) -> StoredFile:
        """Return a stored file for a material of one unit."""
        if material.key not in self._made:
            lines = [f"本件为“{material.title}”的演示件。", f"对应要求：{material.text}", f"条款：{material.clause}"]
            self._made[material.key] = _drawn(material.title, lines)
        return self._stored(material.key, material.title.partition("（")[0][:40], owner, by)

    def scan(self, title: str, owner: Organisation, by: Actor) -> StoredFile:
        """Return a stored file that stands for the stamped scan of an office's own paper."""
        key = f"scan of {title}"
        if key not in self._made:
            self._made[key] = _drawn(title, [f"本件为“{title}”盖章扫描件的演示件。"])
        return self._stored(key, f"{title[:34]}盖章件", owner, by)

    def _stored(self, key: str, title: str, owner: Organisation, by: Actor) -> StoredFile:
        name, size, pages, digest = self._made[key]
        return StoredFile.objects.create(
            content=name,
            name=f"{title}.pdf",
            content_type=Kind.PDF.content_type,
            size=size,
            pages=pages,
            sha256=digest,
            organisation=owner,
            uploaded_by=by.user,
            uploaded_at=clock.now(),
        )


def _drawn(title: str, lines: list[str]) -> tuple[str, int, int, str]:
    """Render a page and put it by; it is the portal's own, so its pages and hash need no inspection."""
    html = compose("documents/demo_material.html", {"title": title, "lines": lines}, css=("official",))
    made = render(html)
    storage = StoredFile._meta.get_field("content").storage
    name = storage.save(f"uploads/demo/{made.sha256[:16]}.pdf", ContentFile(made.pdf))
    return name, len(made.pdf), made.pages, made.sha256
