"""Cases of change: what was changed and what became of it, what lists said of it, what links it to others."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class SourceList(models.Model):
    """Where cases come from: one published list (its years together), or people who write them in.

    mapping     the YAML mapping that was used last, offered next year
    complete    does a list of a year name every case there is? Only then does missing mean gone.
    left_out    comparisons that the last search for links did not make, or not wholly: see linking_finding
    """

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=300, blank=True)
    address = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    complete = models.BooleanField(default=False)
    mapping = models.TextField(blank=True)
    linking = models.UUIDField(null=True, blank=True, help_text="Progress of the last search for links.")
    left_out = models.JSONField(default=list, blank=True)
    foreseeing = models.UUIDField(null=True, blank=True, help_text="Progress of the last forecasting.")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.title


class Case(models.Model):
    """One change to a public service, as far as it is known today.

    key         what the source list calls it, for finding it again; unique in that list
    shared_key  the key as the list has it, where another case bore it first; its own says more
    merged      the case that this one turned out to be; a merged case is shown as that one
    status      what is known today: from follow-up first, from lists else
    area        COFOG division, 01 to 10
    cost        whole life, in units of `currency`
    owner_language  in which its owner is written to; empty: guessed from its country
    extra       columns of the list that no field was made for
    words       everything that search looks through, in small letters
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    class Status(models.TextChoices):
        RUNNING = "running"
        PLANNED = "planned"
        ENDED = "ended"
        UNKNOWN = "unknown"

    class Level(models.TextChoices):
        INTERNATIONAL = "international"
        NATIONAL = "national"
        REGIONAL = "regional"
        LOCAL = "local"
        UNKNOWN = ""

    class Stage(models.TextChoices):
        """The six stages of the innovation life cycle as OPSI names them."""

        IDENTIFYING_PROBLEMS = "identifying_problems"
        GENERATING_IDEAS = "generating_ideas"
        DEVELOPING_PROPOSALS = "developing_proposals"
        IMPLEMENTING = "implementing"
        EVALUATING = "evaluating"
        DIFFUSING = "diffusing"
        UNKNOWN = ""

    class Ending(models.TextChoices):
        """Why a change is no longer there on its own."""

        ENDED_WELL = "ended_well"
        ABSORBED = "absorbed"
        ENDED_BADLY = "ended_badly"
        UNKNOWN = ""

    reference = models.CharField(max_length=24)
    source = models.ForeignKey(
        SourceList, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    key = models.CharField(max_length=300, blank=True)
    shared_key = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    merged = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="was", db_index=False
    )

    title = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    for_whom = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True)
    level = models.CharField(max_length=13, choices=Level.choices, blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=300, blank=True)
    area = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=120, blank=True)
    stage = models.CharField(max_length=20, choices=Stage.choices, blank=True)
    stage_raw = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.UNKNOWN)
    ending = models.CharField(max_length=11, choices=Ending.choices, blank=True)
    started = models.DateField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    planned_end = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)
    cost = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    rating = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    outcome_later = models.CharField(max_length=40, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    url = models.CharField(max_length=500, blank=True)
    first_listed = models.PositiveSmallIntegerField(null=True, blank=True)
    last_listed = models.PositiveSmallIntegerField(null=True, blank=True)
    owner_email = models.EmailField(blank=True)
    owner_language = models.CharField(max_length=8, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    held = models.JSONField(
        default=list, blank=True, help_text="Names of fields that a person set: no import changes them."
    )
    words = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        # Each index costs every row of an import; filters are words of the search index and need none here.
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="one_case_per_reference"),
            models.UniqueConstraint(
                fields=["source", "key"], condition=~models.Q(key=""), name="one_case_per_key"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "changed_at"]),
            models.Index(
                fields=["merged"], condition=models.Q(merged__isnull=False), name="register_case_merged"
            ),
            models.Index(
                fields=["source", "shared_key"],
                condition=~models.Q(shared_key=""),
                name="register_case_shared",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Technology(models.Model):
    """A technology that a case uses, in the words of its list."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="technologies", db_index=False)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="one_technology_per_case")]
        indexes = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One file that was read into the register. read = added + merged + rejected, always.

    file      SHA-256 of the file, kept in files in pieces
    mapping   the YAML as it was used
    progress  id of the job's progress
    read      also the place to go on from: rows of the file that are accounted for
    rows      how many there are in the file
    looked    what the file turned out to be: columns, encoding, sample, why each column was suggested
    noted     years: year -> rows that speak of it; unread: field -> rows in which it could not be read
    """

    class State(models.TextChoices):
        LOOKING = "looking"
        MAPPING = "mapping"
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"
        FAILED = "failed"
        UNDOING = "undoing"
        UNDONE = "undone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    source = models.ForeignKey(SourceList, on_delete=models.PROTECT, related_name="imports")
    name = models.CharField(max_length=200)
    file = models.CharField(max_length=64)
    mapping = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAPPING)
    progress = models.UUIDField(null=True, blank=True)
    read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    merged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    rejects = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(default=0)
    looked = models.JSONField(default=dict, blank=True)
    noted = models.JSONField(default=dict, blank=True)
    says = models.TextField(blank=True, help_text="What went wrong, in words.")
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Snapshot(models.Model):
    """What one row of one list said of a case. Never changed; removed only with its import.

    line     where the row stands in the file, the header being line 1
    year     the year of the list
    values   the mapped values as plain JSON, raw text of what could not be read under "raw"
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="snapshots", db_index=False)
    origin = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="snapshots", db_index=False)
    line = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    added = models.BooleanField(default=False, help_text="Did this row make the case?")
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["origin", "line"], name="one_snapshot_per_line")]
        indexes = [models.Index(fields=["case", "year"])]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.year}"


class Reject(models.Model):
    """One row that did not come in, whole, with the reason. original: (column, text) pairs as they stood."""

    origin = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rejected_rows", db_index=False)
    line = models.PositiveIntegerField()
    reason = models.TextField()
    code = models.CharField(max_length=60)
    original = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["origin", "line"], name="one_reject_per_line")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.code}"


class Link(models.Model):
    """Two cases that have to do with one another; a person has the last word.

    kind         what `later` is to `earlier`
    probability  as found, 0 to 1; reasons: (code, weight, words) behind it; both empty when a person made it
    """

    class Kind(models.TextChoices):
        DUPLICATE = "duplicate"
        RENAMED = "renamed"
        FOLLOWS = "follows"
        COPIED = "copied"

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    earlier = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_to_later")
    later = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_to_earlier")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    probability = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="one_link_per_pair")]
        indexes = [models.Index(fields=["state", "-probability"])]

    def __str__(self) -> str:
        return f"{self.later_id} {self.kind} {self.earlier_id}"


class Evidence(models.Model):
    """Something that shows what became of a case. place: page, paragraph, or time in a recording."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evidence")
    says = models.TextField(help_text="The claim that it bears out.")
    quote = models.TextField(blank=True)
    title = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=120, blank=True)
    own = models.CharField(max_length=40, blank=True, help_text="The verb, when Perdure itself saw it.")
    by = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.says[:80]


