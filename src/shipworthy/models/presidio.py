"""Presidio as a second finder of personal data: the kinds that the patterns of the core do not know (extra `pii`)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from shipworthy.errors import InputError
from shipworthy.personal.span import Span

LANGUAGE = "en"
LEFT_OUT = ("SpacyRecognizer", "EmailRecognizer", "UrlRecognizer", "DateRecognizer", "PhoneRecognizer")
"""Recognisers that need a language model or fetch a list of domains, and those that take versions and dates for numbers."""


def presidio() -> tuple[Callable[[str], tuple[Span, ...]], str]:
    """A finder of spans in a text, and its name with its version. Nothing is downloaded, and no language model is needed.

    Raises:
        InputError: the extra is not installed.
    """
    try:
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    except ModuleNotFoundError:
        raise InputError(
            "audit.presidio", "presidio-analyzer is not installed", remedy="pip install 'shipworthy[pii]'"
        ) from None
    logging.getLogger("presidio-analyzer").setLevel(
        logging.ERROR
    )  # it warns of every language it was not asked for
    engine, registry = _words_only(), RecognizerRegistry(supported_languages=[LANGUAGE])
    registry.load_predefined_recognizers(languages=[LANGUAGE], nlp_engine=engine)
    for name in LEFT_OUT:
        registry.remove_recognizer(name)
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=[LANGUAGE])

    def spans(text: str) -> tuple[Span, ...]:
        found = analyzer.analyze(text, language=LANGUAGE)
        return tuple(Span(each.entity_type.lower(), each.start, each.end) for each in found)

    return spans, f"presidio-analyzer {version('presidio-analyzer')}"


def _words_only() -> Any:
    """A language engine that only divides a text into words."""
    import spacy
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    engine = SpacyNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "blank"}])
    engine.nlp = {LANGUAGE: spacy.blank(LANGUAGE)}
    return engine
