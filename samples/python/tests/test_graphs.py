import unittest

from textkit.graphs import connected_components, shortest_path, topological_order


class TestTopologicalOrder(unittest.TestCase):
    def test_puts_needs_before_the_tasks(self):
        self.assertEqual(
            topological_order({"serve": ["build"], "build": ["fetch"], "fetch": []}),
            ["fetch", "build", "serve"],
        )

    def test_tasks_without_needs_come_alphabetically(self):
        self.assertEqual(topological_order({"c": [], "a": [], "b": []}), ["a", "b", "c"])

    def test_a_need_without_entry_counts_as_a_task(self):
        self.assertEqual(topological_order({"b": ["z"]}), ["z", "b"])

    def test_takes_the_alphabetically_first_task_that_is_ready(self):
        self.assertEqual(
            topological_order({"a": ["d"], "b": [], "c": ["b"], "e": ["b"]}),
            ["b", "c", "d", "a", "e"],
        )

    def test_waits_for_every_need(self):
        self.assertEqual(
            topological_order({"a": ["x", "y"], "x": ["y"], "b": ["a"]}), ["y", "x", "a", "b"]
        )

    def test_a_repeated_need_counts_once(self):
        self.assertEqual(topological_order({"a": ["b", "b"]}), ["b", "a"])

    def test_a_diamond_runs_its_base_once(self):
        self.assertEqual(
            topological_order({"top": ["left", "right"], "left": ["base"], "right": ["base"]}),
            ["base", "left", "right", "top"],
        )

    def test_no_tasks_have_an_empty_order(self):
        self.assertEqual(topological_order({}), [])

    def test_does_not_change_its_argument(self):
        needs = {"a": ["b"], "b": []}
        self.assertEqual(topological_order(needs), ["b", "a"])
        self.assertEqual(needs, {"a": ["b"], "b": []})

    def test_rejects_a_cycle_and_names_it(self):
        with self.assertRaisesRegex(ValueError, "cycle among: a, b$"):
            topological_order({"b": ["a"], "a": ["b"], "c": []})

    def test_names_tasks_behind_the_cycle_as_well(self):
        with self.assertRaisesRegex(ValueError, "cycle among: x, y, z$"):
            topological_order({"z": ["y"], "y": ["x", "w"], "x": ["y"]})

    def test_rejects_a_task_that_needs_itself(self):
        with self.assertRaisesRegex(ValueError, "cycle among: a$"):
            topological_order({"a": ["a"]})


class TestShortestPath(unittest.TestCase):
    def test_takes_the_only_road(self):
        self.assertEqual(shortest_path([("a", "b", 4)], "a", "b"), (4, ["a", "b"]))

    def test_uses_roads_in_both_directions(self):
        self.assertEqual(
            shortest_path([("b", "a", 2), ("c", "b", 3)], "a", "c"), (5, ["a", "b", "c"])
        )
        self.assertEqual(shortest_path([("a", "b", 4)], "b", "a"), (4, ["b", "a"]))

    def test_prefers_a_cheaper_detour(self):
        roads = [("a", "c", 10), ("a", "b", 3), ("b", "c", 4)]
        self.assertEqual(shortest_path(roads, "a", "c"), (7, ["a", "b", "c"]))

    def test_prefers_fewer_places_at_equal_cost(self):
        roads = [("a", "b", 2), ("b", "d", 2), ("a", "d", 4)]
        self.assertEqual(shortest_path(roads, "a", "d"), (4, ["a", "d"]))

    def test_counts_places_also_on_longer_ways(self):
        roads = [("a", "b", 1), ("b", "c", 1), ("c", "e", 1), ("a", "z", 1), ("z", "e", 2)]
        self.assertEqual(shortest_path(roads, "a", "e"), (3, ["a", "z", "e"]))

    def test_prefers_the_alphabetically_first_of_equal_ways(self):
        roads = [("a", "x", 1), ("x", "d", 1), ("a", "m", 1), ("m", "d", 1)]
        self.assertEqual(shortest_path(roads, "a", "d"), (2, ["a", "m", "d"]))

    def test_follows_a_long_chain(self):
        roads = [("a", "b", 1), ("b", "c", 2), ("c", "d", 3), ("d", "e", 4), ("a", "e", 11)]
        self.assertEqual(shortest_path(roads, "a", "e"), (10, ["a", "b", "c", "d", "e"]))

    def test_takes_the_cheaper_of_two_roads(self):
        self.assertEqual(shortest_path([("a", "b", 5), ("a", "b", 2)], "a", "b"), (2, ["a", "b"]))

    def test_free_roads_are_allowed(self):
        roads = [("a", "b", 0), ("b", "c", 0), ("a", "c", 1)]
        self.assertEqual(shortest_path(roads, "a", "c"), (0, ["a", "b", "c"]))

    def test_a_single_free_road_costs_nothing(self):
        self.assertEqual(shortest_path([("a", "b", 0)], "b", "a"), (0, ["b", "a"]))

    def test_staying_costs_nothing(self):
        self.assertEqual(shortest_path([("a", "b", 1)], "a", "a"), (0, ["a"]))
        self.assertEqual(shortest_path([], "home", "home"), (0, ["home"]))

    def test_gives_nothing_for_a_place_out_of_reach(self):
        self.assertIsNone(shortest_path([("a", "b", 1), ("c", "d", 1)], "a", "d"))

    def test_gives_nothing_for_unknown_places(self):
        self.assertIsNone(shortest_path([("a", "b", 1)], "a", "z"))
        self.assertIsNone(shortest_path([("a", "b", 1)], "z", "a"))

    def test_rejects_a_negative_cost(self):
        with self.assertRaises(ValueError):
            shortest_path([("a", "b", -1)], "a", "b")

    def test_rejects_a_negative_cost_anywhere(self):
        with self.assertRaises(ValueError):
            shortest_path([("a", "b", 3), ("x", "y", -1)], "a", "b")

    def test_goes_on_past_a_place_that_was_reached_twice(self):
        roads = [("a", "b", 1), ("a", "c", 1), ("b", "c", 1), ("c", "d", 9)]
        self.assertEqual(shortest_path(roads, "a", "d"), (10, ["a", "c", "d"]))

    def test_finds_its_way_through_a_grid(self):
        roads = [("a", "b", 1), ("c", "d", 1), ("a", "c", 2), ("b", "d", 2), ("d", "e", 5)]
        self.assertEqual(shortest_path(roads, "a", "e"), (8, ["a", "b", "d", "e"]))
        self.assertEqual(shortest_path(roads, "e", "a"), (8, ["e", "d", "b", "a"]))


