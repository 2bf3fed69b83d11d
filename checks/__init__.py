"""What `make check` can see that no off-the-shelf linter sees."""
