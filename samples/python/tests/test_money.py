import unittest

from textkit.money import format_amount, split_bill, tiered_fee

BANDS = [(10_000, 100), (50_000, 50), (None, 10)]


class TestSplitBill(unittest.TestCase):
    def test_splits_evenly_when_it_can(self):
        self.assertEqual(split_bill(900, [1, 1, 1]), [300, 300, 300])

    def test_gives_left_over_cents_to_the_first(self):
        self.assertEqual(split_bill(1000, [1, 1, 1]), [334, 333, 333])
        self.assertEqual(split_bill(101, [1, 1]), [51, 50])

    def test_gives_two_left_over_cents_to_the_first_two(self):
        self.assertEqual(split_bill(1001, [1, 1, 1]), [334, 334, 333])

    def test_splits_in_proportion(self):
        self.assertEqual(split_bill(1000, [1, 3]), [250, 750])
        self.assertEqual(split_bill(600, [3, 2, 1]), [300, 200, 100])

    def test_the_largest_cut_gets_the_cent(self):
        self.assertEqual(split_bill(100, [1, 2, 3]), [17, 33, 50])
        self.assertEqual(split_bill(10, [1, 5]), [2, 8])

    def test_a_later_share_with_a_larger_cut_comes_first(self):
        self.assertEqual(split_bill(5, [2, 1]), [3, 2])
        self.assertEqual(split_bill(100, [3, 3, 1]), [43, 43, 14])

    def test_a_share_of_zero_gets_nothing(self):
        self.assertEqual(split_bill(101, [0, 1, 1]), [0, 51, 50])
        self.assertEqual(split_bill(7, [1, 0]), [7, 0])

    def test_nothing_is_split_into_nothings(self):
        self.assertEqual(split_bill(0, [2, 1]), [0, 0])

    def test_one_cent_goes_to_one_person(self):
        self.assertEqual(split_bill(1, [1, 1, 1]), [1, 0, 0])

    def test_splits_refunds_with_turned_signs(self):
        self.assertEqual(split_bill(-1000, [1, 1, 1]), [-334, -333, -333])
        self.assertEqual(split_bill(-100, [1, 2, 3]), [-17, -33, -50])

    def test_splits_a_refund_of_one_cent(self):
        self.assertEqual(split_bill(-1, [1, 1]), [-1, 0])

    def test_a_single_share_pays_everything(self):
        self.assertEqual(split_bill(1234, [1]), [1234])
        self.assertEqual(split_bill(1235, [7]), [1235])

    def test_rejects_shares_of_nothing(self):
        self.assertRaises(ValueError, split_bill, 100, [])
        self.assertRaises(ValueError, split_bill, 100, [0, 0])

    def test_rejects_a_single_share_of_zero(self):
        self.assertRaises(ValueError, split_bill, 0, [0])

    def test_rejects_negative_shares(self):
        self.assertRaises(ValueError, split_bill, 100, [3, -1])
        self.assertRaises(ValueError, split_bill, 100, [-2, -1])

    def test_rejects_a_negative_share_in_a_refund(self):
        with self.assertRaises(ValueError):
            split_bill(-100, [-1, 5])

    def test_an_empty_bill_of_many_stays_empty(self):
        self.assertEqual(split_bill(0, [1, 1, 1]), [0, 0, 0])
        self.assertEqual(split_bill(0, [0, 5]), [0, 0])

    def test_guests_without_a_share_pay_nothing(self):
        self.assertEqual(split_bill(1000, [1, 0, 1, 0]), [500, 0, 500, 0])
        self.assertEqual(split_bill(-3, [0, 1, 1]), [0, -2, -1])

    def test_a_single_cent_may_be_paid_or_returned(self):
        self.assertEqual(split_bill(1, [1]), [1])
        self.assertEqual(split_bill(-1, [1, 3]), [0, -1])


