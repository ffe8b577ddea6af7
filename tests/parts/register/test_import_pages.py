"""Importing a list by clicks: send it, look at the mapping, correct it, read the account, take it back."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from perdure.core.lists.api import load_mapping
from perdure.foundation.audit.api import acts_about
from perdure.foundation.jobs import api as jobs
from perdure.parts.register.models import Case, Import, Link, SourceList

pytestmark = pytest.mark.django_db(transaction=True)

TREES = """\
Name,Department,Start date,Cost (£m),Stage
Talking tree,Parks,31/05/2019,1.5,In use
Walking tree,Parks,10/12023,2,Retired
,Parks,01/06/2020,3,In use
Singing tree,Roads,02/07/2021,,Dreamt of
"""


def sent(keeper, content=TREES, name="trees.csv", **more):
    """Send a file; gives its import, looked at."""
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    answer = keeper.post("/register/keep/imports/", {"file": file, "new": "Trees", **more})
    assert answer.status_code == 302, answer.content.decode()
    jobs.run_waiting()
    return Import.objects.latest("at")


def page_of(keeper, origin):
    return keeper.get(f"/register/keep/imports/{origin.pk}/").content.decode()


def form_of(page):
    """What a browser would send back, unchanged: the form of the mapping."""
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.S) if 'name="do" value="begin"' in one)
    values: dict[str, list[str]] = {}
    for name, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected', inside)
        values.setdefault(name, []).append(chosen[1] if chosen else "")
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        if ('type="checkbox"' in tag and "checked" not in tag) or "csrf" in tag:
            continue
        value = re.search(r'value="([^"]*)"', tag)
        values.setdefault(name[1], []).append(value[1] if value else "")
    return values


def imported(keeper, origin, **changes):
    """Press the button that keeps the mapping and imports; run the job."""
    values = form_of(page_of(keeper, origin)) | changes | {"do": "begin"}
    answer = keeper.post(f"/register/keep/imports/{origin.pk}/mapping/", values)
    assert answer.status_code == 302, answer.content.decode()
    jobs.run_waiting()
    origin.refresh_from_db()
    return origin


def test_only_keepers_see_imports(caseworker):
    assert Client().get("/register/keep/imports/").status_code == 302
    assert caseworker.get("/register/keep/imports/").status_code == 403


def test_a_list_comes_in_by_clicks_and_every_row_is_accounted_for(keeper):
    origin = sent(keeper, year="2024")
    page = page_of(keeper, origin)
    assert "Start date" in page
    assert "31/05/2019 → <b>2019-05-31</b>" in page
    assert "10/12023" in page  # what cannot be read is shown before anything comes in
    origin = imported(keeper, origin)
    assert (origin.state, origin.read, origin.added, origin.rejected) == ("done", 4, 3, 1)
    case = Case.objects.get(title="Talking tree")
    assert (case.organisation, str(case.started), case.cost, case.first_listed) == (
        "Parks",
        "2019-05-31",
        1_500_000,
        2024,
    )
    page = page_of(keeper, origin)
    assert "1</strong>row rejected" in page
    verbs = [act.verb for act in acts_about(f"import {origin.pk}")]
    assert verbs == ["import-started", "import-done"]  # once an import, not once a row


def test_the_rejected_rows_are_a_file_that_can_be_corrected_and_imported(keeper):
    origin = imported(keeper, sent(keeper))
    answer = keeper.get(f"/register/keep/imports/{origin.pk}/rejects.csv")
    rejects = b"".join(answer.streaming_content)
    rows = list(csv.DictReader(io.StringIO(rejects.decode("utf-8-sig"))))
    assert [row["Start date"] for row in rows] == ["01/06/2020"]
    corrected = rejects.decode("utf-8-sig").replace(",Parks,01/06/2020", "Mended tree,Parks,01/06/2020")
    again = imported(keeper, sent(keeper, corrected, "rejects.csv"))
    assert (again.read, again.added, again.rejected) == (1, 1, 0)
    assert Case.objects.filter(title="Mended tree").exists()


def test_what_a_person_corrects_is_kept_and_offered_next_year(keeper):
    origin = sent(keeper)
    page = page_of(keeper, origin)
    assert "Dreamt of" in page
    values = form_of(page)
    place = values["said-status"].index("Dreamt of")
    values["means-status"][place] = "planned"
    keeper.post(f"/register/keep/imports/{origin.pk}/mapping/", values | {"do": "keep"})
    origin.refresh_from_db()
    assert "Dreamt of" in load_mapping(origin.mapping).fields["status"][0].choices["planned"]
    imported(keeper, origin)
    assert Case.objects.get(title="Singing tree").status == "planned"
    following = sent(keeper, TREES.replace("Retired", "In use"), "trees-2025.csv", list="trees", new="")
    assert following.looked["origin"] == "list"
    assert "Dreamt of" in following.mapping
    again = imported(keeper, following)
    assert (again.added, again.merged) == (0, 3)  # updated, never doubled
    assert Case.objects.filter(source__slug="trees").count() == 3
    file = keeper.get(f"/register/keep/imports/{again.pk}/mapping.yaml")
    assert load_mapping(file.content.decode()) == load_mapping(again.mapping)


def test_sums_are_grouped_as_people_read_them_and_years_are_not(keeper):
    page = page_of(
        keeper, sent(keeper, "Report year,Name,Cost (£m)\n2024,Talking tree,1.5\n2025,Tall tree,2\n")
    )
    assert "1.5 → <b>1,500,000</b>" in page
    assert "2,024" not in page


def test_a_mapping_without_a_title_is_not_begun(keeper):
    origin = sent(keeper)
    values = form_of(page_of(keeper, origin)) | {"column-title": "", "do": "begin"}
    answer = keeper.post(f"/register/keep/imports/{origin.pk}/mapping/", values)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    origin.refresh_from_db()
    assert origin.state == "mapping"


def test_a_mapping_can_be_written_as_text_and_a_slip_is_told_with_its_place(keeper):
    origin = sent(keeper)
    address = f"/register/keep/imports/{origin.pk}/mapping/"
    answer = keeper.post(address, {"do": "text", "text": "perdure_mapping: 1\nfields: {title: {colum: x}}"})
    page = answer.content.decode()
    assert "fields.title" in page
    assert "{colum: x}" in page  # what was typed is kept
    keeper.post(address, {"do": "text", "text": "perdure_mapping: 1\nfields: {title: {column: Name}}"})
    origin.refresh_from_db()
    assert list(load_mapping(origin.mapping).fields) == ["title"]


def test_an_import_is_taken_back_by_a_click(keeper):
    origin = imported(keeper, sent(keeper))
    keeper.post(f"/register/keep/imports/{origin.pk}/undo/")
    while jobs.run_waiting():
        pass
    origin.refresh_from_db()
    assert origin.state == "undone"
    assert not Case.objects.exists()
    assert "Undone" in page_of(keeper, origin)


def test_an_import_that_was_stopped_goes_on_from_the_place_it_reached(keeper, monkeypatch):
    from perdure.parts.register import importing_rows

    rows = "".join(f"Tree {n},Parks,01/01/2020,1,In use\n" for n in range(60))
    origin = sent(keeper, TREES.splitlines()[0] + "\n" + rows)
    monkeypatch.setattr(importing_rows, "batch_size", lambda: 20)
    real = importing_rows.take_in

    def stops(origin, results):
        counts = real(origin, results)
        if origin.read == 40:
            raise jobs.JobStopped("Stopped.")
        return counts

    monkeypatch.setattr(importing_rows, "take_in", stops)
    origin = imported(keeper, origin)
    assert (origin.state, origin.read, Case.objects.count()) == ("stopped", 40, 40)
    assert "Go on from there" in page_of(keeper, origin)
    monkeypatch.setattr(importing_rows, "take_in", real)
    keeper.post(f"/register/keep/imports/{origin.pk}/begin/")
    jobs.run_waiting()
    origin.refresh_from_db()
    assert (origin.state, origin.read, origin.added, Case.objects.count()) == ("done", 60, 60, 60)


def test_a_file_that_is_no_list_is_refused_in_a_sentence(keeper):
    origin = sent(keeper, b"%PDF-1.7 \x00\x01\x02" * 50, "form.csv")
    page = page_of(keeper, origin)
    assert origin.state == "failed"
    assert origin.says
    assert origin.says.split(".")[0] in page.replace("&#x27;", "'")
    assert "Traceback" not in page
    keeper.post(f"/register/keep/imports/{origin.pk}/drop/")
    assert not Import.objects.exists()


def test_sending_nothing_or_a_year_in_words_is_told_on_the_form(keeper):
    page = keeper.post("/register/keep/imports/", {"new": "Trees"}).content.decode()
    assert "No file was chosen." in page
    file = SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
    answer = keeper.post("/register/keep/imports/", {"file": file, "new": "Trees", "year": "last"})
    assert "last is not a year." in answer.content.decode()
    assert 'value="Trees"' in answer.content.decode()


def test_the_list_of_imports_costs_the_same_for_one_and_for_many(keeper, django_assert_max_num_queries):
    source = SourceList.objects.create(slug="trees", title="Trees")

    def add(count):
        for _ in range(count):
            Import.objects.create(source=source, name="a.csv", file="0" * 64, state="done", by="system:x")

    add(1)
    keeper.get("/register/keep/imports/")
    with django_assert_max_num_queries(12) as few:
        keeper.get("/register/keep/imports/")
    add(30)
    with django_assert_max_num_queries(len(few)):
        assert "Page 1 of 2" in keeper.get("/register/keep/imports/").content.decode()


def test_after_an_import_a_search_for_links_is_asked_for(keeper):
    origin = imported(keeper, sent(keeper))
    origin.source.refresh_from_db()
    assert jobs.progress(origin.source.linking) is not None
    assert not Link.objects.exists()


def test_keepers_say_what_a_list_is_and_portals_read_it(keeper, caseworker):
    SourceList.objects.create(slug="trees", title="trees")
    address = "/register/keep/lists/trees/"
    page = keeper.post(address, {"title": "", "address": "nowhere at all"}).content.decode()
    assert "Write the name of the list." in page
    assert "Write a whole address" in page
    told = {
        "title": "Trees of the North",
        "publisher": "Parks",
        "licence": "OGL",
        "address": "https://a.example/",
    }
    assert keeper.post(address, told).status_code == 302
    assert "Trees of the North" in Client().get("/register/catalogue.ttl").content.decode()
    assert [act.verb for act in acts_about("list trees")] == ["list-described"]
    assert caseworker.post(address, told).status_code == 403
    assert keeper.get("/register/keep/lists/none/").status_code == 404


def test_a_list_may_be_called_in_any_script_and_stays_complete_when_nobody_says_otherwise(keeper):
    first = sent(keeper, new="Έργα", complete="yes")
    assert (first.source.title, first.source.complete) == ("Έργα", True)
    second = sent(keeper, new="", list=first.source.slug)
    second.source.refresh_from_db()
    assert second.source == first.source
    assert second.source.complete
