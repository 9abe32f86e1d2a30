"""Small graph algorithms on plain lists and dictionaries, with repeatable results."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from typing import Optional


def topological_order(dependencies: Mapping[str, Sequence[str]]) -> list[str]:
    """Order tasks so that each comes after everything it depends on.

    `dependencies` maps a task to the tasks it needs; a task that only occurs as a need counts
    as one without needs, and a need listed twice counts once. Whenever several tasks could come
    next, the alphabetically first one does.

    Raises ValueError, with the sorted names of the tasks that can never run, if there is a
    cycle (a task that needs itself is one).
    """
    waiting: dict[str, set[str]] = {task: set(needs) for task, needs in dependencies.items()}
    for needs in dependencies.values():
        for need in needs:
            waiting.setdefault(need, set())
    ready = sorted(task for task, needs in waiting.items() if not needs)
    order: list[str] = []
    while ready:
        done = heapq.heappop(ready)
        order.append(done)
        for task, needs in waiting.items():
            if done in needs:
                needs.remove(done)
                if not needs:
                    heapq.heappush(ready, task)
    if len(order) < len(waiting):
        raise ValueError("cycle among: " + ", ".join(sorted(set(waiting) - set(order))))
    return order


def shortest_path(
    roads: Iterable[tuple[str, str, int]], start: str, goal: str
) -> Optional[tuple[int, list[str]]]:
    """Find the cheapest way between two places; return its cost and the places on it.

    Each road (a, b, cost) may be used in both directions. Among ways of equal cost the one
    with fewer places is taken, and among those the one that is alphabetically first, place by
    place. From a place to itself the way is that place alone at cost 0. Returns None if the
    goal cannot be reached.

    Raises ValueError if a road has a negative cost.
    """
    neighbours: dict[str, list[tuple[str, int]]] = {}
    for one, other, cost in roads:
        if cost < 0:
            raise ValueError(f"negative cost between {one} and {other}")
        neighbours.setdefault(one, []).append((other, cost))
        neighbours.setdefault(other, []).append((one, cost))
    queue: list[tuple[int, int, list[str]]] = [(0, 1, [start])]
    settled: set[str] = set()
    while queue:
        total, length, path = heapq.heappop(queue)
        place = path[-1]
        if place == goal:
            return total, path
        if place in settled:
            continue
        settled.add(place)
        for following, cost in neighbours.get(place, []):
            if following not in settled:
                heapq.heappush(queue, (total + cost, length + 1, path + [following]))
    return None


def connected_components(edges: Iterable[tuple[str, str]], min_size: int = 1) -> list[list[str]]:
    """Group nodes that are linked to each other, directly or through other nodes.

    Each group is sorted alphabetically. Groups come with the largest first, and groups of the
    same size in the order of their first members. Groups of fewer than `min_size` nodes are
    left out. An edge from a node to itself only makes that node known.
    """
    neighbours: dict[str, set[str]] = {}
    for one, other in edges:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    groups: list[list[str]] = []
    seen: set[str] = set()
    for node in sorted(neighbours):
        if node in seen:
            continue
        seen.add(node)
        group = [node]
        for member in group:
            fresh = neighbours[member] - seen
            seen |= fresh
            group.extend(fresh)
        if len(group) >= min_size:
            groups.append(sorted(group))
    return sorted(groups, key=lambda members: (-len(members), members[0]))
