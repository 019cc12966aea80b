"""The embedded broker: Apache Kafka itself (KRaft), one node or a cluster on loopback."""

from streams.embedded.broker.cluster import Cluster
from streams.embedded.broker.faults import BrokerError
from streams.embedded.broker.node import Broker

__all__ = ["Broker", "BrokerError", "Cluster"]
