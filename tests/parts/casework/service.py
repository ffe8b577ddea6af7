"""A small service to test casework with: sections, a condition, a secret, a rule, a group, letters."""

from __future__ import annotations

GRANT = """\
perdure: 1
id: {slug}
title: {title}
owner: Homes team
review_by: 2030-01-31
label: official
currency: GBP
contact: {{phone: 0800 555 0101, email: grants@example.org}}
pages:
  - id: name
    section: You
    questions:
      - {{id: name, type: name, title: What is your name?, parts: [given, family], required: true}}
  - id: number
    section: You
    questions:
      - {{id: number, type: identifier, title: What is your number?, required: true, sensitive: true}}
  - id: lives-with
    section: Your home
    questions:
      - id: lives_with
        type: choice
        title: Who do you live with?
        required: true
        options:
          - {{value: alone, title: I live on my own}}
          - {{value: partner, title: My partner}}
  - id: partner
    section: Your home
    asked_when: lives_with = partner
    questions:
      - {{id: partner_income, type: money, title: What does your partner earn?, required: true}}
  - id: children
    section: Your home
    title: Your children
    repeat: {{id: children, one: child}}
    questions:
      - {{id: child_name, type: text, title: What is the child called?, required: true}}
  - id: savings
    section: Your money
    questions:
      - {{id: savings, type: money, title: How much have you saved?, required: true}}
eligibility:
  - id: savings
    refuse_when: savings > 23250
    reason: You have more than £23,250 in savings.
    source: Rule 4 of the scheme
casework:
  decide_within_days: 28
  outcomes:
    - {{id: approve, title: Approve, effect: approved, needs_reason: false, letter: approved}}
    - {{id: refuse, title: Refuse, effect: refused, letter: refused}}
    - {{id: withdraw, title: Close as withdrawn, effect: withdrawn}}
letters:
  - id: approved
    subject: "We can help: {{service}}"
    body: |
      Dear {{name}},

      we have approved your application {{reference}} on {{date}}.
"""

ANSWERS = {
    "name": {"given": "Ada", "family": "Byron"},
    "number": "QQ123456C",
    "lives_with": "alone",
    "savings": "1200.00",
}
RICH = {**ANSWERS, "savings": "30000.00"}


def grant(slug: str = "home-grant", title: str = "Home grant") -> str:
    """The definition file."""
    return GRANT.format(slug=slug, title=title)
