"""Forecasts of a list: learnt in a job, shown with their base and score, and scored by the next list."""

from __future__ import annotations

import json
from datetime import date
from random import Random

import pytest

from perdure.core.foresee.api import Outcome
from perdure.core.foresee.api import Snapshot as Said
from perdure.foundation.access.api import NotAllowed
from perdure.foundation.jobs import api as jobs
from perdure.parts.register import forecasting
from perdure.parts.register.errors import ForecastRefused, ListNotFound
from perdure.parts.register.forecasting_joining import likely_same
from perdure.parts.register.foreseen_words import right_of_100
from perdure.parts.register.models import Forecast, Forecaster, Import, Link, SourceList
from perdure.parts.register.models import Snapshot as Row
from perdure.parts.register.queries_forecasting import list_foreseen

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, LAST = 2016, 2020


@pytest.fixture
def projects(list_of, case_of, snapshot_of):
    """projects(until=2020): five years of a list whose cases leave when their end has come, mostly."""

    def year_of(year):
        """The same cases whichever years are taken in: all is drawn from one seed."""
        random, running = Random(7), {}
        for now in range(FIRST - 4, year + 1):
            for number in range(14):
                days = random.randrange(200, 1800)
                running[f"{now}-{number}"] = (now, days, random.choice(["Green", "Amber", "Red"]))
            listed = dict(running)
            for key, (start, days, rating) in listed.items():
                over = start + days / 365.25 < now + 1
                if random.random() < (0.85 if over else 0.04):
                    del running[key]
                elif random.random() < 0.15:
                    running[key] = (start, days + 365, rating)
        return listed

    def projects(*, until=LAST):
        source, cases = list_of("projects", title="Projects", complete=True), {}
        for year in range(FIRST, until + 1):
            for key, (start, days, rating) in year_of(year).items():
                if key not in cases:
                    cases[key] = source.cases.filter(key=key).first() or case_of(
                        f"Project {key}", source=source, key=key, index=False, organisation="North"
                    )
                end = date.fromordinal(date(start, 1, 1).toordinal() + days)
                if not cases[key].snapshots.filter(year=year).exists():
                    snapshot_of(
                        cases[key],
                        year,
                        key=key,
                        started=f"{start}-01-01",
                        planned_end=end.isoformat(),
                        rating=rating,
                        organisation="North",
                    )
            Import.objects.filter(source=source, year=year).update(noted={"years": {str(year): 1}})
        return source

    return projects


def foresee():
    forecasting.ask_to_foresee("projects", by="system:test")
    jobs.run_waiting()


def test_a_keeper_learns_by_one_press_and_everybody_sees_the_likeliest_with_base_and_score(
    projects, keeper, client
):
    projects()
    assert "5 years, 2016 to 2020." in keeper.get("/register/keep/forecasts/").content.decode()
    assert keeper.post("/register/keep/forecasts/projects/").url == "/register/keep/forecasts/"
    jobs.run_waiting()
    page = client.get("/register/forecasts/?list=projects&question=still-listed").content.decode()
    assert "Of 100 cases like this," in page
    assert "a plain table by time left has 0." in page
    assert page.count('class="reliability"') == 2
    assert "groups what happened is within five points of what was forecast." in page
    assert "The same in ten steps of ten points" in page
    assert "2019, tried afterwards" in page
    assert "Speaks for leaving: time to the planned end" in page
    _says_in_plain_words_how_often_it_was_right_and_keeps_the_measures_below(page)


def _says_in_plain_words_how_often_it_was_right_and_keeps_the_measures_below(page):
    tried = list_foreseen("projects", "still-listed").tried
    plain, measures = page.split("The figures behind it")
    assert f"Right about {right_of_100(tried.pooled)} of 100 cases, in years that it had not seen." in plain
    assert f"a plain table by time left about {right_of_100(tried.baselines['time-left-table'])}" in plain
    for year, score in tried.by_year.items():
        row = f'<td>{year}, tried afterwards</td><td class="n">{score.n}</td>'
        assert f'{row}<td class="n">{right_of_100(score)}</td>' in plain
    assert "Brier" not in plain
    assert "Error (Brier score) 0." in measures


def test_what_is_shown_is_what_became_of_cases_like_it_not_the_models_own_number(projects, client):
    projects()
    foresee()
    row = Forecast.objects.filter(forecaster__question="slips").first()
    Forecast.objects.filter(pk=row.pk).update(probability=0.99, of_them=3, like=20)
    page = client.get("/register/forecasts/?list=projects&question=slips").content.decode()
    said = page[page.index(f"/register/cases/{row.case.reference}/") :].split("</li>", 1)[0]
    assert "Of 100 cases like this, 15 had their planned end moved back" in said
    assert "based on 20 cases, 5 to 36 in 100" in said
    assert "99" not in said


