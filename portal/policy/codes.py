"""The codes a unit is known by, as a condition may ask for them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from portal.policy.condition import Finding
from portal.policy.facts import Facts, filled
from portal.policy.values import credit_code_is_valid, organisation_code_is_valid


@dataclass(frozen=True)
class ValidUnitCode:
    """An answer is a valid 统一社会信用代码 or, where the form takes it too, a valid 组织机构代码."""

    reference: str

    def check(self, facts: Facts) -> Finding:
        """Compute the check digit of whichever it is."""
        raw, said = facts.get(self.reference), "统一社会信用代码（18 位）或组织机构代码（9 位）有效"
        if not filled(raw):
            return Finding(None, said)
        code = unicodedata.normalize("NFKC", str(raw)).replace("-", "").replace(" ", "").upper()
        valid = credit_code_is_valid(code) or organisation_code_is_valid(code)
        return Finding(valid, said, "代码有效" if valid else f"{raw} 校验位不符")

    def references(self) -> Iterator[str]:
        """Yield its reference."""
        yield self.reference
