"""A fillable form keeps its fields: each has its value, and an appearance that anybody can see."""

import io
import subprocess
import sys

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.core.paper.making import DAY, asks, blank, box, definition, fillable, page, saved, states, words_of

from perdure.core.paper.api import PaperError, fill_paper
from perdure.core.paper.filling import fill
from perdure.core.paper.reading import read

COMB, MULTILINE, RADIO, COMBO, READ_ONLY = 1 << 24, 1 << 12, 1 << 15, 1 << 17, 1


def filled(pdf, form, answers):
    made, left = fill(saved(pdf), form, answers, reference="R-1", today=DAY, derived={})
    return pikepdf.open(io.BytesIO(made)), read(made, form), [one.owner for one in left]


def text_field(**more):
    return fillable({"FT": Name.Tx, "T": String("who"), "at": (20, 20, 220, 40), **more})


WHO = [box("who", [20, 20, 220, 40], field="who")]


def test_a_text_field_has_value_and_appearance():
    form = definition([page(asks("who"))], WHO, fillable=True)
    pdf, seen, left = filled(text_field(), form, {"who": "Łucja Ó Briain"})
    assert str(pdf.Root.AcroForm.Fields[0].V) == "Łucja Ó Briain"
    assert seen == {"who": "Łucja Ó Briain"}
    assert left == []


def test_a_viewer_is_not_asked_to_draw_the_values_again():
    pdf, _, _ = filled(text_field(), definition([page(asks("who"))], WHO, fillable=True), {"who": "Ada"})
    assert "/NeedAppearances" not in pdf.Root.AcroForm


def test_a_filled_field_is_printed_and_a_read_only_one_stays_so():
    pdf, seen, _ = filled(
        text_field(Ff=READ_ONLY), definition([page(asks("who"))], WHO, fillable=True), {"who": "Ada"}
    )
    assert int(pdf.Root.AcroForm.Fields[0].F) & 4
    assert int(pdf.Root.AcroForm.Fields[0].Ff) & READ_ONLY
    assert seen == {"who": "Ada"}


def test_what_the_form_said_before_is_taken_out_when_nothing_was_answered():
    pdf, seen, _ = filled(
        text_field(V=String("Your name here")), definition([page(asks("who"))], WHO, fillable=True), {}
    )
    assert str(pdf.Root.AcroForm.Fields[0].V) == ""
    assert seen == {"who": ""}


def test_a_value_longer_than_the_field_allows_goes_to_the_sheet():
    pdf, seen, left = filled(
        text_field(MaxLen=9), definition([page(asks("who"))], WHO, fillable=True), {"who": "Bartholomew"}
    )
    assert seen == {"who": "see sheet"}
    assert left == ["who"]
    assert len(pdf.pages) == 2


def test_a_number_loses_its_spaces_before_it_is_sent_to_the_sheet():
    _, seen, left = filled(
        text_field(MaxLen=9), definition([page(asks("who"))], WHO, fillable=True), {"who": "QQ 12 34 56 C"}
    )
    assert seen == {"who": "QQ123456C"}
    assert left == []


def test_a_comb_field_has_one_character_in_each_cell():
    boxes = [box("who", [20, 20, 220, 40], field="who", write="comb", cells=10)]
    pdf, seen, _ = filled(
        text_field(MaxLen=10, Ff=COMB), definition([page(asks("who"))], boxes, fillable=True), {"who": "ABC"}
    )
    assert seen == {"who": "ABC"}
    assert pdf.Root.AcroForm.Fields[0].AP.N.read_bytes().count(b"Tj") == 3


def test_a_long_answer_is_wrapped_in_a_high_field():
    words = "I cannot get up the stairs without somebody to hold me. " * 3
    high = fillable({"FT": Name.Tx, "T": String("who"), "at": (20, 20, 220, 120), "Ff": MULTILINE})
    boxes = [box("who", [20, 20, 220, 120], field="who")]
    _, seen, left = filled(high, definition([page(asks("who"))], boxes, fillable=True), {"who": words})
    assert seen["who"].split() == words.split()
    assert "\n" in seen["who"]
    assert left == []


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_field_that_is_turned_on_the_page_reads_the_same(turn):
    upright = fillable({"FT": Name.Tx, "T": String("who"), "at": (20, 20, 60, 220), "MK": Dictionary(R=turn)})
    boxes = [box("who", [20, 20, 60, 220], field="who")]
    _, seen, left = filled(upright, definition([page(asks("who"))], boxes, fillable=True), {"who": "Ada B"})
    assert seen["who"].replace("\n", "") == "Ada B"
    assert left == []


