"""The JSON interface: open data for everybody, one's own files for those signed in. Read-only."""
