"""Publishing: versions that never change, and services that open and close."""

from __future__ import annotations

import pytest
from tests.parts.catalogue.conftest import grant

from perdure.foundation.audit import api as audit
from perdure.parts.catalogue import api as catalogue
from perdure.parts.catalogue.models import Draft, Version, VersionNeverChanges

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_running_until_it_is_published(garden):
    assert catalogue.running_services() == []
    with pytest.raises(catalogue.ServiceClosed):
        catalogue.live_version(garden)
    version = catalogue.publish(garden, by="system:test")
    assert catalogue.live_version(garden) == version
    [running] = catalogue.running_services()
    assert (running.slug, running.title) == ("garden-grant", "Garden grant")
    assert running.summary.strip() == "Money for a garden."


def test_publishing_the_same_content_again_makes_no_new_version(garden):
    first = catalogue.publish(garden, by="system:test")
    assert catalogue.publish(garden, by="system:test") == first
    assert Version.objects.count() == 1


def test_what_the_review_keeps_is_not_part_of_a_version(garden):
    version = catalogue.publish(garden, by="system:test")
    assert all(question.confidence is None for question in catalogue.definition_at(version).questions())


def test_changed_content_is_a_new_version_and_the_old_one_stays(garden):
    first = catalogue.publish(garden, by="system:test")
    Draft.objects.update(definition=grant(size_title="How large is it?"))
    second = catalogue.publish(garden, by="system:test")
    assert first != second
    assert catalogue.live_version(garden) == second
    assert catalogue.definition_at(first).questions()[1].title == "How big is your garden?"


def test_a_published_version_refuses_every_kind_of_change(garden):
    catalogue.publish(garden, by="system:test")
    version = Version.objects.get()
    version.definition = "another"
    for change in (
        version.save,
        version.delete,
        lambda: Version.objects.update(definition="another"),
        lambda: Version.objects.all().delete(),
        lambda: Version.objects.bulk_update([version], ["definition"]),
        lambda: version.service.versions.update(number=7),
    ):
        with pytest.raises(VersionNeverChanges):
            change()
    assert "Garden grant" in Version.objects.get().definition


def test_a_version_is_read_from_the_database_once(garden, django_assert_num_queries):
    version = catalogue.publish(garden, by="system:test")
    catalogue.service_at.cache_clear()
    with django_assert_num_queries(1):
        catalogue.service_at(version)
    with django_assert_num_queries(0):
        assert catalogue.service_at(version) is catalogue.service_at(version)
        assert catalogue.definition_at(version).id == garden


def test_a_closed_service_keeps_its_versions_and_can_open_again(garden):
    version = catalogue.publish(garden, by="system:test")
    catalogue.close(garden, by="system:test")
    with pytest.raises(catalogue.ServiceClosed, match="Garden grant takes no applications"):
        catalogue.live_version(garden)
    assert catalogue.definition_at(version).id == garden
    catalogue.reopen(garden, by="system:test")
    assert catalogue.live_version(garden) == version


def test_nothing_opens_that_was_never_published(garden):
    with pytest.raises(catalogue.CannotPublish):
        catalogue.reopen(garden, by="system:test")


def test_a_draft_that_is_not_usable_stays_a_draft(garden):
    Draft.objects.update(definition=grant().replace("type: name", "type: nonsense"))
    with pytest.raises(catalogue.CannotPublish) as refusal:
        catalogue.publish(garden, by="system:test")
    assert "line 10" in refusal.value.problems[0]
    assert Version.objects.count() == 0


def test_a_draft_changed_since_it_was_looked_at_is_not_published(garden):
    Draft.objects.update(revision=4)
    with pytest.raises(catalogue.StaleDraft):
        catalogue.publish(garden, by="system:test", revision=3)
    assert catalogue.running_services() == []


def test_an_unknown_name_is_refused_in_words(db):
    for ask in (catalogue.live_version, catalogue.paper_of):
        with pytest.raises(catalogue.ServiceNotFound):
            ask("nowhere")
    with pytest.raises(catalogue.ServiceNotFound):
        catalogue.service_at("0" * 64)


def test_every_step_is_on_the_record(garden):
    catalogue.publish(garden, by="system:test")
    catalogue.close(garden, by="system:test")
    verbs = [act.verb for act in audit.acts_about(garden)]
    assert verbs == ["service-drafted", "version-published", "service-opened", "service-closed"]
