"""Opens an uploaded PDF in a process of its own, so that a hostile one can only harm that process.

Run by path, never imported by the portal: `python -I child.py inspect FILE` or `… sanitise FILE OUTPUT`. It knows pypdf and
the standard library, no settings and no secrets. It lowers its own limits first, then prints one JSON object:

    {"pages": 12, "active": ["JavaScript"], "signed": false}        when the file can be opened
    {"error": "cyclic", "page": 3, "detail": "…"}                   when it must be refused

Pages are counted by walking the tree, never read from /Count, which says what its author wants. A node met twice ends the
walk: that is a cycle, or a tree that grows exponentially from a few objects.
"""

import json
import logging
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEMORY = 1024**3  # bytes of address space
CPU = 10  # seconds
OUTPUT = 512 * 1024**2  # bytes that a cleaned copy may have
MAX_PAGES, MAX_DEPTH = 5000, 60
MAX_ANNOTATIONS = 50_000
MAX_CONTENT = 256 * 1024**2  # bytes of page descriptions in all; pypdf itself stops a single stream at 75 MB
MAX_PIXELS = 250_000_000  # an A3 sheet at 600 dpi has 70 million
SHORTEST, LONGEST = 72.0, 3600.0  # points: 25 mm and 1,270 mm

ROOT_KEYS = ("/OpenAction", "/AA", "/AF", "/Requirements", "/Collection")
NAME_KEYS = {"/JavaScript": "JavaScript", "/EmbeddedFiles": "EmbeddedFiles", "/Renditions": "Renditions"}
SAFE_ACTIONS = {"/GoTo", "/URI", "/Named"}
ACTIVE_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}


class Refused(Exception):
    """The file cannot be accepted; `code` names the reason, `page` the page where it shows."""

    def __init__(self, code: str, *, page: int | None = None, detail: str = "") -> None:
        self.answer = {"error": code, "page": page, "detail": detail}
        super().__init__(code)


def lower_limits() -> None:
    """Give this process 1 GB of memory and 10 s of processor time, no core dump and no large output."""
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, OUTPUT), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU + 2))


def open_pdf(path: str) -> Any:
    """A pypdf reader of an unencrypted, complete file."""
    from pypdf import PdfReader  # the limits come first

    with open(path, "rb") as file:  # noqa: PTH123 - nothing but pypdf is loaded here
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 2048))
        tail = file.read()
    if b"startxref" not in tail or b"%%EOF" not in tail:
        raise Refused("truncated")
    reader = PdfReader(path)
    if reader.is_encrypted:
        raise Refused("restricted" if reader.decrypt("") else "encrypted")
    return reader


def resolve(value: Any) -> Any:
    return value.get_object() if value is not None and hasattr(value, "get_object") else value


def entry(dictionary: Any, key: str) -> Any:
    """The value under `key`, resolved, or None; tolerant of anything that is not a dictionary."""
    dictionary = resolve(dictionary)
    return resolve(dictionary.get(key)) if isinstance(dictionary, dict) else None


def walk_pages(reader: Any) -> Iterator[tuple[Any, Any]]:
    """Each page with its media box (inherited if need be), in order."""
    seen: set[tuple[int, int]] = set()

    def walk(node: Any, box: Any, depth: int) -> Iterator[tuple[Any, Any]]:
        place = (getattr(node, "idnum", id(resolve(node))), getattr(node, "generation", -1))
        if place in seen or depth > MAX_DEPTH:
            raise Refused("cyclic")
        seen.add(place)
        page = resolve(node)
        if not isinstance(page, dict):
            raise Refused("damaged", detail="a node of the page tree is missing")
        box = entry(page, "/MediaBox") or box
        if "/Kids" in page:
            for kid in entry(page, "/Kids") or ():
                yield from walk(kid, box, depth + 1)
        else:
            yield page, box

    yield from walk(reader.trailer["/Root"].get_object().raw_get("/Pages"), None, 0)


def check_box(box: Any, page: int) -> None:
    """The page has a size, and one that a sheet of paper can have."""
    try:
        left, bottom, right, top = (float(resolve(side)) for side in box)
    except (TypeError, ValueError) as error:
        raise Refused("no-size", page=page) from error
    width, height = abs(right - left), abs(top - bottom)
    if not (SHORTEST <= width <= LONGEST and SHORTEST <= height <= LONGEST):
        millimetres = " × ".join(f"{side / 72 * 25.4:.0f}" for side in (width, height))
        raise Refused("odd-size", page=page, detail=millimetres)


class Content:
    """Reads the page descriptions of a file within one budget, and each form once."""

    def __init__(self) -> None:
        self.left = MAX_CONTENT
        self.seen: set[int] = set()

    def read(self, stream: Any, page: int) -> None:
        if not hasattr(stream, "get_data"):
            return
        self.left -= len(stream.get_data())
        if hasattr(stream, "decoded_self"):
            stream.decoded_self = None  # pypdf would keep it
        if self.left < 0:
            raise Refused("bomb", page=page)

    def read_resources(self, holder: Any, page: int, depth: int = 0) -> None:
        objects = entry(entry(holder, "/Resources"), "/XObject")
        if not isinstance(objects, dict) or depth > MAX_DEPTH:
            return
        for name in list(objects):
            stream = entry(objects, name)
            if id(stream) in self.seen or not isinstance(stream, dict):
                continue
            self.seen.add(id(stream))
            if stream.get("/Subtype") == "/Image":
                if int(entry(stream, "/Width") or 0) * int(entry(stream, "/Height") or 0) > MAX_PIXELS:
                    raise Refused("bomb", page=page)
            else:
                self.read(stream, page)
                self.read_resources(stream, page, depth + 1)

    def read_page(self, page: Any, number: int) -> None:
        contents = entry(page, "/Contents")
        for part in contents if isinstance(contents, list) else [contents]:
            self.read(resolve(part), number)
        self.read_resources(page, number)


