"""Invented units for the demonstration, as figures and names; `sample_answers` makes complete forms of them."""

from dataclasses import dataclass

from portal.jurisdictions.skills_foundation.sample_trades import (
    AIRCRAFT,
    AUTO,
    CHEMICAL,
    COAL,
    DAIRY,
    FOUNDRY,
    MACHINING,
    POWER,
    RAIL,
    WIND,
    Trade,
)


@dataclass(frozen=True)
class Unit:
    """One invented unit. `serial` makes its credit code, `core` the core of a granted name.

    `trained` is (培训数量, 高级工及以上数量) for each of the years, `value` the equipment's in 万元, `experts` those of each
    occupation. `reasons` explain what the reference standard asks and the unit does not have, by the key of the note.
    """

    key: str
    name: str
    nature: str
    kinds: tuple[str, ...]
    serial: int
    league: str
    area_code: str
    address: str
    postcode: str
    core: str
    contact: str
    supervisor: str
    trades: tuple[Trade, ...]
    trained: tuple[tuple[int, int], ...]
    value: str
    experts: int = 4
    other: str = ""
    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def is_school(self) -> bool:
        """Whether it teaches as its main business."""
        return self.nature in ("vocational", "college", "training", "public_base")


UNITS = (
    Unit(
        "daqingshan", "呼和浩特大青山智造技师学院", "vocational", ("technical",), 11, "呼和浩特市", "0471",
        "新城区大青山工匠路 16 号", "010050", "呼和浩特大青山智造技师学院", "云知远", "呼和浩特市人力资源和社会保障局",
        (MACHINING, DAIRY, AUTO), ((3120, 842), (2260, 596), (3480, 985)), "4260.50",
    ),
    Unit(
        "chilechuan", "内蒙古敕勒川乳业装备有限公司", "enterprise", ("leading", "champion"), 12, "呼和浩特市", "0471",
        "和林格尔县敕勒川产业大道 88 号", "011500", "内蒙古敕勒川乳业装备有限公司", "贺明川", "",
        (DAIRY, MACHINING, POWER), ((2380, 610), (2050, 498), (2640, 702)), "3180.00",
    ),
    Unit(
        "xigu", "包头稀谷智造技师学院", "vocational", ("technical",), 13, "包头市", "0472",
        "九原区稀谷大街 1 号", "014060", "包头稀谷智造技师学院", "任书怀", "包头市人力资源和社会保障局",
        (MACHINING, FOUNDRY, AUTO), ((4260, 1280), (3010, 905), (4820, 1502)), "6380.00", 5,
    ),
    Unit(
        "kundulun", "包头昆都仑重型机械股份有限公司", "enterprise", ("leading",), 14, "包头市", "0472",
        "昆都仑区重机路 36 号", "014010", "包头昆都仑重型机械股份有限公司", "石靖安", "",
        (FOUNDRY, MACHINING, RAIL), ((2860, 986), (2210, 803), (3050, 1120)), "5120.00",
    ),
    Unit(
        "yinshan", "包头阴山公共实训中心", "public_base", ("public",), 15, "包头市", "0472",
        "青山区阴山北路 22 号", "014030", "包头阴山公共实训中心", "安若溪", "包头市人力资源和社会保障局",
        (MACHINING, AUTO, FOUNDRY), ((3560, 760), (2480, 520), (3920, 846)), "4870.00",
    ),
    Unit(
        "hongcheng", "兴安红城机电职业技术学校", "vocational", ("technical",), 16, "兴安盟", "0482",
        "乌兰浩特市红城东街 5 号", "137400", "兴安红城机电职业技术学校", "包思源", "兴安盟人力资源和社会保障局",
        (MACHINING, AUTO, POWER), ((2010, 430), (1650, 352), (1860, 405)), "2260.00",
        reasons=(
            (
                "scale",
                ("2021 年培训 1860 人次，三年平均 1840 人次。主要原因是部分培训班受疫情影响停办、延期，"
                "线下实训压缩。2022 年已恢复开班并新增 3 个班次，预计全年培训 2200 人次以上。"),
            ),
        ),
    ),
    Unit(
        "keerqin", "通辽科尔沁风电装备有限公司", "enterprise", ("little_giant",), 17, "通辽市", "0475",
        "科尔沁区风电产业园 9 号", "028000", "通辽科尔沁风电装备有限公司", "白书航", "",
        (WIND, POWER, MACHINING), ((2120, 512), (2030, 486), (2340, 598)), "1860.00",
        reasons=(
            (
                "equipment_value",
                ("自有教学实训设备总值 1860 万元，另有生产现场风电机组检修平台用于实训，因属生产设备未计入。"
                "已列入 2023 年技改计划，新增塔筒焊接实训设备约 320 万元。"),
            ),
        ),
    ),
    Unit(
        "yulong", "赤峰玉龙高级技工学校", "vocational", ("technical",), 18, "赤峰市", "0476",
        "松山区玉龙工匠街 30 号", "024005", "赤峰玉龙高级技工学校", "辛怀瑾", "赤峰市人力资源和社会保障局",
        (AUTO, MACHINING, CHEMICAL), ((3340, 720), (2480, 545), (3610, 808)), "3020.00",
    ),
    Unit(
        "jining", "乌兰察布集宁轨道装备公共实训基地", "public_base", ("public",), 19, "乌兰察布市", "0474",
        "集宁区轨道交通产业园 3 号", "012000", "乌兰察布集宁轨道装备公共实训基地", "郝景行", "乌兰察布市人力资源和社会保障局",
        (RAIL, MACHINING, POWER), ((2250, 486), (2020, 432), (2460, 560)), "2890.00",
    ),
    Unit(
        "kangbashi", "鄂尔多斯康巴什煤矿装备集团有限公司", "enterprise", ("leading", "champion"), 20, "鄂尔多斯市", "0477",
        "康巴什区装备大道 66 号", "017010", "鄂尔多斯康巴什煤矿装备集团", "边牧之", "鄂尔多斯市国有资产监督管理委员会",
        (COAL, MACHINING, POWER), ((5120, 1860), (4260, 1502), (5680, 2130)), "8650.00", 6,
    ),
    Unit(
        "honghaizi", "鄂尔多斯红海子职业培训学校", "training", ("other",), 21, "鄂尔多斯市", "0477",
        "伊金霍洛旗红海子路 12 号", "017200", "鄂尔多斯红海子职业培训学校", "奇文翰", "",
        (COAL, AUTO, POWER), ((2680, 560), (2130, 448), (2950, 640)), "2150.00", 2, "民办职业培训学校",
        (
            (
                "kind",
                ("本校为民办职业培训学校，长期承担煤机维修、新能源汽车检修等制造类职工培训，"
                "近三年为 46 家制造业企业开展订单培训，属通知所列可以申报的民办职业培训学校。"),
            ),
            (
                "experts",
                ("三个职业（工种）目前各有 2 名专家。已与两家装备制造企业签订专家互聘意向，"
                "2023 年 3 月底前每个职业（工种）达到 3 名以上。"),
            ),
        ),
    ),
    Unit(
        "haibowan", "乌海海勃湾化工技师学院", "vocational", ("technical",), 22, "乌海市", "0473",
        "海勃湾区化工学府路 8 号", "016000", "乌海海勃湾化工技师学院", "温致和", "乌海市人力资源和社会保障局",
        (CHEMICAL, POWER, MACHINING), ((2560, 640), (2100, 520), (2780, 715)), "3460.00",
    ),
    Unit(
        "hetao", "巴彦淖尔河套农牧机械有限公司", "enterprise", ("champion",), 23, "巴彦淖尔市", "0478",
        "临河区河套装备园 17 号", "015000", "巴彦淖尔河套农牧机械有限公司", "贾砚青", "",
        (MACHINING, FOUNDRY, AUTO), ((2140, 460), (2010, 428), (2230, 496)), "2080.00",
    ),
    Unit(
        "hulun", "呼伦贝尔航空职业技术学院", "college", ("other",), 24, "呼伦贝尔市", "0470",
        "海拉尔区航校路 6 号", "021000", "呼伦贝尔航空职业技术学院", "敖云舒", "呼伦贝尔市教育局",
        (AIRCRAFT, AUTO, MACHINING), ((2410, 530), (2040, 452), (2520, 588)), "3960.00", 4, "高等职业院校",
        (
            (
                "kind",
                ("本校为公办高等职业院校，不属技工院校。航空机电设备维修为自治区急需紧缺职业，"
                "学校与两家航空制造企业共建实训基地，属通知所列可以申报的院校。"),
            ),
        ),
    ),
)  # fmt: skip
