"""Chongqing: the call of 2024 for high-skill training bases (渝高技办〔2024〕8号), written down as data."""
