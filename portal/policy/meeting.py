"""Meetings of experts: how many must be there, whether they vote, whether a review may end without one."""

from enum import StrEnum

from portal.policy.edition import Setting


class Quorum(StrEnum):
    """The share of the members that must be present."""

    NONE = "none"
    HALF = "half"
    TWO_THIRDS = "two_thirds"
    ALL = "all"


QUORUM_WORDS = {
    Quorum.NONE: "不作要求",
    Quorum.HALF: "过半数",
    Quorum.TWO_THIRDS: "三分之二以上",
    Quorum.ALL: "全体",
}
COUNTED = "counted"
QUORUMS = tuple((quorum.value, words) for quorum, words in QUORUM_WORDS.items())
VOTES = (("none", "不表决，只记决定"), (COUNTED, "表决，记票数"))
YES_NO = ((True, "是"), (False, "否"))


def least_present(quorum: Quorum, members: int) -> int:
    """Return how many of so many members must be present: 过半数 is more than half, 三分之二以上 includes two thirds."""
    return {
        Quorum.NONE: 0,
        Quorum.HALF: members // 2 + 1,
        Quorum.TWO_THIRDS: -(-2 * members // 3),
        Quorum.ALL: members,
    }[quorum]


def meeting_settings(*, note: str, prefix: str = "meeting", name: str = "评审会") -> tuple[Setting, ...]:
    """Return the three settings of a panel's meetings, as a policy starts that says nothing of them.

    `PREFIX.votes`, `PREFIX.quorum` and `PREFIX.required` are what a `PanelRule` then names; `note` says whose silence it is.
    """
    return (
        Setting(f"{prefix}.votes", f"{name}表决方式", "none", choices=VOTES, note=f"{note}：不表决"),
        Setting(
            f"{prefix}.quorum",
            f"{name}到会人数占专家组成员",
            Quorum.TWO_THIRDS.value,
            choices=QUORUMS,
            note=f"{note}：到会人数不足的，会议纪要不能定稿",
        ),
        Setting(
            f"{prefix}.required",
            f"办结评审前须经{name}议决",
            value=False,
            choices=YES_NO,
            note=f"{note}：选“是”的，{name}对该申报作出决定并签齐纪要后，方可办结评审",
        ),
    )
