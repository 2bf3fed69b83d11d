"""The one track: all kinds of unit are held to the same reference standard."""

from portal.policy.edition import Track

TRACK = "base"

TRACKS = (
    Track(
        TRACK,
        "国家技能根基工程培训基地",
        "JD",
        "院校、民办职业培训学校、企业职工培训中心、公共实训基地等单位，均按《国家技能根基工程培训基地建设遴选参考标准》遴选推荐。",
        "内人社办函〔2022〕278号 一；附件1",
        form_title="国家技能根基工程培训基地申报书",
    ),
)
