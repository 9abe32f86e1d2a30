import unittest

from textkit.parsing import compare_versions, parse_config_line, split_csv_line


class TestParseConfigLine(unittest.TestCase):
    def test_reads_a_plain_value(self):
        self.assertEqual(parse_config_line("name=box"), ("name", "box"))
        self.assertEqual(parse_config_line("  port =  8080 "), ("port", "8080"))

    def test_blank_lines_have_no_setting(self):
        self.assertIsNone(parse_config_line(""))
        self.assertIsNone(parse_config_line("   "))

    def test_white_space_alone_has_no_setting(self):
        self.assertIsNone(parse_config_line("\t \n"))

    def test_comment_lines_have_no_setting(self):
        self.assertIsNone(parse_config_line("# name = box"))
        self.assertIsNone(parse_config_line("   #off"))

    def test_a_lone_hash_is_a_comment(self):
        self.assertIsNone(parse_config_line("#"))

    def test_a_value_may_be_empty(self):
        self.assertEqual(parse_config_line("empty ="), ("empty", ""))
        self.assertEqual(parse_config_line("empty = # nothing"), ("empty", ""))

    def test_a_plain_value_ends_before_a_comment(self):
        self.assertEqual(parse_config_line("size = 10 # pixels"), ("size", "10"))
        self.assertEqual(parse_config_line("a=1 #2 #3"), ("a", "1"))

    def test_a_hash_without_a_space_before_it_belongs_to_the_value(self):
        self.assertEqual(parse_config_line("url = page#top"), ("url", "page#top"))
        self.assertEqual(parse_config_line("c = x#y #z"), ("c", "x#y"))

    def test_only_the_first_equals_sign_divides(self):
        self.assertEqual(parse_config_line("query = a=b=c"), ("query", "a=b=c"))

    def test_quotes_keep_spaces_and_hashes(self):
        self.assertEqual(parse_config_line('t = "  a # b "'), ("t", "  a # b "))
        self.assertEqual(parse_config_line('t=""'), ("t", ""))

    def test_quoted_values_may_have_a_comment_after_them(self):
        self.assertEqual(parse_config_line('t = "x" # note'), ("t", "x"))
        self.assertEqual(parse_config_line('t = "x"#note'), ("t", "x"))

    def test_decodes_escapes_in_quotes(self):
        self.assertEqual(parse_config_line(r'm = "a\nb\tc"'), ("m", "a\nb\tc"))
        self.assertEqual(parse_config_line(r'm = "say \"hi\" \\"'), ("m", 'say "hi" \\'))

    def test_leaves_backslashes_in_plain_values_alone(self):
        self.assertEqual(parse_config_line(r"path = C:\new"), ("path", r"C:\new"))

    def test_a_quote_inside_a_plain_value_is_ordinary(self):
        self.assertEqual(parse_config_line('height = 6"'), ("height", '6"'))

    def test_keys_may_hold_dots_digits_and_hyphens(self):
        self.assertEqual(parse_config_line("_a.b-2 = 1"), ("_a.b-2", "1"))

    def test_rejects_a_line_without_equals_sign(self):
        with self.assertRaises(ValueError):
            parse_config_line("name box")
        with self.assertRaises(ValueError):
            parse_config_line("name")

    def test_rejects_a_bare_word(self):
        self.assertRaises(ValueError, parse_config_line, "verbose")

    def test_rejects_bad_keys(self):
        self.assertRaises(ValueError, parse_config_line, "2nd = x")
        self.assertRaises(ValueError, parse_config_line, "= x")

    def test_rejects_keys_with_spaces(self):
        self.assertRaises(ValueError, parse_config_line, "two words = x")

    def test_rejects_text_after_the_closing_quote(self):
        self.assertRaises(ValueError, parse_config_line, 'a = "x" y')
        self.assertRaises(ValueError, parse_config_line, 'a = "x" "y"')

    def test_rejects_text_directly_at_the_closing_quote(self):
        self.assertRaises(ValueError, parse_config_line, 'a = "x"y # z')

    def test_rejects_open_quotes(self):
        self.assertRaises(ValueError, parse_config_line, 'a = "x')
        self.assertRaises(ValueError, parse_config_line, 'a = "')

    def test_rejects_unknown_and_unfinished_escapes(self):
        self.assertRaises(ValueError, parse_config_line, r'a = "\q"')
        self.assertRaises(ValueError, parse_config_line, 'a = "x\\')

    def test_rejects_a_quote_closed_only_by_an_escaped_one(self):
        self.assertRaises(ValueError, parse_config_line, r'a = "x\"')

    def test_decodes_an_escape_at_either_end_of_the_quotes(self):
        self.assertEqual(parse_config_line(r'm = "\ta\n"'), ("m", "\ta\n"))
        self.assertEqual(parse_config_line(r'm = "\\" # end'), ("m", "\\"))

    def test_rejects_an_unknown_escape_before_other_text(self):
        self.assertRaises(ValueError, parse_config_line, r'a = "one \x two"')

    def test_a_value_of_only_a_comment_is_empty(self):
        self.assertEqual(parse_config_line("name = #fff"), ("name", ""))
        self.assertEqual(parse_config_line("name=#fff"), ("name", ""))