def dangerous(action: Any) -> str | None:
    """The kind of an action that does more than move within the file or open a web address."""
    kind = entry(action, "/S")
    chained = entry(action, "/Next") is not None
    return str(kind).removeprefix("/") if kind is not None and (kind not in SAFE_ACTIONS or chained) else None


def strip_annotations(page: Any, found: dict[str, None]) -> None:
    """Take active annotations off a page, and active behaviour off the ones that stay."""
    annotations = entry(page, "/Annots")
    if not isinstance(annotations, list):
        return
    for index in reversed(range(min(len(annotations), MAX_ANNOTATIONS))):
        annotation = resolve(annotations[index])
        if not isinstance(annotation, dict):
            continue
        subtype = annotation.get("/Subtype")
        if subtype in ACTIVE_ANNOTATIONS:
            found[str(subtype)[1:]] = None
            del annotations[index]
            continue
        for key in ("/A", "/PA"):
            if kind := dangerous(annotation.get(key)):
                found[kind] = None
                del annotation[key]
        if "/AA" in annotation:
            found["AA"] = None
            del annotation["/AA"]


def strip_fields(fields: Any, found: dict[str, None], depth: int = 0) -> None:
    """Take scripts off form fields that lie on no page."""
    if depth > MAX_DEPTH or not isinstance(fields, list):
        return
    for field in map(resolve, fields[:MAX_ANNOTATIONS]):
        if not isinstance(field, dict):
            continue
        if "/AA" in field:
            found["AA"] = None
            del field["/AA"]
        strip_fields(entry(field, "/Kids"), found, depth + 1)


def strip_outline(item: Any, found: dict[str, None], left: int = 10_000) -> None:
    """Take active actions off bookmarks."""
    pending, seen = [item], set[int]()
    while pending and left:
        left -= 1
        node = resolve(pending.pop())
        if not isinstance(node, dict) or id(node) in seen:
            continue
        seen.add(id(node))
        if kind := dangerous(node.get("/A")):
            found[kind] = None
            del node["/A"]
        pending += [node.get("/First"), node.get("/Next")]


def strip(reader: Any, pages: list[Any]) -> list[str]:
    """Remove from the open file all that acts by itself, and return the names of what was there."""
    found: dict[str, None] = {}
    root = reader.trailer["/Root"].get_object()
    for key in ROOT_KEYS:
        harmless = key == "/OpenAction" and (isinstance(entry(root, key), list) or not dangerous(root.get(key)))
        if key in root and not harmless:
            found[dangerous(root.get(key)) or key[1:]] = None
            del root[key]
    names, form = entry(root, "/Names"), entry(root, "/AcroForm")
    for key, label in NAME_KEYS.items():
        if isinstance(names, dict) and key in names:
            found[label] = None
            del names[key]
    if isinstance(form, dict):
        if "/XFA" in form:
            found["XFA"] = None
            del form["/XFA"]
        strip_fields(entry(form, "/Fields"), found)
    strip_outline(entry(root, "/Outlines"), found)
    for page in pages:
        for key in ("/AA", "/AF"):
            if key in page:
                found[key[1:]] = None
                del page[key]
        strip_annotations(page, found)
    return list(found)


def signed(reader: Any) -> bool:
    """Whether the file holds a digital signature, which any change would break."""
    flags = entry(entry(reader.trailer["/Root"], "/AcroForm"), "/SigFlags")
    return bool(flags) and int(flags) & 1 == 1


def examine(path: str, output: str | None) -> dict[str, Any]:
    reader = open_pdf(path)
    pages, content = [], Content()
    for number, (page, box) in enumerate(walk_pages(reader), start=1):
        if number > MAX_PAGES:
            raise Refused("endless")
        check_box(box, number)
        content.read_page(page, number)
        pages.append(page)
    if not pages:
        raise Refused("damaged", detail="no page")
    answer = {"pages": len(pages), "signed": signed(reader), "active": strip(reader, pages)}
    if output is not None:
        from pypdf import PdfWriter  # only the cleaning needs it

        PdfWriter(clone_from=reader).write(output)
    return answer


def main(arguments: list[str]) -> dict[str, Any]:
    lower_limits()
    logging.disable(logging.CRITICAL)
    try:
        return examine(arguments[1], arguments[2] if arguments[0] == "sanitise" else None)
    except Refused as refusal:
        return refusal.answer
    except (MemoryError, RecursionError):
        return {"error": "bomb"}
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes in the parser, the answer is a refusal
        code = "bomb" if type(error).__name__ == "LimitReachedError" else "damaged"
        return {"error": code, "detail": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))  # noqa: T201 - the answer to the parent process
