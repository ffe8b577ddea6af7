from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "perdure.parts.catalogue"
    label = "catalogue"
