from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "perdure.foundation.jobs"
    label = "jobs"
