"""Settings: `base` holds everything, the others only what differs. Deployment values come from the environment."""
