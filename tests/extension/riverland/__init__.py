"""An invented jurisdiction, outside the product: the policy in POLICY.md, written in the vocabulary of `portal.policy`."""
