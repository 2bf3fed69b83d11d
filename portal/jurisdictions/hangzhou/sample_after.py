"""Bases of earlier years for the demonstration: one that does well, one that does not, one too young to be assessed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.policy.sample import Answers, SampleAfter, SampleBase, invented_person

_CLIENTS = ("杭州北塘机电有限公司", "浙江之江新能源有限公司", "杭州学院路中等职业学校", "临平区退役军人服务中心")
_PROJECTS = ("数控加工", "工业机器人操作与运维", "电工", "焊接")


def _spring(years_ago: int, month: int, day: int) -> Any:
    return lambda today: date(today.year - years_ago, month, day)


BASES = (
    SampleBase(
        "liangzhu", "余杭", "杭人社发〔{year}〕21号", _spring(2, 3, 12), 100,
        under="杭人社发〔2013〕480号",
    ),
    SampleBase(
        "gongshu", "拱宸数字技能学校", "杭人社发〔{year}〕21号", _spring(2, 3, 12), 15,
        under="杭人社发〔2013〕480号",
    ),
    SampleBase("chunan", "淳安", "杭人社发〔{year}〕66号", _spring(1, 9, 1), 40),
)  # fmt: skip


def rows(base: SampleBase, ledger: str, month: date) -> Sequence[Answers]:
    """Two groups of trainees a month; contests and public services in spring and autumn, by those that do well."""
    serial = (month.year * 12 + month.month) * 10 + base.pace % 10
    if ledger == "service":
        return [_service(base, month, number) for number in range(2)]
    if ledger == "trainees":
        return [_trainee(month, serial * 3 + number) for number in range(3)]
    if base.pace < 50:
        return []
    if ledger == "contests" and month.month in (5, 10):
        level = "city" if month.month == 5 else "province"
        return [
            {
                "on": month.replace(day=18).isoformat(),
                "name": "“匠心杯”职业技能竞赛数控车工项目" if level == "city" else "全省技工院校学生技能大赛电工项目",
                "level": level,
                "entrants": 86 if level == "city" else 142,
                "document": f"竞赛组委会〔{month.year}〕{month.month}号",
            }
        ]
    if ledger == "public_services" and month.month in (3, 9):
        return [
            {
                "on": month.replace(day=21).isoformat(),
                "name": "技能进社区公益体验",
                "client": "街道社区居民",
                "persons": 60,
                "content": "开放实训室，开展家庭用电安全和小家电维修体验。",
            }
        ]
    return []


def _service(base: SampleBase, month: date, number: int) -> dict[str, Any]:
    complete = "yes" if base.pace >= 50 or number == 0 else "no"
    return {
        "on": month.replace(day=9 + number * 11).isoformat(),
        "client": _CLIENTS[(month.month + number) % len(_CLIENTS)],
        "client_code": "",
        "side": "own" if base.pace < 50 and number else "external",
        "kind": ("training", "evaluation")[number],
        "project": _PROJECTS[month.month % len(_PROJECTS)],
        "person_times": max(4, base.pace * (72 + number * 9) // 100),
        "hours": "16.0",
        "application": "yes",
        "agreement": complete,
        "booking": "yes",
        "trainees": complete,
    }


def _trainee(month: date, number: int) -> dict[str, Any]:
    name, identity = invented_person(number)
    return {
        "on": month.replace(day=9).isoformat(),
        "name": name,
        "id_number": identity,
        "client": _CLIENTS[number % len(_CLIENTS)],
        "project": _PROJECTS[month.month % len(_PROJECTS)],
        "certificate": "",
    }


def answers(report: str) -> Answers:
    """What a report says beside its figures."""
    said: dict[str, dict[str, Any]] = {
        "monthly": {
            "classes": 3, "hours": "96.0", "evaluated": 24, "machine_hours": "310.0",
            "analysis": "本月实训以企业在职职工为主，数控、电工两个项目工位利用率约七成，周末时段预约集中。",
            "problems": "个别机床需保养，已安排停机检修。",
        },
        "annual": {"analysis": "全年实训安排均衡，对外服务人次较上年增长，企业职工占六成，社会人员占三成。"},
        "plan": {"plan": "一、对外开放实训室不少于 200 天；二、承办市级以上技能大赛；三、更新数控实训设备 4 台；四、完善预约和台账管理。"},
        "summary": {"summary": "年度计划各项任务完成，台账、协议、预约记录齐全；设备完好率保持在 98% 以上。"},
    }  # fmt: skip
    return said[report]


STATED = {
    "self": {
        "site": "yes", "owned": "1280.00", "leased": "0", "manager": "yes", "maintainer": "yes", "funds": "86.00",
        "rules": "已建立运行管理、设备管理、安全管理等制度，流程上墙，工作人员岗位职责明确，执行情况每季度检查一次。",
        "summary": "两年来坚持公益性，面向企业职工、院校学生和社会人员开放，设备完好，台账齐全。",
    }
}  # fmt: skip
AFTER = SampleAfter(BASES, rows, answers, STATED)
