"""What to ask of the data, and what the tallies of its rows answer: the room behind `shipworthy audit`.

`defaults` are the claims that are judged where product.yaml writes none of their sort; `asking` puts both together;
`judging` turns tallies into verdicts; `findings` says each as a line of the readiness card, with `advice` on what to do.
"""

from shipworthy.audit.asking import DataQuestions, data_questions
from shipworthy.audit.defaults import Facts
from shipworthy.audit.findings import findings_of
from shipworthy.audit.judging import judged

__all__ = ["DataQuestions", "Facts", "data_questions", "findings_of", "judged"]