class TestCompareVersions(unittest.TestCase):
    def test_equal_versions(self):
        self.assertEqual(compare_versions("1.2.3", "1.2.3"), 0)
        self.assertEqual(compare_versions("2", "2"), 0)

    def test_numbers_compare_as_numbers(self):
        self.assertEqual(compare_versions("1.9", "1.10"), -1)
        self.assertEqual(compare_versions("10.0", "9.9"), 1)

    def test_the_leftmost_difference_decides(self):
        self.assertEqual(compare_versions("1.2.9", "1.3.0"), -1)
        self.assertEqual(compare_versions("2.0.0", "1.9.9"), 1)

    def test_missing_numbers_are_zero(self):
        self.assertEqual(compare_versions("1.2", "1.2.0"), 0)
        self.assertEqual(compare_versions("1.0.0", "1"), 0)

    def test_zero_versions_are_equal_at_any_length(self):
        self.assertEqual(compare_versions("0", "0.0.0"), 0)
        self.assertEqual(compare_versions("0.0", "0"), 0)

    def test_a_longer_version_may_be_newer(self):
        self.assertEqual(compare_versions("1.2", "1.2.1"), -1)
        self.assertEqual(compare_versions("1.0.1", "1"), 1)

    def test_zeros_in_the_middle_count(self):
        self.assertEqual(compare_versions("1.0.5", "1.5"), -1)
        self.assertEqual(compare_versions("0.1", "0.0.9"), 1)

    def test_leading_zeros_do_not_count(self):
        self.assertEqual(compare_versions("1.02", "1.2"), 0)

    def test_a_leading_v_is_allowed(self):
        self.assertEqual(compare_versions("v1.4", "1.4"), 0)
        self.assertEqual(compare_versions("v1.4", "v1.5"), -1)

    def test_a_suffix_is_older_than_the_release(self):
        self.assertEqual(compare_versions("1.0-rc1", "1.0"), -1)
        self.assertEqual(compare_versions("1.0", "1.0.0-beta"), 1)

    def test_a_suffix_is_newer_than_the_release_before(self):
        self.assertEqual(compare_versions("1.1-alpha", "1.0"), 1)
        self.assertEqual(compare_versions("1.0.9", "1.1-alpha"), -1)

    def test_suffixes_compare_as_text(self):
        self.assertEqual(compare_versions("1.0-alpha", "1.0-beta"), -1)
        self.assertEqual(compare_versions("1.0-rc.2", "1.0-rc.10"), 1)

    def test_equal_suffixes_are_equal(self):
        self.assertEqual(compare_versions("1-rc.1", "1.0-rc.1"), 0)

    def test_rejects_what_is_no_version(self):
        self.assertRaises(ValueError, compare_versions, "one", "1.0")
        self.assertRaises(ValueError, compare_versions, "1.0", "1..0")

    def test_rejects_unfinished_versions(self):
        with self.assertRaises(ValueError):
            compare_versions("1.", "1")
        with self.assertRaises(ValueError):
            compare_versions("1", "1-")

    def test_orders_suffixes_and_releases_in_one_line(self):
        self.assertEqual(compare_versions("2.0-a", "2.0-b"), -1)
        self.assertEqual(compare_versions("2.0-b", "2.0"), -1)
        self.assertEqual(compare_versions("2.0", "2.0-z"), 1)


class TestSplitCsvLine(unittest.TestCase):
    def test_splits_at_commas(self):
        self.assertEqual(split_csv_line("a,b,c"), ["a", "b", "c"])
        self.assertEqual(split_csv_line("one"), ["one"])

    def test_keeps_empty_fields(self):
        self.assertEqual(split_csv_line("a,,c"), ["a", "", "c"])
        self.assertEqual(split_csv_line(",a,"), ["", "a", ""])

    def test_the_empty_line_is_one_empty_field(self):
        self.assertEqual(split_csv_line(""), [""])

    def test_keeps_spaces(self):
        self.assertEqual(split_csv_line(" a , b "), [" a ", " b "])

    def test_commas_in_quotes_do_not_split(self):
        self.assertEqual(split_csv_line('"a,b",c'), ["a,b", "c"])
        self.assertEqual(split_csv_line('x,"1,2,3"'), ["x", "1,2,3"])

    def test_two_quotes_stand_for_one(self):
        self.assertEqual(split_csv_line('"say ""hi""",x'), ['say "hi"', "x"])

    def test_two_quotes_alone_are_an_empty_field(self):
        self.assertEqual(split_csv_line('"",b'), ["", "b"])
        self.assertEqual(split_csv_line('a,""'), ["a", ""])

    def test_four_quotes_are_a_field_of_one_quote(self):
        self.assertEqual(split_csv_line('"""",b'), ['"', "b"])

    def test_a_quote_inside_a_plain_field_is_ordinary(self):
        self.assertEqual(split_csv_line('6" pipe,b'), ['6" pipe', "b"])
        self.assertEqual(split_csv_line(' "a",b'), [' "a"', "b"])

    def test_text_after_a_closing_quote_is_appended(self):
        self.assertEqual(split_csv_line('"a"b,c'), ["ab", "c"])

    def test_uses_another_separator(self):
        self.assertEqual(split_csv_line("a;b,c;d", ";"), ["a", "b,c", "d"])
        self.assertEqual(split_csv_line('"a;b"\tc', "\t"), ["a;b", "c"])

    def test_rejects_open_quotes(self):
        with self.assertRaises(ValueError):
            split_csv_line('a,"b')

    def test_rejects_a_record_that_ends_inside_quotes(self):
        self.assertRaises(ValueError, split_csv_line, '"a,b""')
        self.assertRaises(ValueError, split_csv_line, '"')


if __name__ == "__main__":
    unittest.main()
