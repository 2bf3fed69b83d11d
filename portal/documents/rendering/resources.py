"""What a document may load while it is rendered: pictures handed over with it, and data inside it. Nothing else."""

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "doc:"


class DocumentFetcher(URLFetcher):
    """Serves `doc:NAME` from memory and `data:` from the address itself; the network and the disk do not exist.

    The first address that is not served stops the rendering and stays in `refused`.
    """

    def __init__(self, resources: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
        self._resources = resources
        self.refused: str | None = None

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        name = url.removeprefix(SCHEME)
        if url.startswith(SCHEME) and name in self._resources:
            return URLFetcherResponse(url, self._resources[name])
        self.refused = url
        raise ValueError(f"{url[:200]!r} was not handed over with the document")
