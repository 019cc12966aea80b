"""The two Java programs of Kafka that Bokvar runs: formatting a folder, and the server."""

import subprocess
from pathlib import Path

from streams.embedded.broker.runtime import Runtime

# The serial collector and the quick compiler alone: half the memory and start-up work of the
# defaults, and as fast for the load of one machine.
_JVM = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:+ExitOnOutOfMemoryError",
    "-Xlog:disable",
    "-Djava.awt.headless=true",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
    # Warns of the key-value settings that it does not know, once for each start.
    "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=error",
)
_FORMAT_SECONDS = 60.0


def format_folder(
    runtime: Runtime, settings: Path, cluster_id: str
) -> subprocess.CompletedProcess[str]:
    """Make the folder named in the file `settings` one of the cluster; harmless if it is one."""
    command = runtime.command(
        "kafka.tools.StorageTool",
        *("format", "--ignore-formatted", "--config", str(settings), "--cluster-id", cluster_id),
        jvm=(*_JVM, *_start_cache(runtime)),
    )
    return subprocess.run(
        command, capture_output=True, text=True, timeout=_FORMAT_SECONDS, check=False
    )


def server_command(
    runtime: Runtime, settings: Path, heap_mb: int, jvm: tuple[str, ...] = ()
) -> list[str]:
    """The command line of the server; `jvm` are further options of Java."""
    options = (f"-Xmx{heap_mb}m", *_JVM, *(jvm or _start_cache(runtime)))
    return runtime.command("kafka.Kafka", str(settings), jvm=options)


def _start_cache(runtime: Runtime) -> tuple[str, ...]:
    return (f"-XX:AOTCache={runtime.start_cache}",) if runtime.start_cache.exists() else ()
