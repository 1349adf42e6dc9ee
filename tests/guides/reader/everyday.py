"""Sentences in which words of the display have their everyday sense."""

from itertools import cycle, islice, product

WHO = ["I", "we", "my wife", "the garage", "a mate", "the dealer", "somebody at work", "the man on the phone"]
DID = {
    "hold": ["had to hold", "told me to hold", "put me on hold about"],
    "wait": ["had to wait for", "could not wait for", "says wait for", "said to wait with"],
    "ten": ["spent ten minutes on", "paid ten pounds for", "looked ten times at", "tried ten ways with"],
    "lock": ["could not lock", "wanted to lock", "fitted a new lock to"],
    "locked": ["locked", "got locked out of", "left the keys locked in", "locked 10 minutes ago"],
    "nothing": ["did nothing to", "found nothing wrong with", "knows nothing about", "says nothing about"],
    "dead": ["found a dead battery in", "thinks it is dead, so charged", "was dead tired of"],
    "error": ["made an error with", "saw an error 12 on", "got an error code p0420 from", "says error in"],
    "code": [
        "asked for the code of",
        "lost the code for",
        "wants the code of",
        "tried code 1 and 2 in",
        "says code for",
    ],
}
WHAT = ["the car", "the radio", "the Focus", "it", "the old stereo", "the Sony", "my mk2", "the battery", "both doors"]
WHEN = ["", " today", " after the battery died", ", what now", " and then I waited 30 minutes", " if it says locked"]

QUESTIONS = [
    "does it lock after ten wrong codes",
    "do I hold 1 and 6 until it says code",
    "should I wait until the display shows CODE",
    "what happens if the radio says LOCKED",
    "can I wait 30 min and try again",
    "is the radio dead or just locked",
    "how do I unlock a locked radio",
    "will it show WAIT when I enter a wrong code",
    "the card says code 1234",
    "the book says hold 5",
    "radio does not say locked",
    "it never shows wait",
    "locked 3 times now",
    "wait ten minutes",
    "nothing happens when I hold 6",
    "error code 5 on the dash",
    "is there a code for it",
    "hold 1 and 6",
    "ten tries",
    "unlock code",
    "engine light and error 3",
    "central locking dead",
]


def sentences() -> list[str]:
    made = [
        f"{who} {did} {what}{when}"
        for (who, what), did, when in zip(
            cycle(product(WHO, WHAT)), cycle(did for each in DID.values() for did in each), islice(cycle(WHEN), 1100)
        )
    ]
    return [*dict.fromkeys(made), *QUESTIONS]
