"""Static files with their content's hash in their name, compressed beforehand."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage, following ES module imports as well.

    A file can then be cached for ever: when it changes, so do its name and
    the names of the modules that import it.
    """

    support_js_module_import_aggregation = True
