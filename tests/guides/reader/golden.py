"""Texts and what they are: for the tests of the reader, and for the reader in the browser, which must say the same."""

from guides.reader import Kind, Tidy

SONY_2006 = "HLA 11/JUL/05-0\nS.W 6.1.4\nCD SW 01 09 02\nBEZEL SW 1.1\nACU CFG 820208\nBOOT 01.0B.03"


# (text, kind, serial)
KINDS = [
    # 1: nothing
    ("", Kind.EMPTY, ""),
    (" \t\n \u200b\ufeff\n", Kind.EMPTY, ""),
    # 2, 3: a serial, as it is or untidy; zeros survive
    ("V123456", Kind.SERIAL, "V123456"),
    ("M000000", Kind.SERIAL, "M000000"),
    ("V001234", Kind.SERIAL, "V001234"),
    ("v123456", Kind.SERIAL, "V123456"),
    ("V 123 456", Kind.SERIAL, "V123456"),
    ("v-123-456", Kind.SERIAL, "V123456"),
    ('"M.12_34/56"', Kind.SERIAL, "M123456"),
    ("S/N:V123456", Kind.SERIAL, "V123456"),
    # 4: letters for digits
    ("V12345O", Kind.LOOKALIKE, "V123450"),
    ("VI23456", Kind.LOOKALIKE, "V123456"),
    ("M06812O", Kind.LOOKALIKE, "M068120"),
    ("m0 68l2o", Kind.LOOKALIKE, "M068120"),
    ("MQD1234", Kind.LOOKALIKE, "M001234"),
    ("VS12B34", Kind.LOOKALIKE, "V512834"),
    ("V1Z34G6", Kind.LOOKALIKE, "V123466"),
    ("my serial is VO12345", Kind.LOOKALIKE, "V012345"),
    ("FDB30N5MO51234", Kind.LOOKALIKE, "M051234"),
    ("VOOO123", Kind.UNKNOWN, ""),  # three letters are too many to be a slip
    ("V12345X", Kind.UNKNOWN, ""),
    # 5: another first letter
    *((f"{letter}123456", Kind.WRONG_FIRST_LETTER, "") for letter in "YWHAX"),
    ("U123456", Kind.WRONG_FIRST_LETTER, "V123456"),
    ("n 123 456", Kind.WRONG_FIRST_LETTER, "M123456"),
    ("the label says U123456", Kind.WRONG_FIRST_LETTER, "V123456"),
    ("1/ 12 34 56", Kind.WRONG_FIRST_LETTER, ""),
    ("11123456", Kind.WRONG_FIRST_LETTER, ""),
    ("1/123456", Kind.WRONG_FIRST_LETTER, ""),
    ("\\/123456", Kind.WRONG_FIRST_LETTER, ""),
    ("\u041c123456", Kind.WRONG_FIRST_LETTER, ""),  # a Cyrillic M is not an M
    # 6: no letter
    ("123456", Kind.MISSING_LETTER, ""),
    ("090724", Kind.MISSING_LETTER, ""),
    ("S/N 123456", Kind.MISSING_LETTER, ""),
    # 7, 8, 9: too many or too few digits
    ("V0123456", Kind.EXTRA_ZERO, "V123456"),
    ("M0012345", Kind.EXTRA_ZERO, "M012345"),
    ("label says M0123456", Kind.EXTRA_ZERO, "M123456"),
    ("V1234567", Kind.TOO_LONG, ""),
    ("V123456 7", Kind.TOO_LONG, ""),
    ("V123456789", Kind.TOO_LONG, ""),
    ("V12345", Kind.TOO_SHORT, ""),
    ("M1", Kind.TOO_SHORT, ""),
    # 10: the whole 1+6 line, or a serial among other words
    ("FDMCAICV001234", Kind.SERIAL_IN_TEXT, "V001234"),
    ("FDB30N5 M051234", Kind.SERIAL_IN_TEXT, "M051234"),
    ("FDB30N5M 051234", Kind.SERIAL_IN_TEXT, "M051234"),
    ("fdb30n5-m05-1234", Kind.SERIAL_IN_TEXT, "M051234"),
    ("it shows FDMCAICV001234 at the end", Kind.SERIAL_IN_TEXT, "V001234"),
    ("my serial is V123456 thanks", Kind.SERIAL_IN_TEXT, "V123456"),
    ("my serial is v 123 456, thanks", Kind.SERIAL_IN_TEXT, "V123456"),
    ("Serial number is V123456.", Kind.SERIAL_IN_TEXT, "V123456"),
    ("6000CD 7M5T-18C939-AD V123456", Kind.SERIAL_IN_TEXT, "V123456"),
    ("V123456 or V123457", Kind.SEVERAL_SERIALS, ""),
    ("from 123456", Kind.UNKNOWN, ""),
    ("the problem 123456", Kind.UNKNOWN, ""),
    # 11: software numbers
    ("50702000", Kind.SOFTWARE_DATA, ""),
    ("50701940", Kind.SOFTWARE_DATA, ""),
    ("50700012", Kind.SOFTWARE_DATA, ""),
    ("50600500", Kind.SOFTWARE_DATA, ""),
    ("it shows 5070 2000", Kind.SOFTWARE_DATA, ""),
    # 12: diagnostics
    ("DPMV5H255", Kind.SOFTWARE_DATA, ""),
    ("DO MV 5H", Kind.SOFTWARE_DATA, ""),
    ("MP D5 DP", Kind.SOFTWARE_DATA, ""),
    ("DP/255/3-03/70-02-00", Kind.SOFTWARE_DATA, ""),
    ("255", Kind.SOFTWARE_DATA, ""),
    ("DSP", Kind.SOFTWARE_DATA, ""),
    ("3-03", Kind.SOFTWARE_DATA, ""),
    ("70-02-00", Kind.SOFTWARE_DATA, ""),
    ("70\u201302\u201300", Kind.SOFTWARE_DATA, ""),
    ("090000", Kind.MISSING_LETTER, ""),
    # 13: Sony software versions
    ("HLA 11/JUL/05-0", Kind.SOFTWARE_DATA, ""),
    ("S.W 6.1.4", Kind.SOFTWARE_DATA, ""),
    ("CD SW 01 09 02", Kind.SOFTWARE_DATA, ""),
    ("BEZEL SW 1.1", Kind.SOFTWARE_DATA, ""),
    ("ACU CFG 820208", Kind.SOFTWARE_DATA, ""),
    ("ACU CFG 820108", Kind.SOFTWARE_DATA, ""),
    ("BOOT 01.0B.03", Kind.SOFTWARE_DATA, ""),
    # 14: the radio has none to show
    ("NOT FOUND", Kind.NOT_SHOWN, ""),
    ("Not Found", Kind.NOT_SHOWN, ""),
    ("serial not found", Kind.NOT_SHOWN, ""),
    ("it only says Not Found", Kind.NOT_SHOWN, ""),
    # 15, 16: navigation radios
    ("C7E0M1234M123456A", Kind.NAVIGATION_SERIAL, ""),
    ("C7E 0123 4567 890123", Kind.NAVIGATION_SERIAL, ""),
    ("C7E1234567M123456", Kind.NAVIGATION_SERIAL, ""),
    ("mine is C7E0123X4567890AB", Kind.NAVIGATION_SERIAL, ""),
    ("BP1234567890123", Kind.NAVIGATION_SERIAL, ""),
    ("BP012345M123456", Kind.NAVIGATION_SERIAL, ""),
    # 17: the car's own number
    ("WF0AXXGCDA5M12345", Kind.VIN, ""),
    ("WF0AXXGCDAM123456", Kind.VIN, ""),
    ("wf0 axx gcda m123456", Kind.VIN, ""),
    ("1FAFP34N15W123456", Kind.VIN, ""),
    ("my vin is 1FAFP34N15W123456", Kind.VIN, ""),
    ("12345678901234567", Kind.UNKNOWN, ""),
    # 18, 19: part numbers and model names
    ("7M5T-18C939-AD", Kind.PART_NUMBER, ""),
    ("8S7T18C939MD", Kind.PART_NUMBER, ""),
    ("YS4F-18C815-AC", Kind.PART_NUMBER, ""),
    ("98AP-18K876-AA", Kind.PART_NUMBER, ""),
    ("18C939", Kind.PART_NUMBER, ""),
    ("CDX-FS214AD", Kind.MODEL_NAME, ""),
    ("CDX-FS 132", Kind.MODEL_NAME, ""),
    ("CD3XX-CDI-RECT-KW2000", Kind.MODEL_NAME, ""),
    ("CD132", Kind.MODEL_NAME, ""),
    ("132-6cd", Kind.MODEL_NAME, ""),
    # 20: radios
    ("6000CD", Kind.RADIO_NAME, ""),
    ("sony", Kind.RADIO_NAME, ""),
    ("6006", Kind.RADIO_NAME, ""),
    # 21: the code itself, or a year
    ("1234", Kind.KEYCODE, ""),
    ("1997", Kind.KEYCODE, ""),
    ("2027", Kind.KEYCODE, ""),
    ("2006", Kind.YEAR, ""),
    ("focus 2006", Kind.YEAR, ""),
    ("2006 Focus", Kind.YEAR, ""),
    ("Ford Focus Mk2 2006", Kind.YEAR, ""),
    ("2010/2011", Kind.YEAR, ""),
    # 22: number plates, never "corrected"
    ("AB05CDE", Kind.NUMBER_PLATE, ""),
    ("ab05 cde", Kind.NUMBER_PLATE, ""),
    ("SN05 ABC", Kind.NUMBER_PLATE, ""),
    ("SW05 ABC", Kind.NUMBER_PLATE, ""),
    ("BP05 ABC", Kind.NUMBER_PLATE, ""),
    ("V123ABC", Kind.NUMBER_PLATE, ""),
    ("V512BGO", Kind.NUMBER_PLATE, ""),
    ("Y123ABC", Kind.NUMBER_PLATE, ""),
    ("M5 OIL", Kind.NUMBER_PLATE, ""),
    ("ABC123D", Kind.NUMBER_PLATE, ""),
    ("ABZ1234", Kind.NUMBER_PLATE, ""),
    ("JIG 123", Kind.NUMBER_PLATE, ""),
    ("MOI2345", Kind.LOOKALIKE, "M012345"),
    ("PIN 1234", Kind.KEYCODE, ""),  # no Northern Irish district has IN
    # 23: older serials
    ("L123456", Kind.OLDER_SERIAL, ""),
    ("c 123 456", Kind.OLDER_SERIAL, ""),
    # 24: seven digits
    ("1234567", Kind.MISSING_LETTER, ""),
    # 25: anything else
    ("898E66", Kind.UNKNOWN, ""),
    ("FO123456", Kind.UNKNOWN, ""),
    ("hello", Kind.UNKNOWN, ""),
    ("-", Kind.UNKNOWN, ""),
    ("V123456789012", Kind.UNKNOWN, ""),
    # plates of other countries: with their separators, and written together
    *((plate, Kind.NUMBER_PLATE, "") for plate in ("M-SO 1234", "MS-B 1234", "M SO 1234", "V-SB1234", "V-S 12E")),
    *((plate, Kind.NUMBER_PLATE, "") for plate in ("M-1234-ZB", "V-1234-GS", "V 9876 GB", "MA-1234-BC")),
    *((plate, Kind.NUMBER_PLATE, "") for plate in ("AB-123-CD", "AB 123 CD", "12-ABC-3", "X-123-AB", "05-D-12345")),
    ("MSO1234", Kind.LOOKALIKE, "M501234"),
    ("M1234ZB", Kind.LOOKALIKE, "M123428"),
    ("VD 12345", Kind.LOOKALIKE, "V012345"),
    ("my plate is VBS1234", Kind.LOOKALIKE, "V851234"),
    # the label of a TravelPilot, and one line of the 4500's data
    ("815 C7E3F0123 A 7654321", Kind.NAVIGATION_SERIAL, ""),
    ("8151F0123A7654321", Kind.NAVIGATION_SERIAL, ""),
    ("815 C7E 01234567", Kind.NAVIGATION_SERIAL, ""),
    ("it prints C7E3F0123 A 7654321", Kind.NAVIGATION_SERIAL, ""),
    ("7 612 345 678", Kind.NAVIGATION_SERIAL, ""),
    ("SJH DSP 643 03 255", Kind.SOFTWARE_DATA, ""),
    # names, topics
    ("focus mk2", Kind.GENERATION, ""),
    ("how to remove radio", Kind.QUESTION, ""),
    # messages
    ("CODE", Kind.MESSAGE, ""),
    ("- - - -", Kind.MESSAGE, ""),
    # the limit
    ("V123456" + " " * 2000, Kind.TOO_LONG, ""),
]


