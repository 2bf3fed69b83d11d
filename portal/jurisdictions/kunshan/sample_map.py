"""Where the districts lie, for the demonstration's plausible roads: the bureau enters its own."""

from portal.policy.sample import SampleMap

MAP = SampleMap(
    pace=32,
    inside=15,
    seats={
        "昆山开发区": (120.98, 31.38),
        "昆山高新区": (120.94, 31.38),
        "花桥经济开发区": (121.09, 31.30),
        "旅游度假区": (120.84, 31.42),
        "张浦镇": (120.94, 31.27),
        "周市镇": (120.99, 31.46),
        "陆家镇": (121.05, 31.32),
        "巴城镇": (120.88, 31.45),
        "千灯镇": (121.00, 31.27),
        "淀山湖镇": (121.02, 31.18),
        "周庄镇": (120.84, 31.12),
        "锦溪镇": (120.92, 31.18),
        "城市管理办事处": (120.96, 31.39),
    },
)