class Gathering(models.Model):
    """A collection: cases that somebody put together under one title."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    cases = models.ManyToManyField(Case, related_name="gatherings", blank=True)
    public = models.BooleanField(default=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.title


class Check(models.Model):
    """One filled staying-power instrument. answers: item id -> number; missing items are simply not there."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="checks")
    instrument = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.instrument} of {self.case_id}"


class Forecaster(models.Model):
    """A forecast model learnt from one list up to one year.

    model    SHA-256 of its file in files
    happened how its forecasts of the newest list did, once the next list is in
    """

    source = models.ForeignKey(SourceList, on_delete=models.CASCADE, related_name="forecasters")
    question = models.CharField(max_length=40, help_text="still-listed or slips")
    learnt_to = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=64)
    validation = models.JSONField(default=dict, help_text="Time-forward scores with their baselines.")
    happened = models.JSONField(default=dict, help_text="Score of what was said before it was known.")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.source_id} {self.question} to {self.learnt_to}"


class Forecast(models.Model):
    """How likely something is within a year, said before it is known. happened: filled in when it is."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="forecasts")
    forecaster = models.ForeignKey(Forecaster, on_delete=models.CASCADE, related_name="forecasts")
    year = models.PositiveSmallIntegerField(help_text="The year of the list it starts from.")
    probability = models.FloatField()
    like = models.PositiveIntegerField(default=0, help_text="Cases like this that it rests on.")
    of_them = models.PositiveIntegerField(default=0, help_text="How many of those it happened to.")
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list, help_text="(key, value, effect), strongest first.")
    ways = models.JSONField(default=dict, help_text="How it leaves, if it leaves: reason -> probability.")
    happened = models.BooleanField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "forecaster", "year"], name="one_forecast_per_year")
        ]
        indexes = [models.Index(fields=["forecaster", "year", "probability"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.year}: {self.probability:.2f}"


class Term(models.Model):
    """A word that some case has or had: what a slip of the keyboard is compared with."""

    term = models.CharField(max_length=40, primary_key=True)

    def __str__(self) -> str:
        return self.term


class Total(models.Model):
    """How many cases can be found under one value of one filter, kept with every change.

    word   the value as the index knows it; group "" is all cases
    """

    word = models.CharField(max_length=60, primary_key=True)
    group = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=300, blank=True)
    n = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["group", "-n"])]

    def __str__(self) -> str:
        return f"{self.group} {self.value}: {self.n}"


from perdure.parts.register import models_following, models_tried  # noqa: E402, F401  (Django finds them here)