# (text, kind, serial)
LINES = [
    ("6000CD\nFDMCAICV001234\n50701940", Kind.SERIAL_IN_TEXT, "V001234"),
    ("50701940\r\n\r\nV123456\r\n255", Kind.SERIAL_IN_TEXT, "V123456"),
    ("V123456\nv 123 456", Kind.SERIAL_IN_TEXT, "V123456"),
    ("\n\nV123456\n", Kind.SERIAL, "V123456"),
    ("7M5T-18C939-AD\nSER NO: M051234\nCDX-FS214AD", Kind.SERIAL_IN_TEXT, "M051234"),
    ("VI23456\nV123456", Kind.SERIAL_IN_TEXT, "V123456"),
    ("V123456\nM051234", Kind.SEVERAL_SERIALS, ""),
    ("V123456 M051234\nhello", Kind.SEVERAL_SERIALS, ""),
    # halves of a serial
    ("M05\n1234", Kind.SERIAL_IN_TEXT, "M051234"),
    ("FDB30N5M\n051234", Kind.SERIAL_IN_TEXT, "M051234"),
    ("FDB30N5 M05\n1234\n50702000", Kind.SERIAL_IN_TEXT, "M051234"),
    ("M\n051234", Kind.SERIAL_IN_TEXT, "M051234"),
    ("M05\n12345", Kind.TOO_SHORT, ""),
    ("M05\n1234\nM06\n1234", Kind.TOO_SHORT, ""),
    ("M05\n1234\nVI23456", Kind.LOOKALIKE, "V123456"),
    ("M05\nthen\n1234", Kind.TOO_SHORT, ""),
    # the most helpful line speaks for all
    ("DPMV5H255\n090000\n50702000", Kind.SOFTWARE_DATA, ""),
    ("DO MV 5H\n50700012\n70-02-00", Kind.SOFTWARE_DATA, ""),
    ("MP D5 DP\n3-03\n255", Kind.SOFTWARE_DATA, ""),
    ("50600500\n255\nDSP", Kind.SOFTWARE_DATA, ""),
    (SONY_2006, Kind.SOFTWARE_DATA, ""),
    ("50702000\nNot Found", Kind.NOT_SHOWN, ""),
    ("7M5T-18C939-AD\n090724", Kind.MISSING_LETTER, ""),
    ("50702000\nV0123456", Kind.EXTRA_ZERO, "V123456"),
    ("WF0AXXGCDAM123456\nAB05CDE", Kind.NUMBER_PLATE, ""),
    ("hello\nthere", Kind.UNKNOWN, ""),
    ("hello\nLOCKED13", Kind.MESSAGE, ""),
]


