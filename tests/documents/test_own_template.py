"""A team's own template shows the fields of its kind; an unknown one is named with its line and the nearest."""

import pytest

from shipworthy.documents import bound_numbers
from shipworthy.documents.own_template import OwnTemplate
from shipworthy.errors import InputError
from tests.documents import papers

GOOD = """# {{ name }} for the board

{% for row in requirements %}
- {{ row.text | code }}: {% for part in row.measured %}{{ part | words }}{% endfor %}

{% endfor %}
{{ standing | statement }}
"""


def refusal(text, kind="prd"):
    with pytest.raises(InputError) as caught:
        papers.paper(kind, own=OwnTemplate("documents/prd.md.j2", text))
    return caught.value.problem


def test_it_shows_fields_and_binds_their_numbers():
    page = papers.paper("prd", own=OwnTemplate("documents/prd.md.j2", GOOD)).html()
    assert "Mail shield for the board" in page
    assert 5 < len(bound_numbers(page))


def test_an_unknown_field_is_named_with_its_line_and_the_nearest():
    problem = refusal("# {{ name }}\n\n{{ standin | statement }}\n")
    assert ("document.field", "documents/prd.md.j2:3") == (problem.code, str(problem.where))
    assert "'standin' is no field of this document" in problem.message
    assert problem.remedy.startswith("Did you mean 'standing'?")


def test_an_unknown_field_of_a_row_is_named_too():
    problem = refusal("{{ name }}\n{% for row in requirements %}\n{{ row.verdit }}\n{% endfor %}\n")
    assert "documents/prd.md.j2:3" == str(problem.where)
    assert "'verdit' is no field of Wanted" in problem.message
    assert "Did you mean 'verdict'?" in problem.remedy


def test_a_broken_template_is_named_with_its_line():
    problem = refusal("# {{ name }}\n{% for row in %}\n")
    assert ("document.template", "documents/prd.md.j2:2") == (problem.code, str(problem.where))


@pytest.mark.parametrize(
    "text",
    [
        "{{ name.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ requirements[0].__init__.__globals__ }}",
        "{% include 'memo.md.j2' %}",
        "{{ range(1000000000) | list }}",
        "{{ 1 / 0 }}",
        "{{ name | nosuch }}",
        "{{ name | statement }}",
    ],
)
def test_a_template_reaches_nothing_but_its_fields(text):
    assert refusal(text).code in ("document.template", "document.field")


def test_its_text_is_part_of_the_seal():
    plain, own = papers.paper("prd"), papers.paper("prd", own=OwnTemplate("x", GOOD))
    assert ("", 64) == (plain.seal.template, len(own.seal.template))
