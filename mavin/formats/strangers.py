"""Files of other programs that are no form of ours to read: what they are, and how their content comes in all the same.

Nothing of them is parsed: their first bytes tell what they are, so that a hostile one does no harm.
"""

from __future__ import annotations

import re
import zipfile

from mavin.formats.script import Document

__all__ = ["hint_of"]

_XML = (
    ("<xmeml", "Final Cut Pro 7 XML can only be exported, as fcp7. Save the cut as .otio"),
    ("<fcpxml", "Final Cut Pro X XML can only be exported, as fcpxml. Save the cut as .otio"),
    ("<FinalDraft", "a Final Draft document cannot be read. Save the screenplay as Fountain"),
    ("<", "XML and HTML cannot be read. Save the file as .otio, .fountain, .srt or .csv"),
)
_TEXTS = (
    (r"\s*\[Script Info\]", "SubStation subtitles cannot be read. Save them as SubRip (.srt)"),
    (r"\s*TITLE:[^\n]*\n(?:\s*FCM:[^\n]*\n)?\s*\d{3,6} ", "an EDL can only be exported. Save the cut as .otio"),
    (r"\s*\{\\rtf", "RTF cannot be read. Save it as plain text"),
)
_PACKED = (
    ("xl/", "an Excel workbook can only be exported. Save the sheet as CSV (UTF-8)"),
    ("word/", "a Word document cannot be read. Save it as plain text or as Fountain"),
    ("content.xml", "an OpenDocument file cannot be read. Save it as plain text or as CSV"),
)


def hint_of(document: Document) -> str | None:
    """What a file that cannot be read is, and what to do about it; ``None`` if nobody knows."""
    if document.head.startswith(b"%PDF"):
        return "a PDF can only be exported. Import what it was made of"
    if document.head.startswith(b"PK\x03\x04"):
        try:
            with document.open() as file, zipfile.ZipFile(file) as packed:
                names = packed.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return None
        return next((hint for start, hint in _PACKED if any(name.startswith(start) for name in names)), None)
    head = document.head_text[:4000]
    if re.match(r"\s*<[?!A-Za-z]", head):
        return next(hint for tag, hint in _XML if tag in head)
    return next((hint for pattern, hint in _TEXTS if re.match(pattern, head)), None)
