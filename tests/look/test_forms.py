"""Forms as they are drawn."""

import re

from django import forms
from django.utils import translation
from tests.look.gallery import GalleryForm

from spreekruimte.look.forms import PlainSelect, first_control


def draw(form: forms.Form) -> str:
    with translation.override("nl"):
        return str(form)


def attributes(page: str, start: str) -> str:
    """The opening tag that begins so."""
    found = re.search(re.escape(start) + "[^>]*>", page)
    assert found, start
    return found[0]


def test_each_kind_of_field_has_the_class_of_its_component() -> None:
    page = draw(GalleryForm())
    assert "utrecht-textbox--html-input" in attributes(page, '<input type="text"')
    assert "utrecht-textarea--html-textarea" in attributes(page, "<textarea")
    assert "utrecht-select--html-select" in attributes(page, "<select")
    assert "utrecht-checkbox--html-input" in attributes(page, '<input type="checkbox" name="agree"')


def test_classes_that_a_widget_has_stay() -> None:
    class Own(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "short"}))

    assert 'class="short utrecht-textbox utrecht-textbox--html-input"' in draw(Own())


def test_every_control_has_a_label() -> None:
    page = draw(GalleryForm())
    controls = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', page))
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    assert len(controls) == 9
    assert controls == labelled


def test_what_can_be_chosen_stands_in_a_group_with_its_question() -> None:
    page = draw(GalleryForm())
    group = page[page.index("<fieldset") : page.index("</fieldset>")]
    assert "Vindt u dat dit kan?</legend>" in group
    assert group.count('class="choice"') == 3


def test_what_may_stay_empty_says_so() -> None:
    page = draw(GalleryForm())
    assert page.count("(niet verplicht)") == 2


def test_an_explanation_belongs_to_its_field() -> None:
    page = draw(GalleryForm())
    assert 'aria-describedby="id_name_helptext"' in attributes(page, '<input type="text"')
    assert 'id="id_name_helptext">Zoals op het bord.' in page
    assert 'aria-describedby="id_ages_helptext"' in page
    assert 'id="id_agree_helptext"' in page
    assert len(re.findall(r'id="([^"]+)"', page)) == len(set(re.findall(r'id="([^"]+)"', page)))


def test_what_is_wrong_comes_first_and_leads_to_its_field() -> None:
    form = GalleryForm({"name": ""})
    page = draw(form)
    summary = page[: page.index("<fieldset")]
    assert 'role="alert"' in summary
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_judgement_0", "id_name", "id_province", "id_agree"]
    assert all(f'id="{target}"' in page for target in targets)
    assert "Vindt u dat dit kan? Dit veld is verplicht." in summary
    assert "Provincie: Dit veld is verplicht." in summary


def test_an_error_belongs_to_its_field() -> None:
    page = draw(GalleryForm({"name": ""}))
    tag = attributes(page, '<input type="text"')
    assert 'aria-invalid="true"' in tag
    assert 'aria-describedby="id_name_helptext id_name_error"' in tag
    assert 'id="id_name_error"' in page


def test_an_error_of_the_whole_form_is_told() -> None:
    form = GalleryForm({"name": "x", "judgement": "1", "province": "fr", "agree": "on"})
    form.add_error(None, "De ronde is <b>al</b> gesloten.")
    page = draw(form)
    assert "De ronde is &lt;b&gt;al&lt;/b&gt; gesloten." in page


def test_an_error_of_a_hidden_field_is_told() -> None:
    class Own(forms.Form):
        digest = forms.CharField(widget=forms.HiddenInput)

    page = draw(Own({}))
    assert "Dit veld is verplicht." in page
    assert 'type="hidden" name="digest"' in page


def test_what_was_typed_is_escaped_and_kept() -> None:
    page = draw(GalleryForm({"name": '"><script>'}))
    assert "<script>" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_the_first_control_of_a_field_can_have_the_focus() -> None:
    form = GalleryForm()
    assert first_control(form["judgement"]) == "id_judgement_0"
    assert first_control(form["name"]) == "id_name"


def test_a_plain_list_is_drawn_as_django_draws_one() -> None:
    choices = [("", "None & <nothing>"), ("Group", [("a", "One"), ("b", 'Two "')])]
    for chosen in ("", "b", None, "elsewhere"):
        plain, djangos = (
            widget.render("x", chosen, {"id": "i"})
            for widget in (PlainSelect(choices=choices), forms.Select(choices=choices))
        )
        assert plain.startswith('<select id="i" name="x"><option value=""')
        assert plain.split("<")[2:] == re.sub(r"\s*\n\s*", "", djangos).split("<")[2:]
