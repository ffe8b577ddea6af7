from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "perdure.site"
    label = "site"
