"""The content of the site, and the rules for it as constraints of the database."""

from .base import Claim
from .cars import Fuse, Generation, Overlap, Phase
from .choices import (
    Answer,
    CarDrawing,
    CodeNeeded,
    Confidence,
    Controls,
    Faceplate,
    Section,
    SerialFrom,
    Severity,
    Task,
)
from .code_sources import CodeSource
from .directory import CarGuide, Make
from .feedback import ProcedureFeedback
from .history import Version
from .messages import ErrorMessage
from .procedures import Procedure, ProcedureUse, Step
from .questions import FAQ
from .radios import Fitment, RadioUnit, SerialFormat
from .sources import Source

__all__ = [
    "FAQ",
    "Answer",
    "CarDrawing",
    "CarGuide",
    "Claim",
    "CodeNeeded",
    "CodeSource",
    "Confidence",
    "Controls",
    "ErrorMessage",
    "Faceplate",
    "Fitment",
    "Fuse",
    "Generation",
    "Make",
    "Overlap",
    "Phase",
    "Procedure",
    "ProcedureFeedback",
    "ProcedureUse",
    "RadioUnit",
    "Section",
    "SerialFormat",
    "SerialFrom",
    "Severity",
    "Source",
    "Step",
    "Task",
    "Version",
]
