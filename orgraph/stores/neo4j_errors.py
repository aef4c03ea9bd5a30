"""Says in a plain sentence what Neo4j's errors mean: the one place that knows them.

They are known by class name and code, so that nothing here needs the driver. What the
driver says itself is left out, but for the code: it may hold values.
"""

from types import TracebackType

from ..errors import StoreError

DAMAGED = "the graph holds what orgraph never wrote; restore it from a copy"

CODES = {
    "Neo.ClientError.Security.AuthenticationRateLimit": (
        "the server has refused a wrong password too often; wait a little"
    ),
    "Neo.ClientError.Security.CredentialsExpired": (
        "the password must be changed before it is used; change it in the server"
    ),
    "Neo.ClientError.Security.Forbidden": (
        "this user of the server may not do that; ask its administrator"
    ),
    "Neo.ClientError.Security": (
        "the server doesn't know this user and password; "
        "set NEO4J_USERNAME and NEO4J_PASSWORD"
    ),
    "Neo.ClientError.Database.DatabaseNotFound": (
        "the server has no database of this name; name another by ?database="
    ),
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": (
        "this member of the cluster, or the database, can be read but not written"
    ),
    "Neo.ClientError.Cluster.NotALeader": (
        "this member of the cluster can't be written; use a neo4j:// URL, "
        "which finds the one that can"
    ),
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": (
        "the database can be read but not written"
    ),
    "Neo.ClientError.Schema.ConstraintValidationFailed": (
        "the graph already holds a row with this key; nothing was written"
    ),
    "Neo.ClientError.Schema": (
        "the graph has an index, a constraint or data in the way of those of orgraph"
    ),
    "Neo.ClientError.Statement": (
        "the server doesn't understand a statement of orgraph; "
        "it needs Neo4j 5.26 or later"
    ),
    "Neo.ClientError.Transaction": (
        "the store took too long to answer, or waited for another writer; try again"
    ),
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": (
        "the server has too little memory for this; give it more"
    ),
    "Neo.TransientError.General.OutOfMemoryError": (
        "the server has too little memory for this; give it more"
    ),
    "Neo.TransientError.Transaction.LockAcquisitionTimeout": (
        "the store is locked by another writer; try again when it is done"
    ),
    "Neo.TransientError.Database.DatabaseUnavailable": (
        "the database is not available now; try again, or ask who runs the server"
    ),
    "Neo.TransientError": "the server could not do it now; try again",
    "Neo.DatabaseError": "the server failed; see its log",
    "Neo.ClientError": "the server refused what orgraph asked",
}
"""Sentences by code, a longer one before what begins it."""

CLASSES = {
    "IncompleteCommit": (
        "the connection was lost while a revision was written; "
        "orgraph history shows whether it is there"
    ),
    "WriteServiceUnavailable": "no member of the cluster can be written now",
    "ReadServiceUnavailable": "no member of the cluster can be read now",
    "RoutingServiceUnavailable": (
        "the server doesn't say which member to ask; for a single one use bolt://"
    ),
    "UnsupportedServerProduct": "this server is not one that orgraph can use",
    "ServiceUnavailable": (
        "no server answers there; see that it runs, and that the URL is right"
    ),
    "SessionExpired": "the connection to the server was lost; try again",
    "ConnectionAcquisitionTimeoutError": "the server has no connection free; try again",
    "CertificateConfigurationError": "the certificate can't be used",
    "AuthConfigurationError": "the server can't be asked with these credentials",
    "ConfigurationError": "this URL can't be used as it is; see orgraph init --help",
    "BrokenRecordError": DAMAGED,
    "DriverError": "the driver of Neo4j failed",
}
"""Sentences by class, a narrower one before the wider."""

NO_TLS = (
    "no server answers there by TLS; see that it runs and speaks TLS, that its "
    "certificate is trusted, and that the URL is right"
)
"""Is said in place of the sentence that nobody answers, where TLS is asked for."""

_PASSING = frozenset({"SessionExpired", "ServiceUnavailable", "TransientError"})
"""What may be gone when it is tried again."""


def sentence(error: BaseException) -> str:
    """Return the sentence for an error of the driver."""
    code = getattr(error, "code", None) or ""
    for beginning, text in CODES.items():
        if code == beginning or code.startswith(f"{beginning}."):
            return text
    names = [base.__name__ for base in type(error).__mro__]
    found = next((text for name, text in CLASSES.items() if name in names), None)
    if found is None:
        return f"the server failed ({code or type(error).__name__})"
    return found


def is_drivers(error: BaseException) -> bool:
    """Tell whether an error comes from the driver."""
    return type(error).__module__.startswith("neo4j.")


class Plainly:
    """Turns the driver's errors into StoreError with the store's name in front.

    What may be gone when it is tried again is an error of the class `passing`.
    """

    def __init__(self, name: str, passing: type[StoreError] = StoreError) -> None:
        """Name the store."""
        self.name = name
        self.passing = passing

    def __enter__(self) -> None:
        """Do nothing before."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raise an error of the driver anew, in plain words."""
        if error is not None and is_drivers(error):
            names = {base.__name__ for base in type(error).__mro__}
            said = StoreError if names.isdisjoint(_PASSING) else self.passing
            text = sentence(error)
            if text == CLASSES["ServiceUnavailable"] and _asks_for_tls(self.name):
                text = NO_TLS
            raise said(f"{self.name}: {text}") from error


def _asks_for_tls(name: str) -> bool:
    return name.partition("://")[0].lower().endswith(("+s", "+ssc"))
