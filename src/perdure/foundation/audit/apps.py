from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "perdure.foundation.audit"
    label = "audit"
