from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "perdure.parts.register"
    label = "register"
