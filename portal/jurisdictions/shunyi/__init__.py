"""Shunyi: 顺义区技能人才培训基地建设项目实施方案（征求意见稿）, written down as data."""
