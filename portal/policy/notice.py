"""Public notices: where, how long, and who may object (公示)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeRule:
    """`days_setting` and `count_publication_day_setting` name settings; `text` is the source's own sentence."""

    title: str
    place_setting: str
    days_setting: str
    count_publication_day_setting: str
    objection: str
    text: str
    clause: str
    default: str = ""


@dataclass(frozen=True)
class NamingPattern:
    """How a recognised base is called. `pattern` has `{core}`; `plaque` is the text on the plaque, which may differ.

    With `bracket` (which has `{core}` in its turn) the core may be left out, and bases of one name are told apart by their
    units: names need not differ.
    """

    pattern: str
    plaque: str
    modes: tuple[tuple[str, str], ...]
    clause: str
    core_limit: int = 40
    bracket: str = ""

    def name(self, core: str) -> str:
        """Build the name from its distinguishing core."""
        core = core.strip()
        return self.pattern.format(core=self.bracket.format(core=core) if self.bracket and core else core)

    @property
    def bare(self) -> str:
        """The name without a core, nor the empty brackets it stood in."""
        return self.name("").replace("（）", "").strip()

    @property
    def example(self) -> str:
        """A name to show how it is made."""
        return self.name("××")
