"""When a word is what the display shows, and when people merely use it.

"It says LOCKED" tells what the display shows; "I locked the car" does not. The expressions match a sentence in
which everything known by name is one small letter (see ``sentence.py``), a row of dashes is "-" and the end of a
clause is ",". They end in words of the vocabulary, which ``display_of`` puts in. English first, then some of
German, French, Spanish, Italian, Dutch and Polish.
"""

import re
from dataclasses import dataclass

from .spelling import expression, parts
from .vocabulary import Message

_EVERYDAY = """
    CODE KEYCODE HOLD CODEHOLD WAIT WAITHOLD TEN TENPLUS LOCK LOCKED UNLOCK ERROR FAIL FAILED NOTHING DEAD DARK BLANK
    CLOCK TIME NO OFF -
    CODIGO CODICE KOD GESPERRT BLOQUE BLOQUEADO BLOQUEADA BLOCCATO BLOCCATA GEBLOKKEERD ZABLOKOWANE ATTENTE ESPERE
    NICHTS RIEN NADA NIENTE NIETS NIC
"""
#: Words that never tell by themselves what a display shows, in any spelling. Rows may have more of their own.
EVERYDAY = frozenset(_EVERYDAY.split())


def _words(text: str) -> str:
    return f"(?:{text.replace('_', ' ')})"


# What shows something, or the end of what was said before: a small letter is a car or a radio by name.
_SUBJECT = _words(
    "IT|ITS|THIS|RADIO|STEREO|DISPLAY|SCREEN|UNIT|HEADUNIT|PLAYER|MESSAGE|AUTORADIO|ECRAN|POSTE|IL|CA|PANTALLA"
    "|AUTORRADIO|SCHERMO|SCHERM|WYSWIETLACZ|ES|DA|HET|HIJ|[a-z]"
)
_PLACE = "(?: (?:IN|ON|DISPLAY|SCREEN)(?: (?:THE|MY|CAR|DASH|DASHBOARD|[a-z])){0,2})?"
_START = _words("[,:-]|AND|BUT|NOW|THEN|SO|WHICH|STILL|JUST|ONLY|ALWAYS|UND|ABER|ET|MAIS|Y|PERO|E|MA|EN|MAAR|ALE")
_ADVERB = _words(
    "NOW|STILL|JUST|ONLY|ALWAYS|ALSO|THEN|SUDDENLY|CONSTANTLY|AGAIN|ALL|IS|WAS|HAS|HAD|BEEN|KEEPS|KEEP|KEPT|ON"
    "|STARTED|ME|MI|NUR|IMMER|JETZT|SOLO|SEMPRE|ORA|AHORA|TERAZ|NU"
)
_SAYS = _words(
    "SAYS|SAYING|SAID|SHOWS|SHOWING|SHOWED|DISPLAYS|DISPLAYING|DISPLAYED|READS|READING|FLASHES|FLASHING"
    "|BLINKS|BLINKING|STUCK_ON|STUCK_AT|STUCK_IN|STAYS_ON|STAYS_AT|COMES_UP|CAME_UP|COMING_UP|GOES_TO|WENT_TO"
    "|CHANGED_TO|ZEIGT|STEHT|MELDET|AFFICHE|INDIQUE|MUESTRA|PONE|DICE|SALE|MOSTRA|SEGNA|SCRITTA|TOONT|GEEFT|STAAT"
    "|POKAZUJE|WYSWIETLA|PISZE"
)
_ASKS = _words(
    "ASKS|ASKING|ASKED|WANTS|WANTING|WANTED|DEMANDS|DEMANDING|REQUESTS|REQUESTING|PROMPTS|PROMPTING"
    "|VERLANGT|FRAGT|FORDERT|DEMANDE|RECLAME|PIDE|PIDIENDO|SOLICITA|CHIEDE|RICHIEDE|VRAAGT|PROSI|CHCE|ZADA"
)
# Right only where a sentence begins, or after "why does": elsewhere they follow "will my old radio" and the like.
_SAY = _words("SAY|SHOW|ASK|WANT|READ")
_FILLER = _words(
    "[,:-]|THE|A|AN|MY|ITS|ME|US|FOR|TO|WITH|JUST|ONLY|STILL|NOW|WORD|IT|IS|ENTER|INPUT|RADIO|RADIOS|SECURITY|UNLOCK"
    "|4|FOUR|DIGIT|MICH|MIR|NACH|DEN|DEM|EINEN|EINE|EL|LA|LE|UN|UNE|UNO|UNA|IL|LO|OM|DE|EEN|O|KODU"
)
# These make it a question, a condition or a denial.
_UNSURE = _words(
    "IF|UNTIL|TILL|UNLESS|WHETHER|BEFORE|DOES|DO|DID|WILL|WOULD|SHOULD|CAN|COULD|MIGHT|MAY|MUST|NOT|NEVER|WITHOUT|AVOID"
    "|PREVENT|CASE|WENN|SI|SE"
)
_SURE = " (?:WHY|WHERE|WHEN) (?:DOES|DO|DID|IS)"
_WHOSE = (
    "(?: (?:THE|MY|THIS|OUR|HIS|HER|DAS|MEIN|LA|EL|MI|IL|LE|MON|DE|HET|MIJN|MOJE))?"
    "(?: (?:OLD|NEW|OTHER|USED|CAR|FORD|[a-z])){0,3}"
)

