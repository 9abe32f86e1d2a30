import unittest

from textkit.intervals import find_gaps, merge_intervals, subtract_intervals


class TestMergeIntervals(unittest.TestCase):
    def test_joins_overlapping_intervals(self):
        self.assertEqual(merge_intervals([(1, 4), (3, 6)]), [(1, 6)])
        self.assertEqual(merge_intervals([(1, 4), (2, 5), (4, 9)]), [(1, 9)])

    def test_joins_touching_intervals(self):
        self.assertEqual(merge_intervals([(1, 3), (3, 5)]), [(1, 5)])
        self.assertEqual(merge_intervals([(0, 1), (1, 2), (2, 3)]), [(0, 3)])

    def test_keeps_separate_intervals_apart(self):
        self.assertEqual(merge_intervals([(1, 3), (4, 5)]), [(1, 3), (4, 5)])

    def test_sorts_its_result(self):
        self.assertEqual(merge_intervals([(7, 9), (1, 2), (4, 5)]), [(1, 2), (4, 5), (7, 9)])

    def test_swallows_contained_intervals(self):
        self.assertEqual(merge_intervals([(1, 10), (2, 3), (5, 6)]), [(1, 10)])
        self.assertEqual(merge_intervals([(0, 8), (0, 3)]), [(0, 8)])

    def test_continues_from_the_longer_interval(self):
        self.assertEqual(merge_intervals([(0, 10), (2, 4), (9, 12)]), [(0, 12)])

    def test_joins_across_gaps_within_the_tolerance(self):
        self.assertEqual(merge_intervals([(0, 2), (4, 6)], tolerance=2), [(0, 6)])
        self.assertEqual(merge_intervals([(0, 2), (3, 6)], 1), [(0, 6)])

    def test_keeps_gaps_beyond_the_tolerance(self):
        self.assertEqual(merge_intervals([(0, 2), (5, 6)], tolerance=2), [(0, 2), (5, 6)])
        self.assertEqual(merge_intervals([(0, 2), (4, 6)], 1), [(0, 2), (4, 6)])

    def test_drops_empty_intervals(self):
        self.assertEqual(merge_intervals([(3, 3)]), [])
        self.assertEqual(merge_intervals([(1, 2), (5, 5), (8, 9)]), [(1, 2), (8, 9)])

    def test_empty_intervals_do_not_bridge_gaps(self):
        self.assertEqual(merge_intervals([(0, 2), (3, 3), (4, 6)], 1), [(0, 2), (4, 6)])

    def test_gives_nothing_for_no_intervals(self):
        self.assertEqual(merge_intervals([]), [])

    def test_rejects_an_interval_that_ends_before_it_starts(self):
        with self.assertRaises(ValueError):
            merge_intervals([(5, 4)])

    def test_rejects_a_turned_interval_among_good_ones(self):
        with self.assertRaises(ValueError):
            merge_intervals([(0, 9), (6, 2), (10, 12)])

    def test_accepts_negative_numbers(self):
        self.assertEqual(merge_intervals([(-5, -3), (-3, 0)]), [(-5, 0)])

    def test_joins_within_each_of_several_groups(self):
        self.assertEqual(merge_intervals([(0, 1), (3, 5), (4, 7)]), [(0, 1), (3, 7)])
        self.assertEqual(
            merge_intervals([(0, 1), (2, 3), (5, 9), (6, 7)]), [(0, 1), (2, 3), (5, 9)]
        )

    def test_joins_late_intervals_to_the_last_group_only(self):
        self.assertEqual(
            merge_intervals([(8, 12), (0, 20), (30, 34), (34, 36)]), [(0, 20), (30, 36)]
        )
        self.assertEqual(merge_intervals([(0, 1), (2, 3), (3, 4)]), [(0, 1), (2, 4)])


