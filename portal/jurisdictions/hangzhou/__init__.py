"""Hangzhou: 杭州市高技能人才公共实训基地体系建设实施办法 (杭人社发〔2023〕115号), written down as data."""
