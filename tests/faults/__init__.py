"""Faults behind the site while visitors and editors use it: `make test-faults`. ADR 0028."""
