"""Every action the code records has words for the page."""

import re
from pathlib import Path

from portal.audit.labels import ACTIONS
from portal.policy.procedure import MOVES

ROOT = Path(__file__).resolve().parents[2]
RECORDED = re.compile(r'(?:action=|_record\([^"]*|_log\([^"]*|_note\([^"]*|tell\([^"]*)"([a-z_]+\.[a-z_.]+)"')


def recorded() -> set[str]:
    """Return every action named where an event is recorded."""
    found: set[str] = set()
    for app in ("applications", "reviews", "assessments", "portal"):
        for path in (ROOT / app).rglob("*.py"):
            found |= set(RECORDED.findall(path.read_text(encoding="utf-8")))
    return found | {f"application.{move.action}" for move in MOVES}


def test_every_action_has_words() -> None:
    actions = recorded()
    assert len(actions) > 60
    assert sorted(actions - set(ACTIONS)) == []


def test_words_are_chinese_and_differ() -> None:
    assert all(re.fullmatch(r"[\u4e00-\u9fff、，“”]+", words) for words in ACTIONS.values())
    assert len(set(ACTIONS.values())) == len(ACTIONS)
