/**
 * What stands in for pytest where tests run without it: a class of its name with the members that
 * they use, in plain Python. `approx` compares as pytest does: within a millionth of what is expected
 * or 1e-12, whichever is more.
 */
export function pytestStandIn(members: Iterable<string>): string {
  const used = new Set(members);
  const parts = Object.entries(texts).flatMap(([name, text]) => (used.has(name) ? [text] : []));
  if (parts.length === 0) return '';
  return `class pytest:\n${parts.join('\n\n')}\n`;
}

/** Whether a member of pytest has a text here. */
export function standsIn(member: string): boolean {
  return Object.hasOwn(texts, member);
}

const texts: Readonly<Record<string, string>> = {
  raises: `    class raises:
        def __init__(self, expected, *call, match=None, **named):
            self.expected, self.pattern = expected, match
            if call:
                with self:
                    call[0](*call[1:], **named)

        def __enter__(self):
            return self

        def __exit__(self, kind, value, trace):
            if kind is None:
                raise AssertionError('did not raise %s' % (self.expected,))
            if not issubclass(kind, self.expected):
                return False
            self.type, self.value = kind, value
            if self.pattern is not None:
                self.match(self.pattern)
            return True

        def match(self, pattern):
            import re
            text = str(self.value)
            assert re.search(pattern, text), '%r is not found in %r' % (pattern, text)
            return True`,
  approx: `    class approx:
        def __init__(self, expected, rel=None, abs=None, nan_ok=False):
            self.expected, self.rel, self.abs, self.nan_ok = expected, rel, abs, nan_ok

        def __eq__(self, actual):
            return self.close(actual, self.expected)

        def close(self, actual, expected):
            if isinstance(expected, dict):
                return set(actual) == set(expected) and all(
                    self.close(actual[key], expected[key]) for key in expected)
            if isinstance(expected, (list, tuple)):
                return len(actual) == len(expected) and all(map(self.close, actual, expected))
            if actual == expected:
                return True
            if not isinstance(expected, (int, float, complex)) or actual is None:
                return False
            if expected != expected:
                return self.nan_ok and actual != actual
            rel = self.rel if self.rel is not None else 0 if self.abs is not None else 1e-6
            least = 1e-12 if self.abs is None else self.abs
            most = max(rel * abs(expected), least)
            return most != float('inf') and abs(actual - expected) <= most

        def __repr__(self):
            return 'approx(%r)' % (self.expected,)`,
  fail: `    @staticmethod
    def fail(reason='', pytrace=True, msg=None):
        raise AssertionError(msg or reason)`,
};
