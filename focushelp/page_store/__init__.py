"""A cache of finished public pages in front of Django: in memory and on disk. docs/architecture.md, ADR 0025."""
