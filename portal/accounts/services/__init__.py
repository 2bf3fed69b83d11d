"""Writing accounts. Each service emits `account_changed` in its transaction; the event log above records it."""
