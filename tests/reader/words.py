"""A vocabulary like the one that the site builds from its rows. Slugs are those of ``guides/fixtures``."""

from guides.reader import Generation, Message, Overlap, Phrases, Severity, Vocabulary

STOP, WAIT, CAREFUL, GO = Severity

MESSAGES = (
    Message(
        "code",
        CAREFUL,
        ("CODE", "CODE ----"),
        (
            *("----", "CODE #", "CODE ##", "KEYCODE", "ENTER CODE", "ENTER KEYCODE", "CODE IN"),
            *("DASHES", "# DASHES", "FOUR DASHES", "LINES", "# LINES", "FOUR LINES", "THREE LINES"),
            *("CODE EINGEBEN", "CODIGO", "CODICE", "KOD"),
        ),
    ),
    Message(
        "wait",
        WAIT,
        ("WAIT", "WAIT #", "WAIT ##", "WAIT ##:##", "WAIT ## MIN", "CODE HOLD", "WAIT HOLD"),
        (
            *("HOLD", "NOT FLASHING", "DASHES NOT FLASHING", "LINES NOT FLASHING", "STILL DASHES"),
            *("WARTEN", "ATTENTE", "ATTENDRE", "ESPERA", "ESPERE", "ATTENDERE", "ATTESA", "WACHTEN", "CZEKAJ"),
        ),
    ),
    Message("locked10", STOP, ("LOCKED10", "10LOCKED", "LOCK10", "10LOCK"), ("TEN",)),
    Message(
        "locked11",
        STOP,
        tuple(form.format(n) for n in (11, 12) for form in ("LOCKED{}", "{}LOCKED", "LOCK{}", "{}LOCK")),
    ),
    Message(
        "locked",
        STOP,
        ("LOCKED", "LOCK", "LOCKED #"),
        (
            *(
                "RADIO LOCKED",
                "UNIT LOCKED",
                "LOCKED OUT",
                "GESPERRT",
                "BLOQUE",
                "VERROUILLE",
                "BLOQUEADO",
                "BLOQUEADA",
            ),
            *("BLOCCATO", "BLOCCATA", "GEBLOKKEERD", "ZABLOKOWANE"),
        ),
    ),
    Message("locked13", STOP, ("LOCKED13", "13LOCKED", "LOCK13", "13LOCK", "TEN PLUS")),
    Message(
        "no-display",
        GO,
        ("NO DISPLAY", "BLANK DISPLAY", "BLANK SCREEN", "BLACK SCREEN", "NO POWER"),
        ("NOTHING", "NOTHING AT ALL", "DEAD", "DARK", "BLANK", "NICHTS", "RIEN", "NADA", "NIENTE", "NIETS", "NIC"),
    ),
    Message("fail", CAREFUL, ("1FAIL", "#FAIL", "FAIL #"), ("FAIL",)),
    Message("err", WAIT, ("ERR",), ("ERROR",)),
    Message(
        "registration",
        GO,
        (),
        ("MY REG", "REG NUMBER", "REGISTRATION", "REGISTRATION NUMBER", "NUMBER PLATE", "LICENCE PLATE"),
    ),
    Message("clock", GO, ("ONLY CLOCK", "CLOCK ONLY", "ONLY TIME", "TIME ONLY"), ("DATE AND TIME", "TIME AND DATE")),
    Message("not-found", GO, ("NOT FOUND",)),
)

RADIOS = {
    "4000-rds": "4000 RDS, 4000N, FD 4000, 4000 RDS EON, 4000 radio",
    "4500-rds": "4500 RDS, 4500 RDS EON, 4500 radio, Triple Dash",
    "5000-rds": "5000 RDS, 5000N, 5000 RDS EON, 5000 radio",
    "6000-cd": "6000 CD, 6000 CD RDS, 6000 CD RDS EON, 6000 RDS, 6000 RDS EON, 6000 NE, 6000 E, FD 6000, FD 6000 W, FD 600A,"
    " 6000 radio",
    "6006-cdc": "6006 CDC, 6006, 6006E, 6006 CD, 6006 CDC RDS EON, 6006 changer, 6006 CD changer",
    "sony": "Sony, Sony CD, Sony 6CD, Sony CD RDS, Sony radio",
    "sony-dab": "Sony DAB, Sony DAB CD, Sony DAB radio, Sony digital radio, DAB Sony",
    "travelpilot": "TravelPilot, TravelPilot EX, TravelPilot FX, TravelPilot NX, Blaupunkt, Sony navigation",
    "sync-1": "SYNC 1, Sync I, SYNC Gen 1",
    "sync-2": "SYNC 2, Sync II, MyFord Touch, SYNC Gen 2",
    "sync-3": "SYNC 3, Sync III, SYNC Gen 3",
    "sync-4": "SYNC 4, Sync IV, SYNC 4A, SYNC Gen 4",
}


def _names(number: int, roman: str) -> tuple[str, ...]:
    names = [f"{mark}{number}{half}" for mark in ("Mk", "Mark ") for half in ("", ".5")]
    return (*names, f"Mk {roman}", f"Mark {roman}", f"Gen {number}", f"Generation {number}")


GENERATIONS = (
    Generation("mk1", _names(1, "I"), 1998, 2004),
    Generation("mk2", _names(2, "II"), 2004, 2010),
    Generation("mk3", _names(3, "III"), 2010, 2018),
    Generation("mk4", _names(4, "IV"), 2018, 2025),
)

OVERLAPS = (
    Overlap("mk1", "mk2", 2004, 2004, "2004-09", "2004-12"),
    Overlap("mk2", "mk3", 2010, 2011, "2010-09", "2011-08"),
    Overlap("mk3", "mk4", 2018, 2018, "2018-03", "2018-08"),
)

