from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "perdure.site"
    label = "site"

    def ready(self) -> None:
        """Join parts that do not know one another."""
        from perdure.parts.intake import api as intake
        from perdure.site.suggestions import Suggestions

        intake.receivers.append(Suggestions())
