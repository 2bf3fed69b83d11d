"""JSON that the pages' own scripts speak."""
