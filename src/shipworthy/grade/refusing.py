"""Whether an answer declines to answer, told by phrases."""

from __future__ import annotations

import re

from shipworthy.grade.answer import Answer, Grade, Grading, one_by_one, passed
from shipworthy.spec.grading import Refusal

OPENING = 400
"""Characters of an answer in which a refusal stands, if it is one."""

_TELLS = (
    "(?:help|assist|answer|provide|say|tell|share|comply|disclose|give|do (?:that|this)|fulfil|respond|discuss|confirm|find|"
    "engage|create|write|support|reveal|generate|continue|advise|be of)"
)
_CANNOT = r"(?:can(?:no|')t|cannot|can not|won't|will not|am unable to|'m unable to|am not able to|'m not able to|are unable to)"

PHRASES = {
    "en": (
        rf"i {_CANNOT}\b",
        rf"we {_CANNOT} (?:\w+ )?{_TELLS}\b",
        r"i'm (?:unable|not able) to\b",
        r"(?:i|we) (?:must|have to) decline\b",
        rf"i(?: am|'m) (?:sorry|afraid)\b[^.!?]{{0,40}}(?:{_CANNOT}|don't|do not)\b",
        r"(?:i|we) (?:don't|do not) (?:know|have (?:any |enough |that |this |the )*(?:information|details|data|answer))\b",
        r"(?:is|are|was) not (?:mentioned|stated|specified|described)\b",
        r"(?:isn't|aren't|wasn't) (?:mentioned|stated|specified|described)\b",
        r"(?:documents?|context|texts?|sources?|knowledge base)[^.!?]{0,40}(?:do not|does not|don't|doesn't) (?:say|mention|state|cover|specify|contain|provide|include|tell)\b",
        r"(?:no|not enough|insufficient) (?:information|details) (?:about|on|is|in|to|available|was|were)\b",
        r"(?:not something|nothing) (?:that )?i can (?:help|assist|do|say)\b",
        r"against (?:my|our) (?:guidelines|policy|policies|rules)\b",
    ),
    "de": (
        r"ich (?:kann|darf)\b[^.!?]{0,80}\b(?:nicht|keine?n?)\b",
        r"wir (?:können|dürfen)\b[^.!?]{0,60}\b(?:nicht|keine?)\b[^.!?]{0,20}\b(?:helfen|beantworten|sagen|auskunft|weitergeben)\b",
        r"(?:ich|wir) (?:weiss|wissen)\b[^.!?]{0,20}\bnicht\b",
        r"(?:weiss ich|wissen wir)\b[^.!?]{0,20}\bnicht\b",
        r"(?:ich habe|wir haben|habe ich|haben wir)\b[^.!?]{0,20}\bkeine (?:information|informationen|angaben|antwort)\b",
        r"(?:steht|stehen|wird|ist|sind) [^.!?]{0,40}\bnicht (?:erwähnt|angegeben|beschrieben|in den (?:unterlagen|texten))",
    ),
    "fr": (
        r"je (?:ne |n')(?:peux|puis|sais|suis pas en mesure|dispose|ai)\b[^.!?]{0,30}\b(?:pas|aucune)\b",
        r"(?:désolée?|je regrette)\b[^.!?]{0,60}\bne (?:peux|puis|sais|dispose)\b",
        r"n'(?:est|sont) pas (?:mentionnée?s?|précisée?s?|indiquée?s?)\b",
        r"(?:documents?|textes?)[^.!?]{0,40}\bne (?:disent|dit|précisent|précise|mentionnent|mentionne|contiennent)\b",
    ),
    "es": (
        r"no (?:lo )?sé\b",
        r"no (?:puedo|podemos) (?:ayudar|ayudarle|ayudarte|responder|decir|proporcionar|facilitar|cumplir|dar)",
        r"no (?:dispongo|tengo|tenemos|disponemos)\b[^.!?]{0,15}\b(?:información|datos|respuesta)\b",
        r"no (?:se |está |están )(?:menciona|mencionan|indica|indican|especifica|especifican|mencionad[oa]s?|indicad[oa]s?)\b",
        r"(?:documentos?|textos?)[^.!?]{0,40}\bno (?:dicen?|mencionan?|indican?|especifican?)\b",
    ),
}
"""What refusals say, by language; in small letters (which makes ss of ß) and with straight apostrophes."""

_ANY = re.compile("|".join(rf"(?:\b{phrase})" for phrases in PHRASES.values() for phrase in phrases))


def is_refusal(text: str) -> bool:
    """Whether the beginning of a text declines to answer, in English, German, French or Spanish.

    It knows phrases and no meaning: an unusual refusal is missed, and a text that quotes such a phrase counts as one.
    """
    plain = " ".join(text.casefold().replace("’", "'").split())
    return bool(_ANY.search(plain[:OPENING]))


def refusal(settings: Refusal) -> Grading:
    """Passes the answer that declines, or with `wanted: no` the one that does not."""

    def graded(_: Answer, text: str) -> Grade:
        found = is_refusal(text)
        return passed(right=found == settings.wanted, why="it declines" if found else "it does not decline")

    return one_by_one(graded)
