"""The content of the site, and the rules for it as constraints of the database."""

from .base import Claim
from .cars import Fuse, Generation, Overlap, Phase
from .choices import Answer, CarDrawing, CodeNeeded, Confidence, Controls, Faceplate, Section, Severity, Task
from .code_sources import CodeSource
from .directory import CarGuide, Make
from .feedback import StepFeedback
from .history import Version
from .messages import ErrorMessage
from .previews import Preview
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
    "Preview",
    "Procedure",
    "ProcedureUse",
    "RadioUnit",
    "Section",
    "SerialFormat",
    "Severity",
    "Source",
    "Step",
    "StepFeedback",
    "Task",
    "Version",
]
