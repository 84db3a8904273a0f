"""Who wrote a document: the inspectorate, or others who write about inspections and evaluations.

Councils minute, report and announce what inspectors found, and peers review each other: such a
paper names an inspection in its title and is none. Whatever the inspectorate publishes without a
type of its own says so at its end.
"""

from __future__ import annotations

import re

from .base import Opening

_TITLE = re.compile(
    r"\bminutes\b|\bagenda\b|\b(?:scrutiny|select|overview|improvement|education|cabinet|sub-?)\s*"
    r"(?:and \w+ )?(?:committee|panel|board meeting)|^(?:report to|cabinet\b|news\b|press release)"
    r"|\b(?:peer|sector.led) (?:review|challenge|diagnostic)|\blocal government association\b"
    r"|\bLGA\b|\bresponse to (?:the )?(?:ofsted|inspection)|\baction plan (?:following|in response)"
    r"|\bimprovement plan|\bbriefing (?:note|paper)"
    r"|\bpress (?:release|statement)\b|\bnews(?:letter| release| story)?\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\bminutes of (?:the|a)\b|\bapologies (?:for absence|were received)|\bagenda item\b"
    r"|\b(?:report (?:of|to|by|author)|meeting date|date of meeting|wards? affected"
    r"|portfolio holder|decision (?:type|required)|members present|in attendance"
    r"|councillors present)\s*:"
    r"|\bpurpose of (?:the |this )?report\b|\bpress release\b"
    r"|\bthe peer (?:review |challenge )?team\b",
    re.IGNORECASE,
)
HEAD = 700
"""In so many characters at the beginning a council's paper says what it is."""

_INSPECTORATES = re.compile(
    r"The Office for Standards in Education, Children[’']s Services and Skills"
    r" \(Ofsted\) (?:regulates and inspects|inspects and regulates)"
)


def is_about_others_work(opening: Opening) -> bool:
    """Minutes, news, a peers' review, a report to a committee: about an inspection, and none."""
    return bool(_TITLE.search(opening.title[:HEAD]) or _OPENING.search(opening.text[:HEAD]))


def is_inspectorates(text: str) -> bool:
    """Whether the inspectorate says at its end that it published this."""
    return bool(_INSPECTORATES.search(" ".join(text.split())))
