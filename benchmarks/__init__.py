"""How fast the site is, beside things that do less: make bench. The figures are in docs/performance.md."""

GUIDE = "/focus/mk2/6000-cd/"
#: What is posted to /check/.
TEXT = "text=V123456"
