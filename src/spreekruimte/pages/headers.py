"""What a browser and a search engine are told about every page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What pages never ask for; passkeys need the last two.
PERMISSIONS = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer",
                "autoplay",
                "browsing-topics",
                "camera",
                "display-capture",
                "encrypted-media",
                "geolocation",
                "gyroscope",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "screen-wake-lock",
                "usb",
            )
        ),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)
# What a case tells is for who judges it, not for whoever searches for a person; home tells it too.
NOT_FOR_SEARCHING = ("/account/", "/cases/", "/desk/", "/embed/", "/ophef/", "/receipt/")


class HeadersMiddleware:
    """Adds to each answer what the site never wants of a browser or a search engine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers."""
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path == "/" or request.path.startswith(NOT_FOR_SEARCHING):
            response.headers["X-Robots-Tag"] = "noindex, noarchive"
            # What these answer can depend on who asks, also where it is that there is nothing.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