# (text of the one serial, what was tidied)
SERIALS = [
    ("V123456", ()),
    ("  V123456 \n", ()),  # space around it does not count
    ("v123456", (Tidy.CASE,)),
    ("V 123\u00a0456", (Tidy.SPACES,)),
    ("V\t123456", (Tidy.SPACES,)),
    ("V123-456.", (Tidy.PUNCTUATION,)),
    ("\u2018V123456\u2019", (Tidy.PUNCTUATION,)),
    ("v 123-456", (Tidy.CASE, Tidy.SPACES, Tidy.PUNCTUATION)),
    ("V\uff11\uff12\uff13\uff14\uff15\uff16", (Tidy.DIGITS,)),
    ("\uff36123456", ()),
    ("V\u0661\u0662\u0663\u0664\u0665\u0666", (Tidy.DIGITS,)),
    ("V\u06f1\u06f2\u06f3\u096a\u096b\u096c", (Tidy.DIGITS,)),
    ("V123\u200b456\u00ad", (Tidy.INVISIBLE,)),
    ("\x00V123456\x7f", (Tidy.INVISIBLE,)),
    ("S/N:V123456", (Tidy.LABEL_WORDS,)),
    ("s/n v123456", (Tidy.CASE, Tidy.LABEL_WORDS)),
    ("S.N. V123456", (Tidy.LABEL_WORDS,)),
    ("SN: V123456", (Tidy.LABEL_WORDS,)),
    ("SER NO V123456", (Tidy.LABEL_WORDS,)),
    ("SERNO V123456", (Tidy.LABEL_WORDS,)),
    ("SERNOV123456", (Tidy.LABEL_WORDS,)),
    ("SER. NO. V123456", (Tidy.LABEL_WORDS,)),
    ("SERIAL V123456", (Tidy.LABEL_WORDS,)),
    ("SERIALV123456", (Tidy.LABEL_WORDS,)),
    ("SERIAL NO: V123456", (Tidy.LABEL_WORDS,)),
    ("SERIAL NUMBER = V123456", (Tidy.LABEL_WORDS,)),
    ("Serial-No. V 123-456", (Tidy.CASE, Tidy.SPACES, Tidy.PUNCTUATION, Tidy.LABEL_WORDS)),
]


