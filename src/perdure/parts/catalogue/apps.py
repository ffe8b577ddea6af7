from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "perdure.parts.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """A worker process must know how to do the jobs, though it serves no pages."""
        from perdure.parts.catalogue import proposing, uploads, weighing  # noqa: F401  (they add their jobs)