class TestTieredFee(unittest.TestCase):
    def test_charges_the_first_rate_in_the_first_tier(self):
        self.assertEqual(tiered_fee(5_000, BANDS), 50)
        self.assertEqual(tiered_fee(10_000, BANDS), 100)

    def test_charges_only_the_slice_above_a_limit_at_the_next_rate(self):
        self.assertEqual(tiered_fee(30_000, BANDS), 200)
        self.assertEqual(tiered_fee(50_000, BANDS), 300)

    def test_charges_all_three_tiers(self):
        self.assertEqual(tiered_fee(150_000, BANDS), 400)

    def test_what_lies_above_the_last_limit_is_free(self):
        self.assertEqual(tiered_fee(90_000, [(10_000, 200)]), 200)
        self.assertEqual(tiered_fee(90_000, [(10_000, 200), (20_000, 100)]), 300)

    def test_a_tier_without_end_takes_everything(self):
        self.assertEqual(tiered_fee(20_000, [(None, 250)]), 500)

    def test_ignores_tiers_after_one_without_end(self):
        self.assertEqual(tiered_fee(20_000, [(None, 100), (50_000, 900)]), 200)
        self.assertEqual(tiered_fee(20_000, [(5_000, 0), (None, 100), (None, 900)]), 150)

    def test_rounds_halves_up(self):
        self.assertEqual(tiered_fee(50, [(None, 100)]), 1)
        self.assertEqual(tiered_fee(150, [(None, 100)]), 2)

    def test_rounds_down_below_a_half(self):
        self.assertEqual(tiered_fee(49, [(None, 100)]), 0)
        self.assertEqual(tiered_fee(149, [(None, 100)]), 1)

    def test_rounds_only_once(self):
        self.assertEqual(tiered_fee(60, [(30, 100), (60, 100)]), 1)
        self.assertEqual(tiered_fee(120, [(40, 100), (80, 100), (None, 100)]), 1)

    def test_raises_small_fees_to_the_minimum(self):
        self.assertEqual(tiered_fee(1_000, BANDS, minimum=25), 25)
        self.assertEqual(tiered_fee(1, BANDS, minimum=1), 1)

    def test_leaves_fees_above_the_minimum_alone(self):
        self.assertEqual(tiered_fee(5_000, BANDS, minimum=50), 50)
        self.assertEqual(tiered_fee(5_000, BANDS, minimum=49), 50)

    def test_nothing_costs_nothing(self):
        self.assertEqual(tiered_fee(0, BANDS, minimum=25), 0)
        self.assertEqual(tiered_fee(-500, BANDS, minimum=25), 0)

    def test_an_empty_amount_has_no_minimum_fee(self):
        self.assertEqual(tiered_fee(0, [], 10), 0)

    def test_without_tiers_only_the_minimum_is_left(self):
        self.assertEqual(tiered_fee(1_000, []), 0)
        self.assertEqual(tiered_fee(1, [], 30), 30)

    def test_rejects_limits_that_do_not_increase(self):
        self.assertRaises(ValueError, tiered_fee, 100, [(50, 1), (50, 2)])
        self.assertRaises(ValueError, tiered_fee, 100, [(50, 1), (40, 2)])

    def test_rejects_a_first_limit_of_zero(self):
        self.assertRaises(ValueError, tiered_fee, 100, [(0, 1), (40, 2)])

    def test_limits_above_the_amount_change_nothing(self):
        steep = [(100, 100), (200, 9_000), (300, 9_000), (None, 9_000)]
        self.assertEqual(tiered_fee(100, steep), 1)
        self.assertEqual(tiered_fee(99, steep), 1)

    def test_charges_a_full_rate_for_each_cent_of_a_slice(self):
        steep = [(100, 0), (200, 10_000), (300, 5_000)]
        self.assertEqual(tiered_fee(99, steep), 0)
        self.assertEqual(tiered_fee(101, steep), 1)
        self.assertEqual(tiered_fee(203, steep), 102)

    def test_rounds_a_sum_just_below_a_half_down(self):
        self.assertEqual(tiered_fee(4_999, [(None, 1)]), 0)
        self.assertEqual(tiered_fee(5_000, [(None, 1)]), 1)

    def test_the_first_tier_starts_at_the_first_cent(self):
        self.assertEqual(tiered_fee(1, [(None, 10_000)]), 1)
        self.assertEqual(tiered_fee(3, [(2, 10_000), (None, 10_000)]), 3)

    def test_a_tier_without_end_hides_even_wrong_tiers(self):
        self.assertEqual(tiered_fee(300, [(None, 10_000), (100, 10_000), (50, 1)]), 300)


class TestFormatAmount(unittest.TestCase):
    def test_writes_two_digits_of_cents(self):
        self.assertEqual(format_amount(1250), "$12.50")
        self.assertEqual(format_amount(1205), "$12.05")

    def test_writes_amounts_below_one(self):
        self.assertEqual(format_amount(7), "$0.07")
        self.assertEqual(format_amount(99), "$0.99")

    def test_zero_has_no_sign(self):
        self.assertEqual(format_amount(0), "$0.00")
        self.assertEqual(format_amount(0, accounting=True), "$0.00")

    def test_writes_a_full_unit(self):
        self.assertEqual(format_amount(100), "$1.00")
        self.assertEqual(format_amount(101), "$1.01")

    def test_three_digits_need_no_comma(self):
        self.assertEqual(format_amount(99_999), "$999.99")
        self.assertEqual(format_amount(12_345), "$123.45")

    def test_groups_thousands(self):
        self.assertEqual(format_amount(123_405), "$1,234.05")
        self.assertEqual(format_amount(100_000), "$1,000.00")

    def test_groups_millions(self):
        self.assertEqual(format_amount(123_456_789), "$1,234,567.89")
        self.assertEqual(format_amount(98_765_432_100), "$987,654,321.00")

    def test_puts_the_minus_sign_before_the_symbol(self):
        self.assertEqual(format_amount(-50), "-$0.50")
        self.assertEqual(format_amount(-123_456), "-$1,234.56")

    def test_accounting_uses_parentheses(self):
        self.assertEqual(format_amount(-50, accounting=True), "($0.50)")
        self.assertEqual(format_amount(-200_000, "EUR ", True), "(EUR 2,000.00)")

    def test_accounting_leaves_positive_amounts_alone(self):
        self.assertEqual(format_amount(1, accounting=True), "$0.01")
        self.assertEqual(format_amount(7_000, "£", True), "£70.00")

    def test_one_cent_in_both_directions(self):
        self.assertEqual(format_amount(-1), "-$0.01")
        self.assertEqual(format_amount(-1, "€", True), "(€0.01)")

    def test_nothing_is_written_with_its_symbol(self):
        self.assertEqual(format_amount(0, "£"), "£0.00")
        self.assertEqual(format_amount(0, "", True), "0.00")

    def test_the_smallest_debt_is_a_debt(self):
        self.assertEqual(format_amount(-1, "£"), "-£0.01")
        self.assertEqual(format_amount(-1, accounting=True), "($0.01)")

    def test_keeps_the_groups_in_order(self):
        self.assertEqual(format_amount(123_456_789_012), "$1,234,567,890.12")
        self.assertEqual(format_amount(-765_432_100), "-$7,654,321.00")


if __name__ == "__main__":
    unittest.main()
