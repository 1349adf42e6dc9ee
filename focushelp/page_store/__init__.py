"""Public pages, ready to be sent, in front of Django. How it works: docs/architecture.md; why: ADR 0025."""
