from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "perdure.parts.intake"
    label = "intake"