class TestSubtractIntervals(unittest.TestCase):
    def test_cuts_a_hole_out_of_the_middle(self):
        self.assertEqual(subtract_intervals([(0, 10)], [(3, 5)]), [(0, 3), (5, 10)])

    def test_cuts_the_ends_off(self):
        self.assertEqual(subtract_intervals([(0, 10)], [(-2, 2), (8, 12)]), [(2, 8)])

    def test_leaves_no_empty_interval_at_the_start(self):
        self.assertEqual(subtract_intervals([(0, 10)], [(0, 4)]), [(4, 10)])
        self.assertEqual(subtract_intervals([(5, 9)], [(5, 6)]), [(6, 9)])

    def test_leaves_no_empty_interval_at_the_end(self):
        self.assertEqual(subtract_intervals([(0, 10)], [(6, 10)]), [(0, 6)])
        self.assertEqual(subtract_intervals([(5, 9)], [(8, 9)]), [(5, 8)])

    def test_removes_everything_under_a_larger_hole(self):
        self.assertEqual(subtract_intervals([(2, 4), (5, 7)], [(0, 10)]), [])
        self.assertEqual(subtract_intervals([(2, 4)], [(2, 4)]), [])

    def test_ignores_holes_outside(self):
        self.assertEqual(subtract_intervals([(5, 8)], [(0, 3), (9, 12)]), [(5, 8)])

    def test_ignores_holes_that_only_touch(self):
        self.assertEqual(subtract_intervals([(5, 8)], [(2, 5), (8, 9)]), [(5, 8)])

    def test_one_hole_may_cut_two_intervals(self):
        self.assertEqual(subtract_intervals([(0, 4), (6, 10)], [(3, 7)]), [(0, 3), (7, 10)])

    def test_cuts_several_holes(self):
        self.assertEqual(
            subtract_intervals([(0, 10)], [(1, 2), (4, 5), (7, 9)]),
            [(0, 1), (2, 4), (5, 7), (9, 10)],
        )

    def test_merges_both_sides_first(self):
        self.assertEqual(subtract_intervals([(4, 9), (0, 5)], [(6, 7), (2, 6)]), [(0, 2), (7, 9)])

    def test_an_empty_hole_does_not_cut(self):
        self.assertEqual(subtract_intervals([(0, 5)], [(3, 3)]), [(0, 5)])

    def test_handles_empty_arguments(self):
        self.assertEqual(subtract_intervals([], [(1, 2)]), [])
        self.assertEqual(subtract_intervals([(1, 2), (2, 3)], []), [(1, 3)])

    def test_rejects_turned_intervals(self):
        self.assertRaises(ValueError, subtract_intervals, [(2, 1)], [])
        self.assertRaises(ValueError, subtract_intervals, [(0, 5)], [(3, 1)])

    def test_stops_at_the_end_of_the_interval_before_a_later_hole(self):
        self.assertEqual(subtract_intervals([(0, 4), (10, 14)], [(6, 8)]), [(0, 4), (10, 14)])
        self.assertEqual(subtract_intervals([(0, 4)], [(1, 2), (5, 6)]), [(0, 1), (2, 4)])

    def test_later_intervals_see_the_holes_again(self):
        self.assertEqual(
            subtract_intervals([(0, 4), (6, 9), (12, 15)], [(7, 8), (13, 20)]),
            [(0, 4), (6, 7), (8, 9), (12, 13)],
        )


class TestFindGaps(unittest.TestCase):
    def test_lists_the_gaps_between_busy_times(self):
        self.assertEqual(find_gaps([(2, 4), (6, 8)], 0, 10), [(0, 2), (4, 6), (8, 10)])

    def test_the_whole_window_is_free_without_busy_times(self):
        self.assertEqual(find_gaps([], 3, 7), [(3, 7)])
        self.assertEqual(find_gaps([], 3, 4), [(3, 4)])

    def test_busy_times_at_the_edges_leave_no_empty_gaps(self):
        self.assertEqual(find_gaps([(0, 3), (7, 10)], 0, 10), [(3, 7)])
        self.assertEqual(find_gaps([(0, 10)], 0, 10), [])

    def test_ignores_busy_time_outside_the_window(self):
        self.assertEqual(find_gaps([(0, 2), (20, 30)], 5, 10), [(5, 10)])

    def test_cuts_busy_times_that_reach_over_the_edges(self):
        self.assertEqual(find_gaps([(0, 6), (9, 15)], 5, 10), [(6, 9)])
        self.assertEqual(find_gaps([(0, 50)], 5, 10), [])

    def test_keeps_gaps_of_exactly_the_minimum(self):
        self.assertEqual(find_gaps([(3, 5)], 0, 8, min_length=3), [(0, 3), (5, 8)])
        self.assertEqual(find_gaps([(1, 2), (4, 9)], 0, 9, 2), [(2, 4)])

    def test_leaves_out_gaps_below_the_minimum(self):
        self.assertEqual(find_gaps([(2, 5)], 0, 8, min_length=3), [(5, 8)])
        self.assertEqual(find_gaps([(3, 6)], 0, 8, min_length=3), [(0, 3)])

    def test_a_gap_of_one_counts_unless_told(self):
        self.assertEqual(find_gaps([(1, 4), (5, 6)], 0, 7), [(0, 1), (4, 5), (6, 7)])

    def test_unsorted_and_overlapping_busy_times_are_merged(self):
        self.assertEqual(find_gaps([(6, 8), (1, 5), (2, 3)], 0, 9), [(0, 1), (5, 6), (8, 9)])

    def test_touching_busy_times_leave_no_gap(self):
        self.assertEqual(find_gaps([(1, 3), (3, 5)], 1, 6), [(5, 6)])

    def test_an_empty_or_turned_window_has_no_gaps(self):
        self.assertEqual(find_gaps([], 4, 4), [])
        self.assertEqual(find_gaps([(1, 2)], 9, 3), [])

    def test_rejects_a_minimum_of_zero(self):
        with self.assertRaises(ValueError):
            find_gaps([(1, 2)], 0, 5, 0)

    def test_rejects_minimums_below_one(self):
        self.assertRaises(ValueError, find_gaps, [], 0, 5, -1)
        self.assertRaises(ValueError, find_gaps, [], 0, 5, 0)


if __name__ == "__main__":
    unittest.main()
