"""Which mentors said what, by topic."""

from collections.abc import Iterable, Iterator

from coordinator.core.matching.vocabulary import Topic, meet


class Index:
    """Which mentors said what: a topic → their places."""

    def __init__(self, topics: Iterable[Iterable[Topic]]) -> None:
        self._topics: dict[Topic, list[int]] = {}
        self._words: dict[str, set[Topic]] = {}
        for place, said in enumerate(topics):
            for topic in dict.fromkeys(said):
                self._topics.setdefault(topic, []).append(place)
                for word in topic:
                    self._words.setdefault(word, set()).add(topic)

    def everybody(self) -> set[int]:
        return {place for places in self._topics.values() for place in places}

    def same(self, topics: Iterable[Topic]) -> Iterator[int]:
        """Those who said one of these topics."""
        for topic in topics:
            yield from self._topics.get(topic, ())

    def meeting(self, topics: Iterable[Topic]) -> Iterator[int]:
        """Those who said something that meets one of these topics."""
        for topic in topics:
            near = {other for word in topic for other in self._words.get(word, ())}
            for other in near:
                if meet(topic, other):
                    yield from self._topics[other]
