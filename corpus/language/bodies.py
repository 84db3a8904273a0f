"""Names of bodies in running text, and the other word lists of attribution.

Each entry is a piece of a regular expression for lower-case words; spaces stand for any blank.
The longest name at a place counts, so "school nurses" are health and "the virtual school" is the
council's. Sources: the wording of published reports of every framework, 2009 to 2026, and
"Working together to safeguard children" (2023) for who the partners are.
"""

from __future__ import annotations

from ..model import About

_PEOPLE = (
    "leaders?|staff|professionals?|practitioners?|workers?|colleagues|managers?|teams?|officers?"
    "|representatives|services?|agencies|partners?|providers?|commissioners?|specialists"
)

BODIES: dict[About, tuple[str, ...]] = {
    "council": (
        "(?:the )?local authority(?: (?:leaders?|officers|staff|managers))?",
        "(?:the )?(?:county|city|borough|district) council",
        "the council",
        "councillors",
        "elected members",
        "children[’']s services(?: (?:leaders|staff|managers))?",
        f"(?:children[’']s )?social care(?: (?:{_PEOPLE}))?",
        "(?:assistant )?social workers?(?: managers?)?",
        "personal advis[eo]rs?",
        "independent reviewing officers?(?: \\(iros?\\))?",
        "iros?",
        "foster carers?",
        "early help (?:workers?|practitioners|staff|services?|teams?)",
        "family support workers?",
        "the virtual school(?: head(?:teacher)?)?",
        "virtual school (?:staff|leaders|head(?:teacher)?)",
        "educational psychologists?",
        "education welfare officers?",
        "(?:housing|licensing|youth|participation) (?:officers|workers|services)",
        "corporate parent(?:s|ing (?:board|panel))",
        "the improvement board",
        "(?:the )?regional adoption agency",
    ),
    "police": (
        (
            "police(?: (?:officers?|leaders|staff|forces?|and crime commissioner|sergeants?"
            "|community support officers|constables?|managers|child protection teams?))?"
        ),
        "neighbourhood (?:policing teams?|officers)",
        "(?:response|frontline|custody|specialist|investigating) officers",
        "the force",
        "(?:the )?constabulary",
        "detectives",
    ),
    "health": (
        (
            f"health(?:care)? (?:{_PEOPLE}|visitors?|visiting(?: services?)?|economy|trusts?"
            "|boards?|bodies|system|assessors)"
        ),
        (
            "(?:child(?:ren)? and adolescent |adult |children[’']s |primary )?mental health"
            f" (?:{_PEOPLE}|trusts?|support teams?)(?: \\(camhs\\))?"
        ),
        "camhs(?: (?:practitioners?|staff|workers?|services?|leaders|clinicians))?",
        "school (?:nurses?|nursing(?: services?)?|health(?: (?:services?|teams?|practitioners))?)",
        "(?:specialist |looked after children[’']s |children in care |community )?nurses?",
        "nursing (?:services?|teams?)",
        "(?:the )?family nurse partnership",
        "midwi(?:ves|fe)|midwifery (?:services?|staff)|maternity (?:services?|staff)",
        "gps?|general practitioners?|gp practices|primary care(?: services?)?",
        "doctors|clinicians|consultants|paediatricians|psychiatrists|dentists|therapists",
        "(?:speech and language|occupational) therap(?:ists?|y services?)",
        "(?:a&e|emergency department|hospital|ambulance|acute)(?: (?:staff|trusts?|services?))",
        "(?:the )?(?:emergency department|hospitals?|ambulance service)",
        "sexual health (?:services?|practitioners?|staff)",
        "(?:named|designated) (?:doctors?|nurses?|gps?|health professionals)",
        "(?:the )?(?:clinical commissioning groups?|ccgs?|integrated care boards?|icbs?)",
        "nhs(?: [\\w’'&-]+){0,5}? (?:trusts?|icb|board|ccg)|the nhs|nhs (?:services|england)",
        "(?:foundation|hospital|acute|mental health|healthcare|nhs) trusts?",
        "public health(?: (?:services?|nurses))?",
        "0[ –-]+19 (?:services?|teams?)",
        "health(?=,? (?:and )?(?:(?:other|partner) )?(?:agencies|police|education|social care))",
    ),
    "schools": (
        "schools",
        (
            "(?:the |a |each )?(?:mainstream|special|primary|secondary|infant|junior)"
            "(?: and (?:special|secondary|primary))? schools?"
        ),
        "(?:school|education|college|academy) (?:leaders?|staff|settings?|providers|professionals)",
        "headteachers?|head teachers?|teachers|designated teachers?|teaching (?:staff|assistants)",
        "(?:special educational needs co-?ordinators?|sencos?)(?: \\(sencos?\\))?",
        "colleges?|academies|academy trusts?|multi-academy trusts?|nurseries",
        "early years (?:settings?|providers|practitioners)|settings",
        "schools and (?:other )?(?:colleges?|settings|education settings)",
    ),
    "board": (
        "(?:the )?(?:local )?safeguarding children(?:[’']s)? (?:board|partnership)",
        "(?:the )?(?:[a-z]+ )?safeguarding (?:partnership|children partnership|board)",
        "(?:the )?[a-z]{0,4}lscb|the l?scp",
        "(?:the )?multi-agency safeguarding arrangements",
        "(?:the )?(?:statutory |lead |three )?safeguarding partners",
        "(?:the )?independent (?:scrutineer|lscb chair)",
        "lscb (?:members|chair|partners|sub-?groups?)",
    ),
    "trust": (
        "(?:the )?children[’']s(?: services)? trust",
        "(?:the )?children (?:and families|first) trust",
        "the trust",
        "trust (?:leaders|staff|managers)",
    ),
    "partnership": (
        "(?:(?:the |this )?local area|(?:the|this)(?: local| area)?) partnership",
        "(?:the )?(?:statutory |strategic |safeguarding |key |multi-agency )?partners",
        "partner agencies|partner organisations|agencies|professionals from [a-z ]*agencies",
        f"(?:multi-agency|partnership) (?:{_PEOPLE})",
        "(?:the )?(?:youth (?:offending|justice)) (?:service|team)s?(?: \\(y[oj][ts]\\))?",
        "the y[oj][ts]",
        "(?:national )?probation(?: (?:services?|officers|staff))?|cafcass",
        (
            "(?:education, health and (?:social )?care|health, education and (?:social )?care"
            f"|education, health and social care)(?: (?:{_PEOPLE}))?"
        ),
    ),
}
"""Whom each name means. Probation and youth justice, which law makes a partnership of council,
police, probation and health, have no name of their own among ours."""

