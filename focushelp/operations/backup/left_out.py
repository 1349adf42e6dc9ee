"""What is in no backup."""

#: Tables that a backup has without their rows: wrong passwords, by address and browser, which are kept for minutes.
LEFT_OUT = {"axes_accessattempt"}
