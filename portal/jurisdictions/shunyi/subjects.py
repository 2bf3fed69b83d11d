"""Who may apply for which type, as 二（一） lists them."""

from portal.policy.form import Option

TRAINING_SUBJECTS = (
    Option("college", "高等院校"),
    Option("technical", "技工院校"),
    Option("training", "职业技能培训机构"),
    Option("centre", "企业培训中心"),
)
CHAIN_SUBJECTS = (
    Option("scale", "规模以上企业"),
    Option("leader", "产业链链主企业"),
    Option("listed", "上市公司"),
    Option("integration", "产教融合型企业"),
    Option("skill", "技能型企业"),
    Option("champion", "单项冠军企业"),
    Option("sme", "专精特新企业"),
)
LINKED_SUBJECTS = ("champion", "sme")
"""Those the draft takes only 有链接龙头企业或上市公司能力的."""
CONTEST_SUBJECTS = (
    Option("enterprise", "企业"),
    Option("technical", "技工院校"),
    Option("vocational", "职业院校"),
    Option("training", "培训机构"),
    Option("other", "其他单位", other=True),  # 等
)
