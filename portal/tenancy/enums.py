"""Kinds and states of organisations."""

from django.db import models


class OrganisationKind(models.TextChoices):
    """What an organisation is in the tree; applicant units belong to no jurisdiction."""

    MINISTRY = "ministry", "部"
    PROVINCE = "province", "省（自治区、直辖市）"
    LEAGUE = "league", "盟市"
    CITY = "city", "市"
    DISTRICT = "district", "区（县、市）"
    TOWN = "town", "区镇"
    INDUSTRY = "industry", "行业主管部门"
    CENTRE = "centre", "指导服务机构"
    SUPERVISION = "supervision", "监督机构"
    UNIT = "unit", "申报单位"
    PLATFORM = "platform", "平台运行管理单位"


class Tier(models.TextChoices):
    """Where an office stands towards the bureau that runs the calls."""

    RECOMMENDER = "recommender", "推荐部门"
    BUREAU = "bureau", "主管部门"
    SUPERIOR = "superior", "上级部门"


class OrganisationState(models.TextChoices):
    """Whether an organisation may act. A unit acts once a bureau has reviewed its registration (P3-02)."""

    PENDING = "pending", "待审核"
    ACTIVE = "active", "已生效"
    REJECTED = "rejected", "审核未通过"
    CLOSED = "closed", "已注销"


class UnitNature(models.TextChoices):
    """What an applicant unit is."""

    COLLEGE = "college", "普通高校"
    VOCATIONAL = "vocational", "职业院校（含技工院校）"
    ENTERPRISE = "enterprise", "企业"
    TRAINING = "training", "职业培训机构"
    ASSOCIATION = "association", "行业协会（组织）"
    PUBLIC_BASE = "public_base", "公共实训基地"
    OTHER = "other", "其他"
