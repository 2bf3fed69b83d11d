"""Materials: what must be uploaded beside the form."""

from dataclasses import dataclass

from portal.policy.condition import Test


@dataclass(frozen=True)
class Material:
    """A slot for files. `sealed` marks the stamped scan of the printed form: it is void as soon as the form changes.

    `per_row` is the reference of a table of which each row needs evidence (one bundle may serve several rows).
    `copies_setting` names how many stamped paper copies are handed in beside the scan.
    Sizes are in MB (1,000,000 bytes would surprise people whose computer counts 1,048,576: the latter is meant).
    """

    key: str
    title: str
    text: str
    clause: str
    minimum: int = 1
    maximum: int = 20
    types: tuple[str, ...] = ("pdf", "ofd", "jpg", "png")
    max_megabytes: int = 20
    max_pages: int = 0  # 0: no limit
    per_row: tuple[str, ...] = ()
    when: Test | None = None
    sealed: bool = False
    original_on_site: bool = False  # an officer ticks 原件已核
    supplement: bool = False
    copies_setting: str = ""
