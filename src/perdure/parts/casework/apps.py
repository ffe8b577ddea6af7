from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "perdure.parts.casework"
    label = "casework"

    def ready(self) -> None:
        """Answer intake's question "who takes over what was sent?", and learn to make letters."""
        from perdure.parts.casework import papers, receiving  # noqa: F401  papers registers its job
        from perdure.parts.intake import api as intake

        intake.receivers.append(receiving.Receiving())
