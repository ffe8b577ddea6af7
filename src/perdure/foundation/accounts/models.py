"""People who work here, what they may do where, and one-time links that let them in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    """Makes people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff. clearance: the highest handling label they may see (see access)."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    clearance = models.CharField(max_length=40, default="official")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """A role at one service, or at every service when service is empty."""

    class Role(models.TextChoices):
        OWNER = "owner"
        CASEWORKER = "caseworker"
        VIEWER = "viewer"
        KEEPER = "keeper"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    service = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "service"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.service or 'every service'}"


class SignInLink(models.Model):
    """A link that lets one person in once. Only a hash of its secret is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link of {self.made_at:%Y-%m-%d %H:%M}"


class Tries(models.Model):
    """How often something was tried since a moment. key: a hash, so that no address is kept."""

    key = models.CharField(primary_key=True, max_length=64)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%Y-%m-%d %H:%M:%S}"


class CacheEntry(models.Model):
    """The table of Django's database cache, so that limits on sign-in hold over all processes."""

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_cache"

    def __str__(self) -> str:
        return self.cache_key
