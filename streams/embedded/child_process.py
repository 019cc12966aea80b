"""A child process that cannot outlive its parent, ended only by its own id."""

import os
import pwd
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

# A small shell waits in the child's process group for the end of a pipe that only the parent
# holds open: when the parent dies, however it dies, the shell kills the child. Chosen over
# Linux's parent-death signal, which fires when the *thread* that started the child ends, needs a
# hook between fork and exec, and is Linux only. As long as the shell lives in the group, no other
# process can be given the group's number, which is the child's process id.
_TETHER = 'exec 3<&0 </dev/null; (read -r _ <&3; kill -9 -$$) & exec "$@" 3<&-'


class ChildProcess:
    """A running command in a process group of its own, with its output appended to files."""

    def __init__(
        self,
        command: Sequence[str],
        output: Path,
        *,
        errors: Path | None = None,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
        keep_open: Sequence[int] = (),
    ) -> None:
        """Start `command` in `folder`, as `user` if given (which needs root).

        What it writes as an error goes to `errors`, or to `output` as well. It inherits the open
        files `keep_open`. Raises OSError if it cannot be started.
        """
        group = pwd.getpwnam(user).pw_gid if user else None
        with ExitStack() as files:
            out = files.enter_context(output.open("ab"))
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _TETHER, "sh", *command],
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=files.enter_context(errors.open("ab")) if errors else out,
                pass_fds=tuple(keep_open),
                start_new_session=True,
                user=user,
                group=group,
                extra_groups=None if group is None else [group],
            )
        self.pid = self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while the command runs; negative if a signal ended it."""
        return self._process.poll()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the command alone; nothing happens if it has ended."""
        self._process.send_signal(number)

    def wait(self, patience: float) -> int | None:
        """The exit code, or None if the command still runs after `patience` seconds."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(patience)
        return None

    def stop(self, patience: float) -> int:
        """Ask the command to end, kill it after `patience` seconds, and return its exit code."""
        self.send(signal.SIGTERM)
        self.send(signal.SIGCONT)
        self.wait(patience)
        return self.kill()

    def kill(self) -> int:
        """End the command's process group at once, and wait until the command is gone."""
        tether = self._process.stdin
        if tether is not None and not tether.closed:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            tether.close()
        return self._process.wait()
