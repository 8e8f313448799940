"""Addresses of a page with every component, for tests."""

from pathlib import Path

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from spreekruimte.look.refusing import refuse
from spreekruimte.look.tables import Table

PAGE = Path(__file__).with_name("gallery.html")


class GalleryForm(forms.Form):
    """A field of each kind."""

    judgement = forms.ChoiceField(
        label="Vindt u dat dit kan?",
        choices=[("1", "Dit kan"), ("-1", "Dit kan niet"), ("0", "Ik weet het niet")],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="Naam van de gemeente", help_text="Zoals op het bord.")
    why = forms.CharField(label="Waarom?", widget=forms.Textarea, required=False)
    ages = forms.MultipleChoiceField(
        label="Welke leeftijden?",
        choices=[("a", "18 tot 34 jaar"), ("b", "35 tot 64 jaar")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies er zoveel u wilt.",
        required=False,
    )
    province = forms.ChoiceField(label="Provincie", choices=[("", "–"), ("fr", "Fryslân")])
    agree = forms.BooleanField(label="Ik heb dit gelezen", help_text="Het is één bladzijde.")


def show_gallery(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Uw stem is bewaard.")
    table = Table("Wie er meededen", ["Leeftijd", "Aantal"], [["18 tot 34 jaar", "1.204"]])
    form = GalleryForm(request.POST or None)
    page = engines["django"].from_string(PAGE.read_text("utf-8"))
    return HttpResponse(page.render({"form": form, "table": table}, request))


def say_no(request: HttpRequest) -> HttpResponse:
    return refuse(request, 409, "De ronde is al gesloten.")


urlpatterns = [
    path("language/", include("django.conf.urls.i18n")),
    path("no/", say_no),
    path("", show_gallery),
]
