"""What the desk writes: the portal's own tenants and offices."""
