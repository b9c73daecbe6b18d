"""Figures for Prometheus. Labels hold no names, references or ids of anybody."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector


class Metrics:
    """Counters of one process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "huoyan_request_seconds",
            "Time to answer, by route and status.",
            ("method", "route", "status"),
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
            registry=self.registry,
        )
        self.finished = Counter(
            "huoyan_packets_finished",
            "Packets that became final, by how.",
            ("state",),
            registry=self.registry,
        )
        self.refused_late = Counter(
            "huoyan_late_results_refused",
            "Results of workers that had lost their packet.",
            registry=self.registry,
        )
        self.handed_over = Counter(
            "huoyan_packets_handed_over",
            "Packets taken from workers that fell silent.",
            registry=self.registry,
        )
        self.deliveries = Counter(
            "huoyan_webhook_attempts",
            "Attempts to deliver an event, by outcome.",
            ("outcome",),
            registry=self.registry,
        )
        self.oldest_waiting = Gauge(
            "huoyan_oldest_waiting_seconds",
            "How long the packet that has waited longest has waited; 0 where none does.",
            registry=self.registry,
        )
        # Memory, processor time, open files and start of this process.
        ProcessCollector(registry=self.registry)
        self.waiting = Gauge(
            "huoyan_packets_waiting",
            "Packets that wait, over all organisations.",
            registry=self.registry,
        )
