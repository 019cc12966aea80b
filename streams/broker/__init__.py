"""The embedded broker: Apache Kafka itself (KRaft), one node or a cluster on loopback."""

from streams.broker.cluster import Cluster
from streams.broker.faults import BrokerError
from streams.broker.node import Broker

__all__ = ["Broker", "BrokerError", "Cluster"]