def test_the_next_list_scores_what_was_said_before_it_was_known(projects, client):
    projects(until=LAST - 1)
    foresee()
    assert not Forecast.objects.filter(happened__isnull=False).exists()
    projects(until=LAST)
    foresee()
    before = Forecaster.objects.get(question="still-listed", learnt_to=LAST - 1)
    for said in before.forecasts.all():
        assert said.happened == said.case.snapshots.filter(year=LAST).exists()
    assert before.happened["n"] == before.forecasts.count()
    page = client.get("/register/forecasts/?list=projects&question=still-listed").content.decode()
    assert f"{LAST - 1}, said beforehand" in page
    case = before.forecasts.filter(happened=False).first().case
    page = client.get(f"/register/cases/{case.reference}/").content.decode()
    assert "What was said before, and what happened" in page
    assert "It was not listed any more." in page


def test_learning_twice_is_as_learning_once(projects):
    projects()
    foresee()
    once = sorted(Forecast.objects.values_list("case", "forecaster__question", "probability"))
    foresee()
    assert sorted(Forecast.objects.values_list("case", "forecaster__question", "probability")) == once


def test_a_list_that_was_taken_back_takes_its_forecasts_with_it(projects):
    source = projects()
    foresee()
    Import.objects.filter(source=source, year=LAST).delete()
    foresee()
    assert set(Forecaster.objects.values_list("learnt_to", flat=True)) == {LAST - 1}


def test_a_case_shows_its_forecast_under_its_own_heading_apart_from_the_check(projects, client):
    projects()
    foresee()
    case = Forecast.objects.first().case
    page = client.get(f"/register/cases/{case.reference}/").content.decode()
    block = page[page.index('id="forecast"') :].split("</section>")[0]
    assert "Will its end slip?" in block
    assert "Will it still be listed?" in block
    assert "No staying-power check goes into it." in block
    assert "Reason not known" in block


def test_programs_get_the_same_with_the_scores(projects, client):
    projects()
    foresee()
    told = json.loads(client.get("/register/api/forecasts/?list=projects&question=slips").content)
    assert told["cases"][0]["probability"] == max(one["probability"] for one in told["cases"])
    assert {"count", "of", "low", "high"} < set(told["cases"][0]["cases_like_this"])
    assert set(told["scores"]) > {"all_years", "constant", "time_left_table", "by_year"}
    file = client.get("/register/forecasts.csv?list=projects&question=slips").content.decode("utf-8-sig")
    assert len(file.splitlines()) == told["total"] + 1
    missing = client.get("/register/api/forecasts/?list=nothing")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "register.no-forecast")


def test_too_few_cases_are_told_in_a_sentence(list_of, case_of, snapshot_of, keeper):
    source = list_of("projects", title="Projects")
    case = case_of(source=source, key="one")
    for year in (2019, 2020):
        snapshot_of(case, year, key="one")
        Import.objects.filter(source=source, year=year).update(noted={"years": {str(year): 1}})
    foresee()
    page = keeper.get("/register/keep/forecasts/").content.decode()
    assert "too few to learn from" in page
    assert Forecaster.objects.count() == 0


def test_a_list_that_comes_in_just_now_waits(projects):
    source = projects(until=FIRST + 1)
    Import.objects.filter(source=source, year=FIRST).update(state="running")
    with pytest.raises(ForecastRefused):
        forecasting.ask_to_foresee("projects", by="system:test")
    with pytest.raises(ListNotFound):
        forecasting.ask_to_foresee("nothing", by="system:test")


def test_only_keepers_learn(projects, caseworker, client):
    projects(until=FIRST + 1)
    assert caseworker.post("/register/keep/forecasts/projects/").status_code == 403
    assert client.post("/register/keep/forecasts/projects/").status_code == 302
    assert SourceList.objects.get().foreseeing is None
    from tests.parts.casework.acting import staff

    with pytest.raises(NotAllowed):
        forecasting.ask_to_foresee("projects", by=staff("eve@example.org", "Eve", role="caseworker"))


def test_a_rename_that_was_accepted_is_one_case_that_stays(list_of, case_of, snapshot_of):
    from perdure.parts.register import linking

    source = list_of("projects")
    old, new = (case_of(key, source=source, key=key) for key in ("old", "new"))
    snapshot_of(old, 2019, key="old", title="old")
    snapshot_of(new, 2020, key="new", title="new")
    link = Link.objects.create(earlier=old, later=new, kind="renamed", probability=0.9)
    assert len({one.case for one in forecasting.snapshots_of(source)}) == 2
    linking.accept(link.pk, kind="renamed", by="system:test")
    said = forecasting.snapshots_of(source)
    assert [(one.case, one.year) for one in said] == [(str(old.pk), 2019), (str(old.pk), 2020)]


@pytest.fixture
def renamed(projects, case_of, snapshot_of):
    """renamed(0.9): every third old project has a new name in the last list, linked with this probability."""

    def renamed(probability):
        source = projects()
        for number, row in enumerate(source_rows(source)):
            if number % 3:
                continue
            new = case_of(f"New {row.case.title}", source=source, key=f"new {row.case.key}", index=False)
            row.case, old = new, row.case
            row.save()
            Link.objects.create(earlier=old, later=new, kind="renamed", probability=probability)
        return source

    return renamed


