"""The section `triage:`: facts about the use that decide how the law treats it; yes, no, or unknown."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from shipworthy.spec.sections import Section


def _known(value: Any) -> Any:
    """Yes or no; what is said to be unknown counts as unsaid."""
    return None if isinstance(value, str) and value.strip().casefold() == "unknown" else value


Answer = Annotated[
    bool | None, BeforeValidator(_known), WithJsonSchema({"enum": [True, False, "yes", "no", "unknown"]})
]


def _fact(description: str) -> Any:
    return Field(default=None, description=description, examples=["no"])


class Triage(Section):
    """Facts about the use, each yes, no or unknown. What each leads to stands in the editions of the package."""

    reaches_eu: Answer = _fact("whether people in the European Union use it or are affected by it")
    manipulates: Answer = _fact(
        "whether it distorts what people do by hidden or deceptive means, to their harm"
    )
    exploits_weakness: Answer = _fact(
        "whether it uses age, disability or need of people to distort what they do"
    )
    social_scoring: Answer = _fact(
        "whether it scores people by conduct or character, and treats them worse for it elsewhere"
    )
    predicts_crime: Answer = _fact(
        "whether it predicts from a profile alone that a person will commit a crime"
    )
    scrapes_faces: Answer = _fact("whether it builds a database of faces from the internet or from cameras")
    emotions_at_work: Answer = _fact(
        "whether it infers emotions at work or at school, not for medicine or safety"
    )
    sorts_by_body: Answer = _fact("whether it infers race, religion, politics or orientation from the body")
    live_face_search: Answer = _fact("whether police search for faces in public with it as people pass by")
    intimate_imagery: Answer = _fact(
        "whether it makes intimate images of people without consent, or of children at all"
    )
    safety_component: Answer = _fact("whether it is a safety part of a product that must be certified")
    biometrics: Answer = _fact("whether it identifies or sorts people by their body, or reads their emotions")
    critical_infrastructure: Answer = _fact(
        "whether it keeps traffic, water, gas, heat, power or networks safe"
    )
    education: Answer = _fact("whether it decides admission, marks, level or supervision in education")
    employment: Answer = _fact("whether it helps to hire, promote, dismiss, allot work to or watch workers")
    essential_services: Answer = _fact(
        "whether it decides about credit, life or health insurance, benefits or emergency calls"
    )
    law_enforcement: Answer = _fact("whether police or prosecutors weigh people or evidence with it")
    migration: Answer = _fact("whether it is used for asylum, visas or borders")
    justice: Answer = _fact("whether courts decide with it, or votes are swayed by it")
    narrow_task: Answer = _fact(
        "whether it only prepares or checks what a person decides, and sways no outcome by itself"
    )
    profiles_people: Answer = _fact(
        "whether it evaluates traits of single persons: work, money, health, conduct"
    )
    faces_people: Answer = _fact("whether people talk or write with it directly")
    generates_content: Answer = _fact("whether it generates text, images, sound or video")
    deepfakes: Answer = _fact("whether what it generates passes for real persons, places or events")
    reads_emotions: Answer = _fact("whether it reads emotions of people or sorts them by their body")


__all__ = ["Triage"]