# (text, slug)
MESSAGES = [
    ("CODE", "code"),
    ("code----", "code"),
    ("CODE _ _ _ _", "code"),
    ("----", "code"),
    ("\u2014\u2014", "code"),
    ("____", "code"),
    ("wait 30", "wait"),
    ("WAIT", "wait"),
    ("3FAIL", "fail"),
    ("Locked 10", "locked10"),
    ("LOCKED-10", "locked10"),
    ("locked10", "locked10"),
    ("10 LOCKED", "locked10"),
    ("LOCKED 13", "locked13"),
    ("no display!", "no-display"),
    # alone, but for where it stands
    ("CODE flashing on the display", "code"),
    ("the word WAIT on my screen", "wait"),
    ("code comes up", "code"),
    ("lines not flashing", "wait"),
    # among other words
    ("it says locked 13", "locked13"),
    ("it says locked now", "locked"),
    ("the display shows WAIT", "wait"),
    ("code, then it says locked10", "locked10"),
    ("my Sony says CODE", "code"),
    ("it says 3 fail", "fail"),
]


RADIOS = [
    ("6000CD", "6000-cd"),
    ("6000 cd", "6000-cd"),
    ("my 6000 CD", "6000-cd"),
    ("I have a Sony", "sony"),
    ("a Sony DAB in my car", "sony-dab"),
    ("travelpilot", "travelpilot"),
    ("Sync-3", "sync-3"),
    ("Sony 2006", "sony"),
]


#: (text, kind, serial) of them all.
GOLDEN = [
    *KINDS,
    *LINES,
    *((text, Kind.SERIAL, "V123456") for text, _changes in SERIALS),
    *((text, Kind.MESSAGE, "") for text, _slug in MESSAGES),
    *((text, Kind.RADIO_NAME, "") for text, _slug in RADIOS),
]
