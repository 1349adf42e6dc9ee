"""What stands behind the site fails while visitors and editors use it: `make chaos`. ADR 0028."""
