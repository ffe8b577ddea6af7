from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "perdure.foundation.files"
    label = "files"
