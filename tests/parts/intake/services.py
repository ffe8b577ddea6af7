"""Small services for tests, as definition files."""

# ruff: noqa: E501  (a question on a line of its own is easier to read)

from __future__ import annotations

HEAD = """\
perdure: 1
id: {id}
title: Garden grant
summary: Money for a garden.
owner: Parks team
review_by: 2030-01-31
currency: GBP
contact: {{phone: 01632 960 001, email: parks@council.example, hours: 9 to 5}}
casework: {{decide_within_days: 10}}
pages:
"""

ROUTES = """\
  - id: name
    section: About you
    questions:
      - {id: name, type: name, title: What is your name?, parts: [given, family], required: true, autocomplete: name}
  - id: lives-with
    section: About you
    questions:
      - id: lives_with
        type: choice
        title: Who do you live with?
        required: true
        options: [{value: alone, title: I live on my own}, {value: partner, title: With my partner}]
  - id: partner-income
    section: Money
    asked_when: lives_with = partner
    because: "If you live alone, go to question 4."
    questions:
      - {id: partner_income, type: money, title: What does your partner earn each week?, required: true, min: "0"}
  - id: savings
    section: Money
    questions:
      - {id: savings, type: money, title: How much do you have in savings?, hint: Not your home., required: true}
  - id: phone
    questions:
      - {id: phone, type: phone, title: Which phone number can we call?, autocomplete: tel}
eligibility:
  - {id: too_much, refuse_when: savings > 16000, reason: You have more than 16 000 pounds., source: Section 4}
"""

CHILDREN = """\
  - id: children
    title: Your children
    section: Family
    repeat: {id: children, one: child, at_least: AT_LEAST, at_most: 3}
    questions:
      - {id: child_name, type: text, title: What is their name?, required: true, max_length: 40}
      - {id: at_school, type: yes_no, title: Do they go to school?, required: true}
      - {id: school, type: text, title: Which school?, required: true, asked_when: at_school = yes}
  - id: done
    questions:
      - {id: agreed, type: tick, title: I agree, required: true}
"""

TOGETHER = """\
  - id: work
    title: Your work
    questions:
      - {id: works, type: yes_no, title: Do you work?, required: true}
      - {id: employer, type: text, title: Who do you work for?, required: true, asked_when: works = yes}
      - {id: hours, type: whole_number, title: How many hours a week?, unit: hours, max: 100}
"""

EVERY_KIND = """\
  - id: text
    questions: [{id: a_text, type: text, title: A text, hint: Some words., max_length: 40}]
  - id: long
    questions: [{id: a_long, type: long_text, title: A long text, max_length: 200}]
  - id: whole
    questions: [{id: a_whole, type: whole_number, title: A whole number, unit: years}]
  - id: number
    questions: [{id: a_number, type: number, title: A number}]
  - id: money
    questions: [{id: a_money, type: money, title: An amount}]
  - id: percent
    questions: [{id: a_percent, type: percent, title: A percentage, unit: "%"}]
  - id: date
    questions: [{id: a_date, type: date, title: A date, autocomplete: bday}]
  - id: time
    questions: [{id: a_time, type: time, title: A time}]
  - id: yes
    questions: [{id: a_yes, type: yes_no, title: Yes or no}]
  - id: tick
    guidance: "Read **this** first."
    questions: [{id: a_tick, type: tick, title: I have read this}]
  - id: choice
    questions:
      - {id: a_choice, type: choice, title: One of these, options: [{value: a, title: First, hint: The first.}, {value: b, title: Second}]}
  - id: choices
    questions:
      - {id: a_choices, type: choices, title: Some of these, options: [{value: a, title: First}, {value: b, title: Second}]}
  - id: state
    questions:
      - id: a_state
        type: choice
        title: One of many
        options: [OPTIONS]
  - id: full-name
    questions: [{id: a_name, type: name, title: Your name, parts: [title, given, middle, family], autocomplete: name}]
  - id: one-line-name
    questions: [{id: a_line, type: name, title: Your whole name, parts: [full], autocomplete: name}]
  - id: address
    questions: [{id: an_address, type: address, title: Your address, parts: [line1, line2, town, county, postcode], autocomplete: street-address}]
  - id: one-box-address
    questions: [{id: a_box, type: address, title: Your whole address, parts: [full]}]
  - id: phone
    questions: [{id: a_phone, type: phone, title: Your phone number, autocomplete: tel}]
  - id: email
    questions: [{id: an_email, type: email, title: Your email address, autocomplete: email}]
  - id: number-of-card
    questions: [{id: an_identifier, type: identifier, title: Your card number, max_length: 12}]
  - id: signature
    questions: [{id: a_signature, type: signature, title: Your signature}]
  - id: check
    questions: [{id: a_check, type: text, title: A page with a name of ours}]
"""


def routes(id: str = "garden-grant") -> str:
    """A page that is asked on a condition, and a rule of eligibility."""
    return HEAD.format(id=id) + ROUTES


def children(id: str = "family-grant", at_least: int = 0) -> str:
    """A repeating page with a question on a condition."""
    return HEAD.format(id=id) + CHILDREN.replace("AT_LEAST", str(at_least))


def together(id: str = "work-grant") -> str:
    """One page with several questions, one of them on a condition."""
    return HEAD.format(id=id) + TOGETHER


def every_kind(id: str = "every-kind") -> str:
    """Each type of question on a page of its own, none required."""
    options = ", ".join(f"{{value: s{at}, title: State {at}}}" for at in range(20))
    return HEAD.format(id=id) + EVERY_KIND.replace("OPTIONS", options)


def publish(definition: str, pdf: bytes | None = None) -> str:
    """Publish a definition and return its slug."""
    from perdure.parts.catalogue import api as catalogue

    slug = catalogue.add_from_definition(definition, pdf, by="system:test")
    catalogue.publish(slug, by="system:test")
    return slug


def publish_again(slug: str, definition: str) -> str:
    """Put another version live, as Studio would, and return it."""
    from perdure.parts.catalogue import api as catalogue
    from perdure.parts.catalogue.models import Draft

    Draft.objects.filter(service__slug=slug).update(definition=definition)
    return catalogue.publish(slug, by="system:test")
