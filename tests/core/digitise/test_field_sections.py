"""Every field says under which heading of the paper it stands."""

from perdure.core.digitise.api import read_form
from perdure.examples import GRANT_PDF


def test_every_field_of_the_grant_form_stands_under_a_part_of_it():
    fields = read_form(GRANT_PDF).fields
    assert all(field.section for field in fields)
    assert len({field.section for field in fields}) > 2
