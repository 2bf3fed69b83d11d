"""昆山市: the notice of 26 November 2021 on 高技能人才公共实训基地 (no document number). The sources and their reading: requirements, section 5."""
