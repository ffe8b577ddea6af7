from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "perdure.foundation.accounts"
    label = "accounts"
