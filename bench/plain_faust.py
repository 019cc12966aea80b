"""A plain Faust application: one agent that decodes each event and does nothing else.

Everything else is as Faust comes: its buffers, its commits, its acknowledgements.
"""

import asyncio
import logging
from typing import Any

import faust
import msgspec

from bench.job import Job, Stopwatch, answer, told
from models.contract.events import AnyEvent

SHOWN = ("processing_guarantee", "broker_max_poll_records", "stream_buffer_maxsize",
         "broker_commit_interval", "broker_commit_every", "consumer_max_fetch_size")  # fmt: skip


class Plain:
    """The application, and when it has decoded the whole log."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.watch = Stopwatch(job.began)
        self.finished = asyncio.Event()
        self.app = faust.App(
            f"bench-faust-{job.turn}",
            broker=f"kafka://{job.kafka}",
            store="memory://",
            web_enabled=False,
            autodiscover=False,
            topic_allow_declare=False,
            topic_disable_leader=True,
            consumer_auto_offset_reset="earliest",
            datadir=f"{job.folder}/faust",
        )
        topic = self.app.topic(job.topic, key_serializer="raw", value_serializer="raw")
        self.app.agent(topic, name="decode_only")(self.decode)

    async def decode(self, stream: Any) -> None:
        """The agent."""
        decode = msgspec.json.Decoder(AnyEvent).decode
        async for value in stream:
            decode(value)
            self.watch.worked()
            if self.watch.done == self.job.records:
                self.finished.set()

    async def run(self) -> None:
        """Decode the whole log, and commit."""
        logging.disable(logging.ERROR)
        await self.app.start()
        try:
            await self.finished.wait()
            consumer: Any = self.app.consumer
            await consumer.commit()
            found = self.watch.run(
                "plain Faust",
                settings={name: str(getattr(self.app.conf, name)) for name in SHOWN},
            )
        finally:
            await self.app.stop()
        answer(found)


async def main() -> None:
    """Run the job in the argument."""
    await Plain(told()).run()


if __name__ == "__main__":
    asyncio.run(main())