# "Now it just says", unless the first group makes that unsure; "my radio say", "why does it say"; "display:".
_SAID = (
    f"(?:{_SURE}|( {_UNSURE}))?{_WHOSE}(?: {_SUBJECT}{_PLACE}| {_START})(?: {_ADVERB}){{0,3}}"
    f" (?:{_SAYS}|{_ASKS}(?! (?:FOR )?NOTHING))"
    f"|(?: ,|{_SURE}){_WHOSE} {_SUBJECT}(?: {_ADVERB}){{0,3}} {_SAY}"
    f"| ,{_WHOSE} (?:RADIO|DISPLAY|SCREEN|MESSAGE) :"
)

# After these a word is a number of presses, a fault of the engine or the like.
_NO_DISPLAY_BEFORE = _words(
    "THE|A|AN|MY|ONE|EACH|TO|I|WE|YOU|MUST|SHOULD|CAN|COULD|WILL|WOULD|DO|DID|HAD|HAVE|HAS|GOT|GET|JUST|PLEASE|THEN"
    "|ERROR|FAULT|TROUBLE|ENGINE|OPTION|AND|OR|OF|FOR|TRY|TRIED|USE|USED|ENTER|ENTERED"
)
_AMOUNT = (
    "[0-9]|[A-Z][0-9]|(?:MIN|MINS|MINUTES?|HOURS?|SECS?|SECONDS?|DAYS?|WEEKS?|MONTHS?|YEARS?|TIMES?|TRIES|ATTEMPTS?"
    "|GOES|CODES?|BATTERY|DOORS?|CARS?|KEYS?|BUTTONS?|DIGITS?|PEOPLE|WHEELS?|NUTS?)(?= )"
)
_NO_DISPLAY_AFTER = (
    f"{_AMOUNT}|(?:WRONG|INCORRECT|INVALID|REFUSED|IS|WAS|NOT|OUT|OFF|OF|ABOUT|DOWN|ELSE|NEW|HAPPENS|HAPPENED)(?= )"
)

#: Around a word that stands alone.
AROUND = (
    "^ (?:THE )?(?:WORD|MESSAGE)(?= )"
    "|(?: IS)? (?:FLASHING|BLINKING|SHOWING|APPEARS|COMES UP)(?= ON |$)|(?: IS)? ON(?: THE| MY)? (?:DISPLAY|SCREEN)$"
)


@dataclass(frozen=True)
class Display:
    """The ways to find messages in a sentence."""

    #: What something is said to show. The first group, where it matches, makes that unsure.
    shown: re.Pattern[str]
    #: Plain enough among words, which the first group may make unsure, or plain in any place.
    plain: re.Pattern[str]
    #: Words to ask about, in the group; what is plain in any place stands beside it.
    everyday: re.Pattern[str]
    #: Any of all these, which most sentences have not.
    any: re.Pattern[str]


def display_of(messages: tuple[Message, ...]) -> Display:
    """Give the expressions that find the messages of the vocabulary."""
    everyday = {spelling for message in messages for spelling in message.everyday}
    spellings = {spelling for message in messages for spelling in message.spellings} - everyday
    everyday |= {spelling for spelling in spellings if "".join(parts(spelling)) in EVERYDAY}
    plain = spellings - everyday
    loose = {spelling for spelling in plain if "#" in spelling and EVERYDAY.intersection(parts(spelling))}
    every = expression(everyday | plain)
    certain = f"{expression(plain - loose)}(?! (?:{_AMOUNT}|(?:OF|THE|IT|UP|DOWN|THEM)(?= )))"
    return Display(
        shown=re.compile(f"(?:{_SAID})(?: {_FILLER}){{0,5}} (?:RADIO|KEY)?({every})(?= )(?! (?:{_NO_DISPLAY_AFTER}))"),
        plain=re.compile(f"(?:( {_NO_DISPLAY_BEFORE})? ({expression(loose)}(?! (?:{_AMOUNT})))| ({certain}))(?= )"),
        any=re.compile(f" (?:RADIO|KEY)?{every}(?= )"),
        everyday=re.compile(f" (?:{certain}|({expression(everyday | loose)}))(?= )"),
    )