class TestConnectedComponents(unittest.TestCase):
    def test_groups_linked_nodes(self):
        self.assertEqual(connected_components([("a", "b"), ("b", "c")]), [["a", "b", "c"]])

    def test_keeps_separate_groups_apart(self):
        self.assertEqual(connected_components([("a", "b"), ("x", "y")]), [["a", "b"], ["x", "y"]])

    def test_puts_larger_groups_first(self):
        self.assertEqual(
            connected_components([("a", "b"), ("p", "q"), ("q", "r")]),
            [["p", "q", "r"], ["a", "b"]],
        )

    def test_orders_groups_of_equal_size_by_first_member(self):
        self.assertEqual(
            connected_components([("m", "z"), ("k", "n"), ("b", "y")]),
            [["b", "y"], ["k", "n"], ["m", "z"]],
        )

    def test_the_direction_of_an_edge_does_not_matter(self):
        self.assertEqual(connected_components([("c", "a"), ("c", "b")]), [["a", "b", "c"]])
        self.assertEqual(connected_components([("a", "c"), ("b", "c")]), [["a", "b", "c"]])

    def test_follows_long_chains(self):
        edges = [("e", "d"), ("d", "c"), ("c", "b"), ("b", "a")]
        self.assertEqual(connected_components(edges), [["a", "b", "c", "d", "e"]])

    def test_a_loop_makes_a_single_node_known(self):
        self.assertEqual(connected_components([("a", "a")]), [["a"]])
        self.assertEqual(connected_components([("z", "z"), ("a", "b")]), [["a", "b"], ["z"]])

    def test_cycles_and_repeats_change_nothing(self):
        edges = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "b")]
        self.assertEqual(connected_components(edges), [["a", "b", "c"]])

    def test_keeps_groups_of_exactly_the_minimum(self):
        edges = [("a", "b"), ("x", "x"), ("p", "q"), ("q", "r")]
        self.assertEqual(connected_components(edges, 2), [["p", "q", "r"], ["a", "b"]])
        self.assertEqual(connected_components(edges, 3), [["p", "q", "r"]])

    def test_leaves_out_groups_below_the_minimum(self):
        self.assertEqual(connected_components([("a", "b"), ("c", "c")], min_size=2), [["a", "b"]])
        self.assertEqual(connected_components([("a", "b")], min_size=3), [])

    def test_no_edges_give_no_groups(self):
        self.assertEqual(connected_components([]), [])

    def test_lists_lone_nodes_after_the_groups(self):
        self.assertEqual(
            connected_components([("d", "d"), ("b", "b"), ("c", "e")]), [["c", "e"], ["b"], ["d"]]
        )

    def test_orders_groups_by_their_smallest_node(self):
        self.assertEqual(connected_components([("b", "c"), ("a", "z")]), [["a", "z"], ["b", "c"]])
        self.assertEqual(
            connected_components([("f", "k"), ("g", "h"), ("e", "l")]),
            [["e", "l"], ["f", "k"], ["g", "h"]],
        )


if __name__ == "__main__":
    unittest.main()
