"""Words so frequent that they tell the language of a text, and carry little of its meaning."""

from __future__ import annotations

from collections.abc import Mapping

STOP_WORDS: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        [
            "the", "a", "an", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "from",
            "with", "without", "is", "are", "was", "were", "be", "been", "am", "this", "that", "these",
            "those", "it", "its", "he", "she", "they", "we", "you", "i", "your", "our", "their", "his",
            "her", "my", "not", "no", "do", "does", "did", "can", "could", "will", "would", "shall",
            "should", "may", "might", "must", "have", "has", "had", "if", "then", "than", "as", "so",
            "there", "here", "what", "which", "who", "when", "where", "how", "any", "some", "all",
            "only", "also", "very", "just", "more", "most", "into", "about", "after", "before",
            "between", "it's", "don't", "doesn't", "isn't", "can't", "you're", "we're", "i'm", "please",
        ]
    ),
    "de": frozenset(
        [
            "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines",
            "und", "oder", "aber", "von", "zu", "in", "im", "am", "auf", "bei", "für", "mit", "ohne",
            "ist", "sind", "war", "waren", "sein", "wird", "werden", "wurde", "dies", "diese", "dieser",
            "dieses", "es", "er", "sie", "wir", "ihr", "ihre", "ihren", "ich", "mein", "sein", "nicht",
            "kein", "keine", "kann", "können", "soll", "muss", "müssen", "haben", "hat", "hatte", "wenn",
            "dann", "als", "so", "hier", "was", "welche", "wer", "wann", "wo", "wie", "auch", "sehr",
            "nur", "noch", "nach", "vor", "zwischen", "über", "unter", "zum", "zur", "vom", "bis",
            "dass", "durch", "um", "bitte",
        ]
    ),
    "fr": frozenset(
        [
            "le", "la", "les", "un", "une", "des", "du", "de", "et", "ou", "mais", "à", "au", "aux",
            "en", "dans", "sur", "par", "pour", "avec", "sans", "est", "sont", "était", "être", "ce",
            "cet", "cette", "ces", "il", "elle", "ils", "elles", "nous", "vous", "je", "tu", "votre",
            "vos", "notre", "nos", "leur", "leurs", "mon", "son", "sa", "ses", "ne", "pas", "plus",
            "aucun", "peut", "peuvent", "doit", "ont", "avoir", "si", "alors", "que", "qui", "quoi",
            "quand", "où", "comment", "aussi", "très", "seulement", "après", "avant", "entre", "d'un",
            "d'une", "c'est", "qu'il", "lors",
        ]
    ),
    "es": frozenset(
        [
            "el", "la", "los", "las", "un", "una", "unos", "unas", "de", "del", "y", "o", "pero", "a",
            "al", "en", "por", "para", "con", "sin", "es", "son", "era", "ser", "está", "están", "este",
            "esta", "estos", "estas", "eso", "él", "ella", "ellos", "nosotros", "usted", "ustedes", "yo",
            "tu", "su", "sus", "mi", "nuestro", "no", "ni", "puede", "pueden", "debe", "hay", "ha",
            "han", "tener", "si", "entonces", "que", "qué", "quien", "cuando", "donde", "cómo", "como",
            "también", "muy", "sólo", "solo", "más", "después", "antes", "entre", "se", "lo", "le",
            "les", "desde", "hasta",
        ]
    ),
    "it": frozenset(
        [
            "il", "lo", "la", "i", "gli", "le", "un", "uno", "una", "di", "del", "della", "dei", "delle",
            "e", "o", "ma", "a", "al", "alla", "ai", "alle", "in", "nel", "nella", "su", "per", "con",
            "senza", "è", "sono", "era", "essere", "questo", "questa", "questi", "queste", "egli", "lei",
            "noi", "voi", "io", "tu", "suo", "sua", "suoi", "loro", "mio", "nostro", "non", "né", "può",
            "possono", "deve", "ha", "hanno", "avere", "se", "allora", "che", "chi", "quando", "dove",
            "come", "anche", "molto", "solo", "più", "dopo", "prima", "tra", "fra", "si", "da", "dal",
            "dalla",
        ]
    ),
    "pt": frozenset(
        [
            "o", "a", "os", "as", "um", "uma", "uns", "umas", "de", "do", "da", "dos", "das", "e", "ou",
            "mas", "ao", "à", "em", "no", "na", "nos", "nas", "por", "para", "com", "sem", "é", "são",
            "era", "ser", "está", "estão", "este", "esta", "estes", "estas", "isso", "ele", "ela",
            "eles", "nós", "você", "vocês", "eu", "seu", "sua", "seus", "meu", "nosso", "não", "nem",
            "pode", "podem", "deve", "há", "tem", "têm", "se", "então", "que", "quem", "quando", "onde",
            "como", "também", "muito", "só", "mais", "depois", "antes", "entre", "até", "pelo", "pela",
        ]
    ),
    "nl": frozenset(
        [
            "de", "het", "een", "en", "of", "maar", "van", "te", "in", "op", "aan", "bij", "voor", "met",
            "zonder", "is", "zijn", "was", "waren", "wordt", "worden", "dit", "dat", "deze", "die",
            "hij", "zij", "ze", "wij", "we", "u", "jullie", "ik", "mijn", "uw", "ons", "onze", "hun",
            "niet", "geen", "kan", "kunnen", "moet", "moeten", "heeft", "hebben", "had", "als", "dan",
            "zo", "er", "hier", "wat", "welke", "wie", "wanneer", "waar", "hoe", "ook", "zeer", "alleen",
            "nog", "meer", "na", "tussen", "over", "naar", "om", "door", "tot", "uit",
        ]
    ),
}  # fmt: skip
"""By the code of the language."""

ANSWERS = frozenset(
    [
            "yes", "ok", "okay", "hello", "hi", "thanks", "thank", "ja", "nein", "danke", "hallo", "oui",
            "non", "merci", "bonjour", "sí", "gracias", "hola",
        ]
)  # fmt: skip
"""Words that answer, greet or thank, and claim nothing by themselves."""

EVERY = ANSWERS.union(*(STOP_WORDS[code] for code in ("en", "de", "fr", "es")))
"""Those of the four languages whose refusals are known, too, with the words that claim nothing."""
