"""Complete, acceptable answers to the Shunyi form, for tests that change one thing and look what follows."""

from datetime import date
from typing import Any

from portal.policy import registry
from portal.policy.condition import Result
from portal.policy.facts import Facts
from portal.policy.validation import evaluate_all, facts_for

EDITION = registry.current("shunyi")
FILES = {material.key: 1 for material in EDITION.materials}
ON = date(2024, 8, 30)


def partner(number: int, kind: str = "enterprise", **changed: Any) -> dict[str, Any]:
    row = {"name": f"合作单位{number}", "kind": kind, "since": "2020-09", "content": "共建岗位", "active": "yes"}
    return {"_id": f"p{number}", **row, **changed}


def lines(identifier: str) -> list[dict[str, Any]]:
    return [{"_id": identifier, "content": "课程", "first": "完成一半", "second": "全部完成"}]


def work(track: str, identifier: str = "w1") -> dict[str, Any]:
    content = {"system": lines("a"), "ability": lines("b"), "experience": lines("c")}
    members = [{"_id": "m1", "name": "王组员"}]
    team = {"name": "焊工", "leader": "李组长", "members": members, "goals": "建成课程包。"}
    return {"_id": identifier, "team": team, "contest_content" if track == "ds" else "content": content}


def planned(*rows: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [
        {"_id": f"i{n}", "indicator": indicator, "year": year, "value": value}
        for n, (indicator, year, value) in enumerate(rows)
    ]


def _people(*prefixes: str) -> dict[str, Any]:
    return {
        f"{prefix}_{key}": value
        for prefix in prefixes
        for key, value in {
            "name": "赵法定",
            "post": "校长",
            "phone": "010-0000 0001",
            "mobile": "13900000001",
        }.items()
    }


def _by_track(track: str) -> dict[str, Any]:
    cooperation = {"partners": [partner(n) for n in range(5)] + [partner(9, "college")]}
    return {
        "ts": {"training": {"previous_trained": 380, "previous_assessed": 120}, "cooperation": cooperation},
        "cy": {
            "chain": {
                "jobs": 300,
                "firms": [
                    {"_id": f"f{n}", "name": f"配套企业{n}", "relation": "配套", "participation": "联合培养"}
                    for n in range(3)
                ],
            },
            "cooperation": cooperation,
        },
        "ds": {
            "contest": {
                "team": [{"_id": "t1", "name": "周指导", "post": "集训部", "skill": "高级技师", "duty": "指导"}],
                "contests": [
                    {
                        "_id": "c1",
                        "name": "区赛",
                        "level": "district",
                        "held": "2023-06",
                        "entrants": 90,
                        "role": "承办",
                    }
                ],
                "emergency": "有预案。",
                "living": "有宿舍。",
                "selection": "公开选拔。",
                "exchange": "有交流室。",
            }
        },
    }[track]


_SUBJECTS: dict[str, dict[str, Any]] = {
    "ts": {"training_subject": "technical"},
    "cy": {"chain_subjects": ["scale"], "standing": "行业前列。"},
    "ds": {"contest_subject": "vocational"},
}


def answers(track: str, **sections: Any) -> dict[str, Any]:
    """A complete form; each of `sections` is laid over the section of that name."""
    contest = track == "ds"
    whole: dict[str, Any] = {
        "cover": {
            "unit_name": "北京潮白智造技师学院",
            "occupations": [{"_id": "o1", "name": "焊工"}],
            "contact": "周填报",
            "phone": "010-0000 0001",
            "filled_on": "2024-08-30",
        },
        "basic": {
            "unit_name": "北京潮白智造技师学院",
            "ownership": "government",
            "unit_code": "91110113MA0000031P",
            "address": "北京市顺义区仁和镇",
            **_people("legal", "contact"),
            "account": "0200000000000000001",
            "bank": "首都实业银行顺义支行",
            "features": "特色。",
        },
        "background": {"background": "背景。", "foundation": "基础。"},
        "ideas": {"guidance": "指导思想。", "approach": "基本思路。"},
        "targets": {
            "overall": "总体目标。",
            "stages": "阶段目标。",
            "contest_indicators" if contest else "indicators": planned(
                ("contests", "first", "1.00") if contest else ("certificates", "first", "600.00")
            ),
        },
        "work": [work(track)],
        "safeguards": {"organisation": "机构。", "mechanism": "机制。", "funding": "经费。"},
        "qualification": {
            "registered": "yes",
            "town": "仁和镇",
            **_SUBJECTS[track],
            "permit": "yes",
            "criminal": 0,
            "administrative": 0,
            "dishonest": 0,
        },
        "premises": {
            "sites": [{"_id": "s1", "name": "车间", "area": "1.00", "tenure": "owned", "occupations": "焊工"}],
            "equipment": [
                {"_id": "e1", "name": "焊机", "model": "WS", "quantity": 1, "value": "1.00", "occupations": "焊工"}
            ],
            "safety": "符合。",
            **({"consumables": "充足。"} if contest else {}),
        },
        **_by_track(track),
        "budget": {
            "lines": [
                {"_id": "b1", "year": "first", "item": "training", "purpose": "培训", "grant": "40.00", "own": "10.00"}
            ]
        },
    }
    return {
        key: {**value, **sections.get(key, {})} if isinstance(value, dict) else value for key, value in whole.items()
    }


def facts(track: str, files: dict[str, int] = FILES, overrides: dict[str, Any] | None = None, **sections: Any) -> Facts:
    return facts_for(EDITION, track, answers(track, **sections), files, overrides, on=ON)


def result(code: str, known: Facts) -> Result:
    return next(each for each in evaluate_all(EDITION, known) if each.condition.code == code)
