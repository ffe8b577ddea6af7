from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "perdure.parts.casework"
    label = "casework"
