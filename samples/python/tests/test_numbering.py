import unittest

from textkit.numbering import collapse_ranges, expand_ranges, from_roman


class TestExpandRanges(unittest.TestCase):
    def test_expands_single_numbers(self):
        self.assertEqual(expand_ranges("7"), [7])
        self.assertEqual(expand_ranges("3,5,9"), [3, 5, 9])

    def test_a_range_holds_both_ends(self):
        self.assertEqual(expand_ranges("1-3"), [1, 2, 3])
        self.assertEqual(expand_ranges("0-1,9-11"), [0, 1, 9, 10, 11])

    def test_a_range_may_hold_one_number(self):
        self.assertEqual(expand_ranges("4-4"), [4])
        self.assertEqual(expand_ranges("4-4:2"), [4])

    def test_mixes_numbers_and_ranges(self):
        self.assertEqual(expand_ranges("1-3, 8, 10-12"), [1, 2, 3, 8, 10, 11, 12])

    def test_a_step_reaches_the_end_exactly(self):
        self.assertEqual(expand_ranges("10-20:5"), [10, 15, 20])
        self.assertEqual(expand_ranges("1-7:3"), [1, 4, 7])

    def test_a_step_stops_before_passing_the_end(self):
        self.assertEqual(expand_ranges("1-8:3"), [1, 4, 7])
        self.assertEqual(expand_ranges("1-6:3"), [1, 4])

    def test_a_step_of_one_changes_nothing(self):
        self.assertEqual(expand_ranges("2-4:1"), [2, 3, 4])
        self.assertEqual(expand_ranges("5-6:1,8"), [5, 6, 8])

    def test_sorts_and_removes_repeats(self):
        self.assertEqual(expand_ranges("9,2-4,3,1-2"), [1, 2, 3, 4, 9])

    def test_blank_text_gives_nothing(self):
        self.assertEqual(expand_ranges(""), [])
        self.assertEqual(expand_ranges("   "), [])

    def test_a_lone_space_gives_nothing(self):
        self.assertEqual(expand_ranges(" "), [])

    def test_rejects_empty_parts(self):
        self.assertRaises(ValueError, expand_ranges, "1,,2")
        self.assertRaises(ValueError, expand_ranges, "1,")

    def test_rejects_other_text(self):
        with self.assertRaises(ValueError):
            expand_ranges("1-x")
        with self.assertRaises(ValueError):
            expand_ranges("-3")

    def test_rejects_a_high_end_below_the_low_one(self):
        with self.assertRaises(ValueError):
            expand_ranges("5-4")

    def test_rejects_turned_ranges_with_a_step(self):
        with self.assertRaises(ValueError):
            expand_ranges("1-2,9-3:2")

    def test_rejects_a_step_of_zero_by_naming_the_part(self):
        with self.assertRaisesRegex(ValueError, "range never reaches its end: '1-5:0'"):
            expand_ranges("1-5:0")

    def test_rejects_a_step_of_zero_in_any_part(self):
        with self.assertRaisesRegex(ValueError, "range never reaches"):
            expand_ranges("8, 2-2:0")