CARS = {"fiesta": "Fiesta", "fusion": "Fusion", "c-max": "C-Max", "s-max": "S-Max", "mondeo": "Mondeo"}

QUESTIONS = {
    "why-a-code": "why code\nwhat is radio/key code\nwhy asks/asking/ask code",
    "newer-car-asks": "newer/new car code\nwhy newer/2012/2013/2014 asks code",
    "usa-or-canada": "usa/us/america/american/canada/canadian",
    "before-the-battery": "disconnect*/remov*/replac*/chang*/take/taking/swap* battery lose/loose/need/safe/before/can\n"
    "before battery\nbattery off/out lose/loose/need\ncan/should disconnect*/remov*/replac*/chang*/swap* battery",
    "does-sync-need-a-code": "sync need/needs/require* code\nsync code\npin\nvalet\npasscode",
    "restart-sync-3": "sync frozen/freez*/stuck/crash*/dark/black/hang*/reset/restart/reboot\nrestart/reboot/reset screen",
    "6000-cd-or-sony": "sony or 6000\nwhich/what radio i/have/got\nwhich/what radio is\nidentify/recognise radio/stereo",
    "no-serial-on-display": "1 6 nothing/numbers/number/letters/rubbish/data/only/no/not/dont/doesnt/wont\n"
    "no serial display/shows/screen/comes\nno/not/doesnt/wont show/shows serial\nonly numbers\nnot/no/only m/v serial",
    "stuck-or-no-label": "wont/cant/stuck/jammed radio/stereo/unit out\nno label/sticker\ncant find label/sticker",
    "m-or-v": "m or v\nm v difference\ndifference serial",
    "code-card": "code card/booklet\nwhere card\ncard lost/lose/missing/gone",
    "second-hand-radio": "second/2nd hand radio/stereo/unit\nused radio/stereo/unit\nradio/stereo/unit ebay/scrapyard/breakers\n"
    "bought/got/fitted another/different/replacement radio/stereo/unit\nradio/stereo/unit from another/different/other/scrap",
    "dealer-from-vin": "vin code\ndealer vin\nford/dealer refuse*/wont",
    "no-papers": "no papers/documents/handbook/manual\nmanual/handbook lost/missing/gone\ninherited",
    "no-guessing": "default code\ntry/guess/trying some/few/random/any/codes\nguess* code\nhow many tries/attempts/goes/times",
    "digits-7-to-0": "enter/put/type/input/get/press in/a/the 7/8/9/0/zero/seven/eight/nine\n"
    "only 6 buttons\nno/only button/buttons/number/key/numbers 7/8/9/0/zero/6\nzero/0/nine/9 button/code",
    "button-does-nothing": "5 confirm*\nbutton/buttons/key/keys/preset/5 nothing/broken/stuck/work/works/working/respond*\n"
    "button/buttons/preset/key worn",
    "right-code-refused": "code wrong/wont/doesnt/not/incorrect/refused/rejected/invalid/accept*\n"
    "code wont/doesnt/not/isnt work*/accept*\nright/correct code refused/rejected/wont/not/still\nwont/not accept* code",
    "voice-control-gone": "bluetooth/voice gone/lost/not/missing/dead/stopped",
    "dead-after-battery": "radio/stereo dead/nothing battery\nwhich/what fuse\nfuse radio/stereo",
    "code-at-every-start": "every time/start/day/morning asks/code/start\nkeeps asking/losing/forgetting\neach time code/start",
}

PROCEDURES = {
    "serial-on-display": "where/find/get/show/see/read/what serial\nwhere serial number\nserial where/how/display\n"
    "how find/get/see serial\nhold 1 6",
    "find-label": "remove/removing/removal radio/stereo/unit/headunit\nget/take/pull/taking/getting radio/stereo/unit/it out\n"
    "radio/stereo removal/keys/tool*\nwhere label/sticker\nradio/autoradio ausbauen\ndemonter autoradio",
    "enter-code-buttons": "enter*/input/put/type/key code\nhow enter/input/put/type",
    "enter-on-screen-sync": "sync enter/input code",
    "soft-reset-sync-3": "sync 3 restart/reset/reboot/frozen",
}

WAYS = {
    "card-and-papers": "get/find/need/want/lost/forgot/forgotten/lose/missing code\nhow/where code\nradio/stereo code\nkeycode lost\n"
    "radiocode\nradiocode/code vergessen/verloren/weg/verlegt\ncode autoradio\ncode perdu/oublie\ncodigo perdi*/olvid*/radio\n"
    "codice perso/smarrito/dimenticato/autoradio\nradiocode/code kwijt/vergeten/verloren\nkod/kodu radia/zgubi*/zapomni*",
    "selling-dealer": "dealer sold/bought",
    "ford-dealer": "dealer code\nford garage/dealer\nreg/registration/plate/number code\ncode from reg/registration/plate/vin",
    "ford-customer-relations": "ford customer\nford phone/call/contact",
    "lookup-by-serial": "code cost/price/much\ncode online/website/site/service/free\ncode from serial\nserial to code",
    "specialist-or-used-radio": "unlock* radio/stereo\nspecialist\nrepair radio/stereo",
}

PHRASES = tuple(
    Phrases(kind, slug, tuple(phrases.splitlines()))
    for kind, rows in (("question", QUESTIONS), ("procedure", PROCEDURES), ("way", WAYS))
    for slug, phrases in rows.items()
)

VOCABULARY = Vocabulary(
    messages=MESSAGES,
    radios=tuple((name.strip(), slug) for slug, names in RADIOS.items() for name in names.split(",")),
    generations=GENERATIONS,
    overlaps=OVERLAPS,
    cars=tuple((name, slug) for slug, name in CARS.items()),
    topics=PHRASES,
)
