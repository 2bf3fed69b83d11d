"""PDFs and packages that mean harm or are merely broken, built here byte by byte."""

import io
import zipfile
import zlib

from pypdf import PdfWriter

A4 = "/MediaBox [0 0 595 842]"


def assemble(*objects: str | bytes, root: int = 1) -> bytes:
    """A PDF of these numbered objects (the first is 1 0), with a correct cross-reference table."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        body = content.encode() if isinstance(content, str) else content
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start))
    return out.getvalue()


def stream(data: bytes, entries: str = "") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), len(data), data)


def plain(pages: int = 1, *, claimed: int | None = None, box: str = A4) -> bytes:
    """A sound file of blank pages, whose /Count may claim another number."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {pages if claimed is None else claimed} {box} >>"
    page = "<< /Type /Page /Parent 2 0 R >>"
    return assemble("<< /Type /Catalog /Pages 2 0 R >>", tree, *[page] * pages)


def encrypted(*, user: str, owner: str = "owner") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt(user_password=user, owner_password=owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def cyclic() -> bytes:
    """The page tree's only kid is the tree."""
    return assemble(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count 1 {A4} >>",
        "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>",
    )


def exponential(levels: int = 40) -> bytes:
    """Each node names the next one twice: 2**levels pages from a few objects."""
    nodes = [f"<< /Type /Pages /Kids [{n + 3} 0 R {n + 3} 0 R] /Count 1 {A4} >>" for n in range(levels)]
    page = f"<< /Type /Page /Parent {levels + 1} 0 R {A4} >>"
    return assemble("<< /Type /Catalog /Pages 2 0 R >>", *nodes, page)


def deep(levels: int = 5000) -> bytes:
    """A tree with one kid a level, deep enough to exhaust a recursive reader."""
    nodes = [f"<< /Type /Pages /Kids [{n + 3} 0 R] /Count 1 {A4} >>" for n in range(levels)]
    return assemble("<< /Type /Catalog /Pages 2 0 R >>", *nodes, f"<< /Type /Page {A4} >>")


def flate_bomb(megabytes: int = 300, layers: int = 1) -> bytes:
    """A page description that inflates to `megabytes`, more than any page needs."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 1024**2) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    filters = " ".join(["/FlateDecode"] * layers)
    return assemble(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count 1 {A4} >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        stream(data, f"/Filter [{filters}]"),
    )


def picture_bomb() -> bytes:
    """A picture that claims a hundred thousand by a hundred thousand pixels."""
    return assemble(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count 1 {A4} >>",
        "<< /Type /Page /Parent 2 0 R /Resources << /XObject << /I 4 0 R >> >> >>",
        stream(b"x", "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceGray"),
    )


def active(*, sign: bool = False) -> bytes:
    """Scripts, a launch action, an embedded file, a bookmark that launches: everything that acts by itself, and a link."""
    box = "/Rect [10 10 90 90]"
    notes = (
        f"<< /Type /Annot /Subtype /Link {box} /A 4 0 R >>"
        f"<< /Type /Annot /Subtype /Link {box} /A << /S /URI /URI (https://a.example) >> >>"
        f"<< /Type /Annot /Subtype /FileAttachment {box} /FS 6 0 R >>"
    )
    names = "/JavaScript << /Names [(a) 5 0 R] >> /EmbeddedFiles << /Names [(secret.exe) 6 0 R] >>"
    form = (
        "/AcroForm << /SigFlags 3 /Fields [] >>"
        if sign
        else "/AcroForm << /XFA (x) /Fields [<< /AA << /K 5 0 R >> >>] >>"
    )
    return assemble(
        f"<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R /Names << {names} >> /Outlines 8 0 R {form} >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count 1 {A4} >>",
        f"<< /Type /Page /Parent 2 0 R /AA << /O 5 0 R >> /Annots [{notes}] >>",
        "<< /S /Launch /F (cmd.exe) >>",
        "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "<< /Type /Filespec /F (secret.exe) /EF << /F 7 0 R >> >>",
        stream(b"MZ-embedded-program", "/Type /EmbeddedFile"),
        "<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 1 >>",
        "<< /Title (a) /Parent 8 0 R /A 4 0 R >>",
    )


def package(**parts: str | bytes) -> bytes:
    """A ZIP with these parts; `__` in a name stands for `/` and `_dot_` for `.`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def ofd(pages: int = 3, *, body: str | None = None) -> bytes:
    """An OFD with this number of pages."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    kids = "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/P{number}.xml"/>' for number in range(pages))
    document = body or f"<ofd:Document {space}><ofd:Pages>{kids}</ofd:Pages></ofd:Document>"
    root = f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    return package(OFD_dot_xml=root, Doc_0__Document_dot_xml=document)
