"""How a paper becomes text and how text becomes pieces.

Every rule here has a twin: `plain` in src/paper/latex.ts (LaTeX to plain text)
and the normalizer in the exported tokenizer.json (`normalize`). The parity
tests hold the twins together, so change both or neither.
"""

import re
import unicodedata

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(\[])")

_LATEX = [
    (re.compile(r"\\(?:emph|textit|textbf|texttt|textsc|textrm|textsf|text|mathrm|mathbf|mathcal|mathbb|underline|url|footnote)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\href\s*\{[^{}]*\}\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\([%_&#$])"), r"\1"),
    (re.compile(r"\\[,;:! ]"), " "),
    (re.compile(r"~"), " "),
    (re.compile(r"``|''"), '"'),
    (re.compile(r"\\([A-Za-z]+)"), r"\1"),
    (re.compile(r"[{}$\\]"), ""),
]


def plain(text):
    """LaTeX as people write it in abstracts -> the words a reader would say."""
    for pattern, replacement in _LATEX:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())


def normalize(text):
    """NFKD, accents off, lower case, one space: what tokenizer.json does."""
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if unicodedata.category(c)[0] != "M")
    return " ".join(text.lower().split())


def title_key(title):
    """Identity of a title: letters and digits only, as src/paper/identity.ts."""
    return re.sub(r"[^0-9a-z]+", "", normalize(plain(title)))


def sentences(abstract):
    return [s for s in SENTENCE_END.split(abstract) if s]
