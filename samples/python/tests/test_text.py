import unittest

from textkit.text import slugify, title_case, wrap


class TestSlugify(unittest.TestCase):
    def test_joins_lower_case_words_with_hyphens(self):
        self.assertEqual(slugify("Hello World"), "hello-world")
        self.assertEqual(slugify("Release Notes 2024"), "release-notes-2024")

    def test_collapses_punctuation_and_trims_the_ends(self):
        self.assertEqual(slugify("  --What's new?!  (v2) "), "whats-new-v2")

    def test_drops_apostrophes_inside_words(self):
        self.assertEqual(slugify("Don't stop"), "dont-stop")

    def test_keeps_words_that_fit_exactly(self):
        self.assertEqual(slugify("one two three", max_length=7), "one-two")
        self.assertEqual(slugify("one two three", max_length=13), "one-two-three")

    def test_leaves_out_a_word_that_is_one_character_too_long(self):
        self.assertEqual(slugify("one two three", max_length=12), "one-two")
        self.assertEqual(slugify("one two three", max_length=6), "one")

    def test_stops_at_the_first_word_that_does_not_fit(self):
        self.assertEqual(slugify("red elephant ox", max_length=8), "red")

    def test_counts_the_hyphen_towards_the_length(self):
        self.assertEqual(slugify("abcd efgh", max_length=8), "abcd")
        self.assertEqual(slugify("abcd efgh", max_length=9), "abcd-efgh")

    def test_cuts_only_a_first_word_that_is_too_long(self):
        self.assertEqual(slugify("internationalization now", max_length=5), "inter")
        self.assertEqual(slugify("abc", max_length=1), "a")

    def test_limits_to_forty_characters_unless_told(self):
        self.assertEqual(slugify("a" * 41), "a" * 40)
        self.assertEqual(slugify("b" * 20 + " " + "c" * 19), "b" * 20 + "-" + "c" * 19)

    def test_leaves_out_what_passes_forty_characters(self):
        self.assertEqual(slugify("b" * 20 + " " + "c" * 20), "b" * 20)
        self.assertEqual(slugify("d" * 50), "d" * 40)

    def test_gives_nothing_for_a_title_without_words(self):
        self.assertEqual(slugify(""), "")
        self.assertEqual(slugify(" ?! "), "")

    def test_returns_an_empty_slug_for_an_apostrophe(self):
        self.assertEqual(slugify("'", max_length=1), "")

    def test_rejects_a_length_of_zero(self):
        with self.assertRaises(ValueError):
            slugify("title", max_length=0)

    def test_rejects_lengths_below_one_even_without_words(self):
        self.assertRaises(ValueError, slugify, "", 0)
        self.assertRaises(ValueError, slugify, "some title", -3)

    def test_a_shorter_word_does_not_slip_in_after_one_that_is_left_out(self):
        self.assertEqual(slugify("a bbbbbb c d", max_length=5), "a")


class TestWrap(unittest.TestCase):
    def test_fills_each_line_greedily(self):
        self.assertEqual(wrap("the quick brown fox", 10), ["the quick", "brown fox"])

    def test_fills_a_line_to_exactly_the_width(self):
        self.assertEqual(wrap("aaa bbb ccc", 7), ["aaa bbb", "ccc"])
        self.assertEqual(wrap("one two", 7), ["one two"])

    def test_breaks_a_line_that_would_be_one_too_long(self):
        self.assertEqual(wrap("aaa bbb ccc", 6), ["aaa", "bbb", "ccc"])
        self.assertEqual(wrap("one two", 6), ["one", "two"])

    def test_turns_white_space_into_single_spaces(self):
        self.assertEqual(wrap("  a \n b\t\tc ", 20), ["a b c"])

    def test_cuts_a_long_word_into_pieces(self):
        self.assertEqual(wrap("abcdefgh", 3), ["abc", "def", "gh"])

    def test_does_not_cut_a_word_of_exactly_the_width(self):
        self.assertEqual(wrap("abc def", 3), ["abc", "def"])
        self.assertEqual(wrap("abcdef", 3), ["abc", "def"])

    def test_starts_a_new_line_for_a_long_word(self):
        self.assertEqual(wrap("hi abcdefg", 5), ["hi", "abcde", "fg"])

    def test_fills_up_after_the_last_piece_of_a_long_word(self):
        self.assertEqual(wrap("abcdefg yo x", 5), ["abcde", "fg yo", "x"])

    def test_puts_single_characters_on_lines_of_width_one(self):
        self.assertEqual(wrap("a bc", 1), ["a", "b", "c"])

    def test_gives_no_lines_for_text_without_words(self):
        self.assertEqual(wrap("", 5), [])
        self.assertEqual(wrap(" \n ", 1), [])

    def test_rejects_a_width_of_zero(self):
        with self.assertRaises(ValueError):
            wrap("", 0)

    def test_rejects_a_width_below_one(self):
        self.assertRaises(ValueError, wrap, "", -1)
        self.assertRaises(ValueError, wrap, " ", 0)