class TestCollapseRanges(unittest.TestCase):
    def test_writes_three_in_a_row_as_a_range(self):
        self.assertEqual(collapse_ranges([1, 2, 3]), "1-3")
        self.assertEqual(collapse_ranges([7, 8, 9, 20]), "7-9,20")

    def test_writes_longer_runs_as_a_range(self):
        self.assertEqual(collapse_ranges([4, 5, 6, 7, 8]), "4-8")

    def test_writes_two_neighbours_apart(self):
        self.assertEqual(collapse_ranges([4, 5]), "4,5")
        self.assertEqual(collapse_ranges([1, 2, 9, 10]), "1,2,9,10")

    def test_writes_single_numbers_apart(self):
        self.assertEqual(collapse_ranges([6]), "6")
        self.assertEqual(collapse_ranges([1, 3, 5]), "1,3,5")

    def test_sorts_the_numbers(self):
        self.assertEqual(collapse_ranges([9, 3, 2, 1]), "1-3,9")

    def test_counts_repeats_once(self):
        self.assertEqual(collapse_ranges([2, 2, 2]), "2")
        self.assertEqual(collapse_ranges([1, 2, 2, 3]), "1-3")

    def test_a_gap_of_one_number_ends_a_run(self):
        self.assertEqual(collapse_ranges([1, 2, 3, 5, 6, 7]), "1-3,5-7")

    def test_mixes_runs_of_every_length(self):
        self.assertEqual(collapse_ranges([1, 3, 4, 6, 7, 8, 10, 11, 12, 13]), "1,3,4,6-8,10-13")

    def test_no_numbers_give_empty_text(self):
        self.assertEqual(collapse_ranges([]), "")

    def test_zero_is_allowed(self):
        self.assertEqual(collapse_ranges([0]), "0")
        self.assertEqual(collapse_ranges([0, 1, 2]), "0-2")

    def test_starts_a_run_at_zero(self):
        self.assertEqual(collapse_ranges([2, 0, 1, 3]), "0-3")

    def test_rejects_negative_numbers(self):
        with self.assertRaises(ValueError):
            collapse_ranges([-1])

    def test_rejects_negative_numbers_among_others(self):
        self.assertRaises(ValueError, collapse_ranges, [1, 2, -4])
        self.assertRaises(ValueError, collapse_ranges, [0, -1])


class TestFromRoman(unittest.TestCase):
    def test_reads_single_letters(self):
        self.assertEqual(from_roman("I"), 1)
        self.assertEqual(from_roman("D"), 500)

    def test_adds_letters_of_falling_value(self):
        self.assertEqual(from_roman("XVI"), 16)
        self.assertEqual(from_roman("MDCLXVI"), 1666)

    def test_adds_repeated_letters(self):
        self.assertEqual(from_roman("III"), 3)
        self.assertEqual(from_roman("CCXX"), 220)

    def test_subtracts_a_smaller_letter_before_a_larger_one(self):
        self.assertEqual(from_roman("IV"), 4)
        self.assertEqual(from_roman("XC"), 90)

    def test_mixes_adding_and_subtracting(self):
        self.assertEqual(from_roman("MCMXCIV"), 1994)
        self.assertEqual(from_roman("CDXLIX"), 449)

    def test_reads_small_letters(self):
        self.assertEqual(from_roman("xlii"), 42)
        self.assertEqual(from_roman("mMxiV"), 2014)

    def test_reads_the_largest_numeral(self):
        self.assertEqual(from_roman("MMMCMXCIX"), 3999)

    def test_rejects_values_above_the_largest(self):
        with self.assertRaises(ValueError):
            from_roman("MMMM")

    def test_rejects_much_larger_values(self):
        self.assertRaises(ValueError, from_roman, "MMMMI")
        self.assertRaises(ValueError, from_roman, "MMMMMM")

    def test_rejects_empty_text(self):
        with self.assertRaises(ValueError):
            from_roman("")

    def test_rejects_four_in_a_row(self):
        self.assertRaises(ValueError, from_roman, "IIII")
        self.assertRaises(ValueError, from_roman, "XXXX")

    def test_rejects_pairs_that_are_not_standard(self):
        self.assertRaises(ValueError, from_roman, "IC")
        self.assertRaises(ValueError, from_roman, "VX")

    def test_rejects_a_doubled_subtraction(self):
        self.assertRaises(ValueError, from_roman, "IIX")
        self.assertRaises(ValueError, from_roman, "IXI")

    def test_rejects_letters_that_are_no_numerals(self):
        self.assertRaises(ValueError, from_roman, "ABC")
        self.assertRaises(ValueError, from_roman, "X I")

    def test_rejects_digits(self):
        self.assertRaises(ValueError, from_roman, "10")

    def test_reads_the_smallest_numerals(self):
        self.assertEqual(from_roman("i"), 1)
        self.assertEqual(from_roman("II"), 2)

    def test_reads_numerals_just_below_the_limit(self):
        self.assertEqual(from_roman("MMMCMXCVIII"), 3998)
        self.assertEqual(from_roman("mmmcmxcix"), 3999)

    def test_the_first_numeral_above_the_limit_is_rejected(self):
        self.assertRaises(ValueError, from_roman, "mmmm")
        self.assertRaises(ValueError, from_roman, "")


if __name__ == "__main__":
    unittest.main()
