"""The floor's views: read the row, show the page, keep what was posted."""

import secrets

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from bench.floor.models import Journey, Submission

TENURE = (
    ("own", "I own it"),
    ("council", "I rent it from the council"),
    ("association", "I rent it from a housing association"),
    ("private", "I rent it from a private landlord"),
)
PAGES = {
    "name": ("What is your name?", (("name-given", "First name"), ("name-family", "Last name"))),
    "born": (
        "What is your date of birth?",
        (("born-day", "Day"), ("born-month", "Month"), ("born-year", "Year")),
    ),
    "address": (
        "What is your address?",
        (
            ("home-line1", "Line 1"),
            ("home-line2", "Line 2"),
            ("home-town", "Town"),
            ("home-postcode", "Postcode"),
        ),
    ),
    "tenure": ("Do you own your home or rent it?", (("tenure", ""),)),
    "savings": ("How much do you have in savings?", (("savings", "Amount"),)),
    "difficulty": ("What is hard for you at home now?", (("difficulty", ""),)),
}
ORDER = list(PAGES)


def start(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        row = Journey.objects.create(key=secrets.token_hex(16))
        response = HttpResponseRedirect(f"/{ORDER[0]}/")
        response.set_signed_cookie("journey", row.key, httponly=True, samesite="Lax")
        return response
    return render(request, "start.html", {})


def question(request: HttpRequest, page: str) -> HttpResponse:
    title, inputs = PAGES[page]
    key = request.get_signed_cookie("journey")
    if request.method == "POST":
        with transaction.atomic():
            row = Journey.objects.select_for_update().get(key=key)
            row.answers = {**row.answers, **{name: request.POST[name] for name, _label in inputs}}
            row.save(update_fields=["answers"])
        at = ORDER.index(page) + 1
        return HttpResponseRedirect(f"/{ORDER[at]}/" if at < len(ORDER) else "/check/")
    row = Journey.objects.get(key=key)
    fields = [(name, label, row.answers.get(name, "")) for name, label in inputs]
    words = {"title": title, "fields": fields, "page": page, "options": TENURE, "at": ORDER.index(page) + 1}
    return render(request, "question.html", words)


def check(request: HttpRequest) -> HttpResponse:
    key = request.get_signed_cookie("journey")
    if request.method == "POST":
        with transaction.atomic():
            row = Journey.objects.select_for_update().get(key=key)
            Submission.objects.create(reference=key, answers=row.answers)
        return HttpResponseRedirect("/sent/")
    return render(request, "check.html", {"answers": Journey.objects.get(key=key).answers})


def sent(request: HttpRequest) -> HttpResponse:
    row = Submission.objects.get(reference=request.get_signed_cookie("journey"))
    return render(request, "sent.html", {"reference": row.reference})