SECTION_NAMES: dict[About, tuple[str, ...]] = {
    "board": ("(?:the |this )?board(?: members)?", "(?:the )?(?:independent )?chair"),
}
"""Names that mean a body only where the passage speaks of it anyway."""

OTHERS = (
    "leaders",
    "managers",
    "leadership",
    "practitioners",
    "staff",
    "workers",
    "officers",
    "chief executive",
    "(?:the )?(?:director|senior leadership team|management team)",
    "inspectors",
    "parents",
    "families",
    "carers",
)
"""Subjects that belong to whomever the passage speaks of."""

BEFORE = (
    "the|a|an|all|both|most|many|some|few|several|these|those|other|each|every|its|their|no|not",
    "local|key|relevant|senior|strategic|operational|frontline|specialist|dedicated|community",
    "partner|statutory|individual|designated|named|well-engaged|experienced|skilled|committed",
    "almost|nearly|too|children[’']s|adult|acute|additional|co-located|universal|commissioned",
    "(?:vast |overwhelming )?majority of|(?:wide )?range of|(?:small )?number of|minority of",
    "variety of|group of|proportion of|where|when|multi-agency|political",
)
"""Words that may stand between the beginning of a sentence and its subject."""

ASKING = (
    "Joint|Inspector|Review|Work|Engage|Improve|Strengthen|Develop|Support|Encourage|Challenge"
    "|Hold|Monitor|Require|Promote|Involve|Ask|Invite|Use|Consult|Train|Assist|Help|Increase"
    "|Consider|Continue|Provide|Details|Evidence"
)
"""Words with a capital that are no part of a name: above all those with which demands begin."""