def radio():
    pdf = fillable()
    looks = [states(pdf, name) for name in ("Ja", "Nein")]
    at = [(20, 20, 32, 32), (60, 20, 72, 32)]
    made = fillable(
        {
            "FT": Name.Btn,
            "Ff": RADIO,
            "T": String("owns"),
            "kids": [{"at": at[0]}, {"at": at[1]}],
        }
    )
    for kid, look in zip(made.Root.AcroForm.Fields[0].Kids, looks, strict=True):
        kid.AP = made.copy_foreign(pdf.make_indirect(look))
        kid.AS = Name.Off
    return made


OWNS = [
    box("owns", [20, 20, 32, 32], id="yes", field="owns", on="Ja", write="tick", when="yes"),
    box("owns", [60, 20, 72, 32], id="no", field="owns", on="Nein", write="tick", when="no"),
]


def test_choosing_a_radio_button_leaves_its_siblings_off():
    form = definition([page(asks("owns", "yes_no"))], OWNS, fillable=True)
    pdf, seen, left = filled(radio(), form, {"owns": False})
    field = pdf.Root.AcroForm.Fields[0]
    assert str(field.V) == "/Nein"
    assert [str(kid.AS) for kid in field.Kids] == ["/Off", "/Nein"]
    assert seen == {"yes": False, "no": True}
    assert left == []


def test_two_options_of_one_radio_field_cannot_both_be_marked_so_the_sheet_says_both():
    options = [{"value": value, "title": value} for value in ("yes", "no")]
    form = definition([page(asks("owns", "choices", options=options))], OWNS, fillable=True)
    _, seen, left = filled(radio(), form, {"owns": ["yes", "no"]})
    assert sorted(seen.values()) == [False, True]
    assert left == ["owns"]


def test_a_square_without_a_look_of_its_own_is_given_one():
    bare = fillable({"FT": Name.Btn, "T": String("agree"), "at": (20, 20, 32, 32)})
    boxes = [box("agree", [20, 20, 32, 32], field="agree", on="Yes", write="tick", when="yes")]
    pdf, seen, _ = filled(
        bare, definition([page(asks("agree", "tick"))], boxes, fillable=True), {"agree": True}
    )
    assert str(pdf.Root.AcroForm.Fields[0].AS) == "/Yes"
    assert seen == {"agree": True}


PETS = [{"value": "cat", "title": "A cat"}, {"value": "dog", "title": "A dog"}]


@pytest.mark.parametrize("offered", [["A cat", "A dog"], [["1", "A cat"], ["2", "A dog"]]])
def test_a_drop_down_shows_the_words_and_keeps_its_export_value(offered):
    options = Array([Array(map(String, one)) if isinstance(one, list) else String(one) for one in offered])
    drop = fillable({"FT": Name.Ch, "Ff": COMBO, "T": String("who"), "at": (20, 20, 220, 40), "Opt": options})
    form = definition([page(asks("who", "choice", options=PETS))], WHO, fillable=True)
    pdf, seen, left = filled(drop, form, {"who": "dog"})
    assert str(pdf.Root.AcroForm.Fields[0].V) == ("A dog" if offered[0] == "A cat" else "2")
    assert seen == {"who": "A dog"}
    assert left == []


def test_a_drop_down_without_the_answer_sends_it_to_the_sheet():
    drop = fillable(
        {
            "FT": Name.Ch,
            "Ff": COMBO,
            "T": String("who"),
            "at": (20, 20, 220, 40),
            "Opt": Array([String("A cat")]),
        }
    )
    form = definition([page(asks("who", "choice", options=PETS))], WHO, fillable=True)
    assert filled(drop, form, {"who": "dog"})[2] == ["who"]


def test_a_signature_field_gets_the_typed_name_on_the_page():
    signed = fillable({"FT": Name.Sig, "T": String("who"), "at": (20, 20, 220, 60)})
    boxes = [box("who", [20, 20, 220, 60], field="who")]
    _, seen, left = filled(
        signed, definition([page(asks("who", "signature"))], boxes, fillable=True), {"who": "Ada"}
    )
    assert seen == {"who": "Ada"}
    assert left == []


