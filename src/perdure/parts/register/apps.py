from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "perdure.parts.register"
    label = "register"

    def ready(self) -> None:
        """A worker process must know how to do the jobs, though it serves no pages."""
        from perdure.parts.register import (  # noqa: F401  (they add their jobs)
            following_mail,
            forecasting,
            importing,
            linking,
            submissions,
            visiting,
        )