PEOPLE_OF = (
    f"(?:{_PEOPLE}|chief officers|work|practice)"
    " (?:in|from|at|of|across|within|working (?:in|for|across))"
)
"""People, told by where they work: "staff in health services"."""

INTRODUCING = (
    "however|although|though|while|whilst|where|when|if|as|once|since|because|despite|following",
    "after|before|in|at|for|on|with|without|through|during|until|by|within|across|from|over",
    "similarly|conversely|nevertheless|overall|additionally|furthermore|moreover|consequently",
    "therefore|importantly|positively|recently|currently|generally|typically|also|to|under",
    "increasingly|usually|often|sometimes|occasionally|historically|previously|instead|yet|but",
    "and|more|too|not|notably|crucially|importantly|unfortunately",
)
"""Beginnings of what stands before a subject, up to its comma."""

CLAUSE = ("when|where|if|as|once|since|because|although|though|while|whilst|after|before",)
"""Those that begin a clause with a subject of its own."""

HOW = (
    "(?:how|the extent to which|ensure that|whether|this means that|it means that"
    "|inspectors (?:saw|found) that|it is (?:positive|a concern) that)"
    "(?: (?:well|often|quickly|swiftly|[a-z]+ly))?"
)
"""What may stand before a subject without a comma."""

CONTRIBUTION = (
    "referrals?|notifications?|information(?:[ -]sharing)?|contacts?|requests?|support",
    "attendance|engagement|contributions?|responses?|involvement|participation|input|advice",
    "representation|challenge|commitment|oversight|leadership|delays|practice|recording",
    "understanding|awareness|performance|effectiveness|role|work|failure|absence|presence",
    "knowledge|capacity|membership|contribution",
)
"""What a body gives: "engagement by the police" speaks of the police."""

ANSWERED = (
    "triaged|screened|reviewed|considered|used|dealt|processed|progressed|received|acted|assessed"
    "|prioritised|examined|evaluated|managed|recorded|responded|followed|monitored|collated"
    "|analysed|gathered|sought|obtained|converted|passed|allocated|signposted|held"
)
"""What somebody else does with what a body gives: "referrals from the police are screened"."""

RECEIVING = (
    "considers?|uses?|includes?|receives?|makes?|takes?|ha[sd]|have|provides?|reflects?|offers?|draws?"
    "|rel(?:y|ies)|gets?|gather|seeks?|shows?|needs?|values?|recognises?|benefits?|welcomes?|leads?"
)
"""Verbs after which a contribution is somebody else's: "meetings consider advice from health"."""

NOT_ITS_DOING = (
    "(?:ha(?:s|ve|d) )?(?:also )?(?:[a-z]+ly )?(?:reports?|reported|told|tell|says?|said|stated?s?"
    "|described?|speaks? (?:highly|positively|of)|spoke|talk(?:ed)?"
    "|ha(?:s|ve) (?:[a-z]+ )?confidence|values?|valued|praised?|feels?|felt"
    "|comment(?:ed|s)?|confirm(?:s|ed)?|welcomed?"
    "|receives?|received|benefit(?:s|ed)?|appreciate[sd]?|expressed|agreed?|who (?:spoke|met"
    "|responded)|consulted|spoken|interviewed)"
    "|(?:is|are|was|were|have been|has been)(?: (?:well|also|now|all|not|[a-z]+ly)){0,2}"
    " (?:supported|helped|given|offered|provided with|informed|notified|consulted|trained|valued"
    "|encouraged|challenged|held|invited|kept|asked|alerted|positive|complimentary|made aware"
    "|unclear|unsure|satisfied|commissioned|told|shown|guided|enabled|equipped|listened|recruited|matched)"
)
"""A body that says something, or for which something is done, is not what the sentence is about."""

NAMES_A_THING = (
    "with|between|working|arrangements?|work|plans?|strateg(?:y|ies|ic)|approach(?:es)?|agreements?|meetings?"
    "|places?|attendance|boards?|priorit(?:y|ies)|checks|visits|involvement|records|assessments?"
    "|needs|placements?|moves|training|education|governance|engagement|workshops?|groups?|events"
)
"""Words after a name that make it the name of something else: "partnership working"."""