class TestTitleCase(unittest.TestCase):
    def test_capitalizes_ordinary_words(self):
        self.assertEqual(title_case("hello brave new world"), "Hello Brave New World")

    def test_keeps_small_words_low_inside_a_title(self):
        self.assertEqual(title_case("war and peace"), "War and Peace")
        self.assertEqual(title_case("the lord of the rings"), "The Lord of the Rings")

    def test_lowers_small_words_written_in_capitals(self):
        self.assertEqual(title_case("Pride And Prejudice"), "Pride and Prejudice")
        self.assertEqual(title_case("Gone WITH THE Wind"), "Gone WITH the Wind")

    def test_capitalizes_a_small_word_at_the_start(self):
        self.assertEqual(title_case("a room with a view"), "A Room With a View")

    def test_capitalizes_a_small_word_at_the_end(self):
        self.assertEqual(title_case("what dreams are made of"), "What Dreams Are Made Of")
        self.assertEqual(title_case("come in"), "Come In")

    def test_keeps_a_small_second_word_low(self):
        self.assertEqual(title_case("out of reach"), "Out of Reach")
        self.assertEqual(title_case("one to one"), "One to One")

    def test_capitalizes_a_small_word_after_a_colon(self):
        self.assertEqual(title_case("dune: the first part"), "Dune: The First Part")

    def test_keeps_a_small_word_low_two_words_after_a_colon(self):
        self.assertEqual(title_case("part two: back to sea"), "Part Two: Back to Sea")
        self.assertEqual(title_case("ants: an end to all: a story"), "Ants: An End to All: A Story")

    def test_a_colon_at_the_very_end_does_not_reach_the_start(self):
        self.assertEqual(title_case("cats and dogs:"), "Cats and Dogs:")

    def test_keeps_words_with_inner_capitals(self):
        self.assertEqual(title_case("my iPhone at NASA"), "My iPhone at NASA")
        self.assertEqual(title_case("eBay"), "eBay")

    def test_joins_words_with_single_spaces(self):
        self.assertEqual(title_case("  one \n two "), "One Two")

    def test_handles_one_word_and_no_word(self):
        self.assertEqual(title_case("the"), "The")
        self.assertEqual(title_case(""), "")

    def test_a_small_last_word_is_high_at_any_length(self):
        self.assertEqual(title_case("log in"), "Log In")
        self.assertEqual(title_case("the one to look up to"), "The One to Look Up To")

    def test_a_small_word_before_the_last_is_low(self):
        self.assertEqual(title_case("salt of earth"), "Salt of Earth")
        self.assertEqual(title_case("what to look for in a name"), "What to Look for in a Name")

    def test_a_colon_reaches_only_the_next_word(self):
        self.assertEqual(title_case("rain: the end of the day"), "Rain: The End of the Day")
        self.assertEqual(title_case("note: of an old man"), "Note: Of an Old Man")

    def test_a_colon_does_not_reach_back(self):
        self.assertEqual(title_case("days of summer: june"), "Days of Summer: June")
        self.assertEqual(title_case("time of our lives: memoirs"), "Time of Our Lives: Memoirs")


if __name__ == "__main__":
    unittest.main()
