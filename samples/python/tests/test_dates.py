import unittest
from datetime import date

from textkit.dates import add_months, business_days_between, parse_duration

MONDAY = date(2024, 3, 4)


class TestAddMonths(unittest.TestCase):
    def test_keeps_the_day_within_a_year(self):
        self.assertEqual(add_months(date(2024, 3, 15), 2), date(2024, 5, 15))
        self.assertEqual(add_months(date(2024, 1, 1), 11), date(2024, 12, 1))

    def test_adding_nothing_changes_nothing(self):
        self.assertEqual(add_months(date(2023, 12, 31), 0), date(2023, 12, 31))

    def test_crosses_into_the_next_year(self):
        self.assertEqual(add_months(date(2023, 12, 10), 1), date(2024, 1, 10))
        self.assertEqual(add_months(date(2023, 11, 5), 26), date(2026, 1, 5))

    def test_goes_back_into_the_year_before(self):
        self.assertEqual(add_months(date(2024, 1, 20), -1), date(2023, 12, 20))
        self.assertEqual(add_months(date(2024, 6, 20), -12), date(2023, 6, 20))

    def test_takes_the_last_day_of_a_shorter_month(self):
        self.assertEqual(add_months(date(2024, 3, 31), 1), date(2024, 4, 30))
        self.assertEqual(add_months(date(2024, 7, 31), -1), date(2024, 6, 30))

    def test_clamps_to_february_in_common_years(self):
        self.assertEqual(add_months(date(2023, 1, 31), 1), date(2023, 2, 28))
        self.assertEqual(add_months(date(2024, 2, 29), 12), date(2025, 2, 28))

    def test_clamps_to_february_in_leap_years(self):
        self.assertEqual(add_months(date(2024, 1, 31), 1), date(2024, 2, 29))
        self.assertEqual(add_months(date(2023, 12, 30), 2), date(2024, 2, 29))

    def test_knows_that_most_centuries_are_not_leap_years(self):
        self.assertEqual(add_months(date(2100, 1, 31), 1), date(2100, 2, 28))
        self.assertEqual(add_months(date(1900, 3, 29), -1), date(1900, 2, 28))

    def test_knows_that_every_fourth_century_is_a_leap_year(self):
        self.assertEqual(add_months(date(2000, 1, 31), 1), date(2000, 2, 29))
        self.assertEqual(add_months(date(2400, 3, 30), -1), date(2400, 2, 29))

    def test_sticks_to_the_end_when_asked(self):
        self.assertEqual(add_months(date(2023, 2, 28), 1, True), date(2023, 3, 31))
        self.assertEqual(add_months(date(2024, 4, 30), 1, True), date(2024, 5, 31))

    def test_sticks_to_the_end_of_a_shorter_month(self):
        self.assertEqual(add_months(date(2024, 8, 31), -6, True), date(2024, 2, 29))
        self.assertEqual(add_months(date(2024, 2, 29), 12, True), date(2025, 2, 28))

    def test_sticking_leaves_other_days_alone(self):
        self.assertEqual(add_months(date(2024, 2, 28), 1, True), date(2024, 3, 28))
        self.assertEqual(add_months(date(2024, 5, 30), 1, True), date(2024, 6, 30))

    def test_sticking_leaves_the_first_of_a_month_alone(self):
        self.assertEqual(add_months(date(2024, 5, 1), 3, stick_to_end=True), date(2024, 8, 1))

    def test_does_not_stick_unless_asked(self):
        self.assertEqual(add_months(date(2023, 2, 28), 1), date(2023, 3, 28))
        self.assertEqual(add_months(date(2024, 4, 30), 1), date(2024, 5, 30))

    def test_clamps_in_february_of_various_centuries(self):
        self.assertEqual(add_months(date(2199, 12, 31), 2), date(2200, 2, 28))
        self.assertEqual(add_months(date(1999, 12, 31), 2), date(2000, 2, 29))

    def test_sticks_to_the_end_of_february_in_century_years(self):
        self.assertEqual(add_months(date(2100, 2, 28), 1, True), date(2100, 3, 31))
        self.assertEqual(add_months(date(2000, 2, 28), 1, True), date(2000, 3, 28))
        self.assertEqual(add_months(date(2000, 2, 29), 1, True), date(2000, 3, 31))


