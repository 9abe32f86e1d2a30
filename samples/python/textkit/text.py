"""Helpers for titles, slugs and plain-text layout."""

import re

_WORD = re.compile(r"[a-z0-9]+")

SMALL_WORDS = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "for", "in", "of", "on", "or", "the", "to"]
)


def slugify(title: str, max_length: int = 40) -> str:
    """Turn a title into lower-case words joined by single hyphens.

    A word is a run of ASCII letters and digits; apostrophes are dropped first, so "Don't" is
    the one word "dont", and every other character separates words. Whole words are kept, in
    order, as long as the slug is at most `max_length` characters long; the first word that no
    longer fits ends the slug. Only a first word longer than `max_length` is itself cut, to
    exactly that length. A title without words gives "".

    Raises ValueError if `max_length` is less than 1.
    """
    if max_length < 1:
        raise ValueError("max_length must be at least 1")
    words = _WORD.findall(title.lower().replace("'", ""))
    if not words:
        return ""
    slug = words[0][:max_length]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > max_length:
            break
        slug += "-" + word
    return slug


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` characters, filling each line greedily.

    Words are separated by any white space and are joined by single spaces within a line. A
    word that is longer than `width` starts a line of its own and is cut into pieces of exactly
    `width` characters; its last, shorter piece may be followed by further words. Text without
    words gives an empty list.

    Raises ValueError if `width` is less than 1.
    """
    if width < 1:
        raise ValueError("width must be at least 1")
    lines: list[str] = []
    current = ""
    for word in text.split():
        if current and len(current) + 1 + len(word) <= width:
            current += " " + word
            continue
        if current:
            lines.append(current)
        while len(word) > width:
            lines.append(word[:width])
            word = word[width:]
        current = word
    if current:
        lines.append(current)
    return lines


def _capitalize(word: str) -> str:
    """Raise the first letter; a word with a capital after its first letter stays as it is."""
    if word[1:] != word[1:].lower():
        return word
    return word[0].upper() + word[1:]


def title_case(text: str) -> str:
    """Capitalize a heading the way English titles are written.

    Every word gets a capital first letter, but a word with a capital after its first letter
    ("iPhone", "NASA") is kept unchanged. The words in `SMALL_WORDS`, however they were written,
    are put in lower case unless they are the first or the last word or follow a word that ends
    with a colon; a word with punctuation attached ("the:") is not a small word. Words are
    separated by white space and come back joined by single spaces; text without words gives "".
    """
    words = text.split()
    result: list[str] = []
    for index, word in enumerate(words):
        opens_phrase = index == 0 or words[index - 1].endswith(":")
        is_last = index == len(words) - 1
        if word.lower() in SMALL_WORDS and not opens_phrase and not is_last:
            result.append(word.lower())
        else:
            result.append(_capitalize(word))
    return " ".join(result)
