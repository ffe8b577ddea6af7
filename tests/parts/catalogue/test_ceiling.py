"""An installation takes no service whose applications it may not hold."""

from __future__ import annotations

import pytest

from perdure.foundation.access import api as access
from perdure.parts.catalogue import api as catalogue

pytestmark = pytest.mark.django_db


def test_a_service_labelled_above_the_ceiling_does_not_go_live(garden, settings):
    settings.LABEL_SCHEME, settings.CEILING = "uk", "public"
    with pytest.raises(access.LabelTooHigh, match="official"):
        catalogue.publish(garden, by="system:test")
    assert catalogue.running_services() == []
    settings.CEILING = "official"
    catalogue.publish(garden, by="system:test")
    assert len(catalogue.running_services()) == 1