def test_two_answers_for_one_field_are_not_mixed_up():
    boxes = [box("who", [20, 20, 220, 40], field="who"), box("born", [20, 20, 220, 40], field="who")]
    form = definition([page(asks("who")), page(asks("born"))], boxes, fillable=True)
    _, seen, left = filled(text_field(), form, {"who": "Ada", "born": "1815"})
    assert seen["who"] == "Ada"
    assert left == ["born"]


def test_nothing_that_runs_or_hides_stays_in_the_file():
    lively = text_field(AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))))
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(2)"))
    lively.Root.OpenAction = script
    lively.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), script])), EmbeddedFiles=Dictionary(Names=Array())
    )
    lively.Root.AcroForm.XFA = lively.make_stream(b"<xdp/>")
    form = definition([page(asks("who"))], WHO, fillable=True)
    made, _ = fill(saved(lively), form, {"who": "Ada"}, reference="R", today=DAY, derived={})
    with pikepdf.open(io.BytesIO(made)) as pdf:
        told = [str(one) for one in pdf.objects if isinstance(one, Dictionary | pikepdf.Stream)]
        assert not any("JavaScript" in one or "/JS" in one for one in told)
        assert "/XFA" not in pdf.Root.AcroForm
        assert "/OpenAction" not in pdf.Root


def test_the_same_answers_give_the_same_file():
    form, once = definition([page(asks("who"))], WHO, fillable=True), saved(text_field())
    twice = [fill(once, form, {"who": "漢字 Ada"}, reference="R", today=DAY, derived={})[0] for _ in range(2)]
    assert twice[0] == twice[1]


def test_filling_runs_in_a_bounded_child_and_says_what_went_to_the_sheet():
    form = definition([page(asks("who"))], WHO, fillable=True)
    made = fill_paper(saved(text_field()), form, {"who": "漢字"}, reference="R-9", today=DAY)
    assert made.continued == ("who",)
    assert "R-9" in words_of(made.pdf)


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7\nnothing", b"\x00" * 4000, blank()[:200]])
def test_a_file_that_is_no_form_is_refused_in_words(broken):
    form = definition([page(asks("who"))], WHO, fillable=True)
    with pytest.raises(PaperError) as refusal:
        fill_paper(broken, form, {"who": "Ada"}, reference="R", today=DAY)
    assert refusal.value.code == "paper.cannot-open"


def test_another_file_than_the_service_was_made_from_is_refused():
    form = definition([page(asks("who"))], WHO, fillable=True)
    form = form.model_copy(update={"paper": form.paper.model_copy(update={"sha256": "0" * 64})})
    with pytest.raises(PaperError) as refusal:
        fill_paper(saved(text_field()), form, {"who": "Ada"}, reference="R", today=DAY)
    assert refusal.value.code == "paper.not-the-form"


def test_fields_that_are_their_own_children_do_not_hold_the_work_up():
    looped = text_field()
    field = looped.Root.AcroForm.Fields[0]
    field.Kids = Array([field] * 8)
    form = definition([page(asks("who"))], WHO, fillable=True)
    made = fill_paper(saved(looped), form, {"who": "Ada"}, reference="R", today=DAY)
    assert read(made.pdf, form) == {"who": "Ada"}


ODD = [Name.Foo, String("x"), -5, 99999, Array([]), Array([1, "a"]), Dictionary(A=1), True]
KEYS = ["MaxLen", "Q", "DA", "MK", "BS", "Border", "Ff", "F", "AP", "Kids", "Parent", "V", "Opt", "Rect", "T"]


@pytest.mark.parametrize("key", KEYS)
def test_a_field_with_odd_values_is_still_filled_and_nothing_is_lost(key):
    form = definition([page(asks("who"))], WHO, fillable=True)
    for value in ODD:
        odd = text_field()
        odd.Root.AcroForm.Fields[0][f"/{key}"] = value
        made, left = fill(saved(odd), form, {"who": "Ada"}, reference="R", today=DAY, derived={})
        seen = read(made, form)["who"]
        assert "".join(seen.split()) == "Ada" or [one.owner for one in left] == ["who"], value


def test_a_service_without_paper_says_so():
    form = definition([page(asks("who"))], WHO).model_copy(update={"paper": None})
    with pytest.raises(PaperError) as refusal:
        fill_paper(blank(), form, {}, reference="R", today=DAY)
    assert refusal.value.code == "paper.no-paper"


def test_the_front_door_imports_no_pdf_library():
    probe = (
        "import sys, perdure.core.paper.api; "
        "print(sorted({'pikepdf', 'pypdfium2', 'typst', 'fontTools', 'PIL', 'numpy'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