def source_rows(source):
    """The rows of the last list that tell of a project known before, in order."""
    rows = Row.objects.filter(origin__source=source, year=LAST)
    known = set(Row.objects.filter(origin__source=source, year=LAST - 1).values_list("case", flat=True))
    return [row for row in rows.order_by("pk").select_related("case") if row.case_id in known]


def pooled():
    return Forecaster.objects.get(question="still-listed").validation["by_year"][str(LAST - 1)]["brier"]


def test_a_rename_that_is_likely_counts_as_staying_until_somebody_decides(renamed):
    source = renamed(0.9)
    foresee()
    likely = pooled()
    newest = Forecast.objects.filter(forecaster__question="still-listed")
    shown = set(newest.values_list("case__title", flat=True))
    assert {link.later.title for link in Link.objects.all()} < shown
    assert not {link.earlier.title for link in Link.objects.all()} & shown
    Link.objects.update(state="refused")
    foresee()
    assert pooled() > likely + 0.03
    assert newest.count() == source_total(source)


def source_total(source):
    return Row.objects.filter(origin__source=source, year=LAST).count()


def test_a_rename_that_is_unlikely_is_not_read_as_one_case(renamed):
    renamed(0.4)
    foresee()
    unlikely = pooled()
    Link.objects.update(state="refused")
    foresee()
    assert pooled() == unlikely


def test_what_was_said_of_a_case_is_scored_when_it_likely_goes_on_under_another_name(projects, renamed):
    projects(until=LAST - 1)
    foresee()
    renamed(0.9)
    foresee()
    for link in Link.objects.all():
        assert Forecast.objects.get(forecaster__question="still-listed", case=link.earlier).happened is True


def test_two_cases_that_one_list_names_side_by_side_are_never_read_as_one(list_of, case_of, snapshot_of):
    source = list_of("projects")
    one, other, third = (case_of(key, source=source, key=key) for key in ("one", "other", "third"))
    for case, year in ((one, 2019), (other, 2019), (third, 2020)):
        snapshot_of(case, year, key=case.key)
    Link.objects.create(earlier=one, later=third, kind="renamed", probability=0.6)
    Link.objects.create(earlier=other, later=third, kind="renamed", probability=0.9)
    same = likely_same(source, forecasting.snapshots_of(source))
    assert same == {str(third.pk): str(other.pk)}


def test_a_keeper_is_told_why_one_of_the_questions_could_not_be_forecast(projects, keeper):
    projects()
    for row in Row.objects.all():
        row.values.pop("planned_end")
        row.save()
    foresee()
    page = keeper.get("/register/keep/forecasts/").content.decode()
    assert "Slips could not be forecast. Not enough history" in page
    assert set(Forecaster.objects.values_list("question", flat=True)) == {"still-listed"}


def test_an_organisation_that_the_next_list_does_not_name_is_not_taken_for_gone():
    silent, spoken = Said("a", 2019, organisation="North"), Said("b", 2019, organisation="South")
    moved, there = Said("c", 2019, organisation="East"), Said("c", 2020, organisation="West")
    later = Said("d", 2020, organisation="South")
    assert forecasting.without_silent([silent, spoken, moved, later, there]) == [spoken, moved, later, there]


def test_what_an_owner_said_of_an_end_goes_before_what_is_read_from_a_list(case_of):
    gone, there = case_of("A", ending="ended_badly"), case_of("B", ending="ended_well")
    said = [Said(str(gone.pk), 2019), Said(str(there.pk), 2019), Said(str(there.pk), 2020)]
    [told] = forecasting.told_by_people(said)
    assert isinstance(told, Outcome)
    assert (told.case, told.year, told.reason, told.told) == (str(gone.pk), 2019, "stopped", True)


def test_the_queries_of_the_page_do_not_grow_with_the_cases(projects, client, django_assert_max_num_queries):
    projects()
    foresee()
    with django_assert_max_num_queries(5):
        client.get("/register/forecasts/?list=projects&question=slips")


def test_an_empty_register_says_so(client):
    assert "Nothing was forecast yet." in client.get("/register/forecasts/").content.decode()
    assert client.get("/register/forecasts/?list=nothing").status_code == 404


def test_reasons_are_told_in_words_with_the_cases_own_values():
    from perdure.core.foresee.api import share
    from perdure.parts.register.foreseen_words import reasons_in_words
    from perdure.parts.register.queries_forecasting import Foreseen

    reasons = (
        ("time-left", "-0.3", 0.9),
        ("cost-change", "7.39", 0.5),
        ("organisation", "hmrc", 0.4),
        ("rating", "amber/red", -0.3),
        ("words-delay", "0", -0.2),
        ("words-learnt", "closure, exit the", -0.1),
    )
    said = Foreseen("R-1", "A", "HMRC", None, "slips", 2019, 0.5, share(8, 20), reasons, {})
    towards, against = reasons_in_words(said)
    assert towards == [
        "time to the planned end: 0.3 years past",
        "whole-life cost against the list before: 7 times or more",
        "organisation: HMRC",
    ]
    assert against == [
        "rating: Amber/Red",
        "words about delay: none",
        "words of its text that went with such cases before: closure, exit the",
    ]
