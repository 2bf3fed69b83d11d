"""国家技能根基工程培训基地: the national selection as an autonomous region runs it, from the unit to the ministry."""
