"""The one family of errors; each child knows the exit code that scripts may rely on (see README)."""


class CoordinatorError(Exception):
    """Names the place, the fault and the way out. Never holds a secret or what a participant wrote."""

    exit_code = 70


class UsageError(CoordinatorError):
    """The command line asked for something that does not exist."""

    exit_code = 2


class UnreadableError(CoordinatorError):
    """State or input that cannot be read; nothing was overwritten."""

    exit_code = 65


class StaleError(CoordinatorError):
    """A commit was decided on records that somebody else has changed since."""

    exit_code = 75


class DiskError(CoordinatorError):
    """The disk is full, read-only, or refused to make something durable."""

    exit_code = 74


class BusyError(CoordinatorError):
    """Another tick holds the lock, or a server asks to come back later."""

    exit_code = 75


class LoginError(CoordinatorError):
    """A server refused the credentials."""

    exit_code = 77


class RefusedError(LoginError):
    """A server refuses the whole way of talking to it, whoever logs in: another way must be taken."""


class ConfigurationError(CoordinatorError):
    """Everything that is wrong in the configuration or the program, one problem a line.

    problems: each one "place: fault – way out".
    """

    exit_code = 78

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class ReplacedError(ConfigurationError):
    """Another machine runs the program now; this one has no word any more, not even about that."""


class BackendError(CoordinatorError):
    """A mailbox or a server did not do what was asked.

    later: whether trying again later can help.
    """

    exit_code = 75

    def __init__(self, text: str, *, later: bool = True) -> None:
        super().__init__(text)
        self.later = later
