"""format=flowed (RFC 3676): lines that a mail program wrapped are joined again."""


def joined(text: str, *, delsp: bool) -> str:
    """Paragraphs as their writer typed them. A line that ends with a space goes on in the next of the same depth."""
    out: list[str] = []
    soft_depth = -1
    for line in text.split("\n"):
        depth, words = _quoted(line)
        words = words.removeprefix(" ")
        soft = words.endswith(" ") and words != "-- "
        if soft and delsp:
            words = words[:-1]
        if soft_depth == depth and words != "-- ":
            out.append(words)
        else:
            out.append(("\n" if out else "") + (">" * depth + " " if depth else "") + words)
        soft_depth = depth if soft else -1
    return "".join(out)


def _quoted(line: str) -> tuple[int, str]:
    """Depth of quotation and the rest; in flowed text nothing stands between the marks."""
    words = line.lstrip(">")
    return len(line) - len(words), words
