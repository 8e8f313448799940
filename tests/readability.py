"""How easily Dutch reads, as far as counting can tell."""

import re
from itertools import pairwise

VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|[aeiouyéèëïöü]", re.IGNORECASE)
TOGETHER = {"aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ei", "ij", "au", "ou"}


def split_sentences(text: str) -> list[list[str]]:
    return [words for part in re.split(r"[.!?]+", text) if (words := re.findall(r"[\w']+", part))]


def count_syllables(word: str) -> int:
    """Count vowels, two that are said together as one."""
    places = [(found.start(), found.end()) for found in VOWELS.finditer(word.replace("ij", "yi"))]
    text = word.replace("ij", "yi").lower()
    joined = sum(
        1
        for (start, end), (following, last) in pairwise(places)
        if end == following and (text[start:last] in TOGETHER or text[start:last] == "yi")
    )
    return max(1, len(places) - joined)


def read_ease(text: str) -> float:
    """Give the measure of Flesch as Douma fitted it to Dutch: 100 is easy, 0 is hard."""
    sentences = split_sentences(text)
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(map(count_syllables, words))
    return 206.835 - 0.93 * len(words) / len(sentences) - 77 * syllables / len(words)
