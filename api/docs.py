"""The API's description, for programs (OpenAPI) and for people (a page to try it on)."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


@extend_schema(exclude=True)
class Schema(SpectacularAPIView):
    """OpenAPI 3, as YAML or, where JSON is accepted, as JSON."""


# Swagger UI writes style attributes.
@method_decorator(csp_update({"style-src": [SELF, UNSAFE_INLINE]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """Every endpoint with its parameters and examples, to be tried."""

    url_name = "schema"
    template_name = "api/docs.html"