class TestBusinessDaysBetween(unittest.TestCase):
    def test_counts_five_days_in_a_week(self):
        self.assertEqual(business_days_between(MONDAY, date(2024, 3, 11)), 5)
        self.assertEqual(business_days_between(date(2024, 3, 7), date(2024, 3, 14)), 5)

    def test_includes_the_start_but_not_the_end(self):
        self.assertEqual(business_days_between(MONDAY, date(2024, 3, 5)), 1)
        self.assertEqual(business_days_between(date(2024, 3, 10), date(2024, 3, 11)), 0)

    def test_equal_dates_have_nothing_between_them(self):
        self.assertEqual(business_days_between(MONDAY, MONDAY), 0)

    def test_friday_counts_as_a_working_day(self):
        self.assertEqual(business_days_between(date(2024, 3, 8), date(2024, 3, 9)), 1)
        self.assertEqual(business_days_between(date(2024, 3, 8), date(2024, 3, 11)), 1)

    def test_the_weekend_does_not_count(self):
        self.assertEqual(business_days_between(date(2024, 3, 9), date(2024, 3, 11)), 0)
        self.assertEqual(business_days_between(date(2024, 3, 9), date(2024, 3, 12)), 1)

    def test_turns_the_sign_when_the_dates_are_exchanged(self):
        self.assertEqual(business_days_between(date(2024, 3, 11), MONDAY), -5)
        self.assertEqual(business_days_between(date(2024, 3, 5), MONDAY), -1)

    def test_holidays_do_not_count(self):
        holidays = [date(2024, 3, 5), date(2024, 3, 7)]
        self.assertEqual(business_days_between(MONDAY, date(2024, 3, 11), holidays), 3)

    def test_a_holiday_on_the_first_day_does_not_count(self):
        self.assertEqual(business_days_between(MONDAY, date(2024, 3, 6), [MONDAY]), 1)

    def test_holidays_on_weekends_or_outside_change_nothing(self):
        holidays = [date(2024, 3, 9), date(2024, 3, 11), date(2024, 3, 1)]
        self.assertEqual(business_days_between(MONDAY, date(2024, 3, 11), holidays), 5)

    def test_holidays_also_count_backwards(self):
        holidays = [date(2024, 3, 8)]
        self.assertEqual(business_days_between(date(2024, 3, 11), MONDAY, holidays), -4)

    def test_counts_a_whole_month(self):
        self.assertEqual(business_days_between(date(2024, 2, 1), date(2024, 3, 1)), 21)


class TestParseDuration(unittest.TestCase):
    def test_reads_each_unit(self):
        self.assertEqual(parse_duration("45s"), 45)
        self.assertEqual(parse_duration("2m"), 120)
        self.assertEqual(parse_duration("3h"), 10800)

    def test_reads_days_and_weeks(self):
        self.assertEqual(parse_duration("1d"), 86400)
        self.assertEqual(parse_duration("2w"), 1209600)

    def test_adds_up_several_units(self):
        self.assertEqual(parse_duration("1h30m"), 5400)
        self.assertEqual(parse_duration("1w1d1h1m1s"), 694861)

    def test_skips_units_in_between(self):
        self.assertEqual(parse_duration("1d5s"), 86405)
        self.assertEqual(parse_duration("1w10m"), 605400)

    def test_allows_spaces_between_the_parts(self):
        self.assertEqual(parse_duration("2d 12h"), 216000)
        self.assertEqual(parse_duration(" 1h  5m "), 3900)

    def test_reads_capital_units(self):
        self.assertEqual(parse_duration("1H 1M"), 3660)

    def test_reads_numbers_of_several_digits(self):
        self.assertEqual(parse_duration("090m"), 5400)
        self.assertEqual(parse_duration("100s"), 100)

    def test_zero_is_a_duration(self):
        self.assertEqual(parse_duration("0s"), 0)
        self.assertEqual(parse_duration("0h0m"), 0)

    def test_rejects_empty_text(self):
        self.assertRaises(ValueError, parse_duration, "")
        with self.assertRaises(ValueError):
            parse_duration("   ")

    def test_rejects_text_of_spaces_only(self):
        with self.assertRaises(ValueError):
            parse_duration(" \t ")

    def test_rejects_a_number_without_unit(self):
        with self.assertRaises(ValueError):
            parse_duration("90")

    def test_rejects_a_number_without_unit_at_the_end(self):
        with self.assertRaises(ValueError):
            parse_duration("1h30")

    def test_rejects_a_unit_without_number(self):
        with self.assertRaisesRegex(ValueError, "invalid duration"):
            parse_duration("m")
        with self.assertRaisesRegex(ValueError, "invalid duration"):
            parse_duration("1hm")

    def test_rejects_a_unit_without_number_at_the_start(self):
        with self.assertRaisesRegex(ValueError, "invalid duration: 'h5m'"):
            parse_duration("h5m")

    def test_rejects_repeated_units(self):
        self.assertRaises(ValueError, parse_duration, "1h2h")
        self.assertRaises(ValueError, parse_duration, "1w1w")

    def test_rejects_units_out_of_order(self):
        self.assertRaises(ValueError, parse_duration, "5m1h")
        self.assertRaises(ValueError, parse_duration, "1s1w")

    def test_rejects_unknown_units_and_signs(self):
        self.assertRaises(ValueError, parse_duration, "5y")
        self.assertRaises(ValueError, parse_duration, "-5m")

    def test_rejects_a_space_before_the_unit(self):
        self.assertRaises(ValueError, parse_duration, "5 m")
        self.assertRaises(ValueError, parse_duration, "1h 5 m")

    def test_rejects_a_space_inside_a_number(self):
        self.assertRaises(ValueError, parse_duration, "1 0s")


if __name__ == "__main__":
    unittest.main()
