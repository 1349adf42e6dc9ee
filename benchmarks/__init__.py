"""How fast the site is, beside things that do less: python -m benchmarks (make bench). Figures: docs/performance.md."""
