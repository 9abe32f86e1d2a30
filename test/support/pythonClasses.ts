/**
 * Values of classes that a program defines below standard ones: imports, the classes, an expression
 * that makes a value, and statements that hold of it, as `v`, in plain Python.
 */
export interface ClassValue {
  readonly what: string;
  readonly program: string;
  readonly holds: readonly string[];
  /** A wrong program, whose value does not hold. */
  readonly wrong: string;
}

const rows: readonly (readonly [string, string, readonly string[], string])[] = [
  [
    'a member of an IntEnum',
    'from enum import IntEnum\nclass Level(IntEnum):\n    LOW = 1\n    HIGH = 2\ndef f(*a): return Level.HIGH',
    [
      'assert v == 2 and 2 == v and isinstance(v, int) and type(v) is not int',
      'assert v + 1 == 3 and [0, 1, 2][v] == 2 and v in (1, 2) and {2: "x"}[v] == "x"',
      'assert getattr(v, "name") == "HIGH" and getattr(v, "value") == 2 and repr(v) == "<Level.HIGH: 2>" and str(v) == "2"',
      'assert f(v) is v and f() is f() and v != 3 and v < 3 and bool(v) and f"{v}" == "2"',
    ],
    'from enum import IntEnum\nclass Level(IntEnum):\n    LOW = 1\n    HIGH = 3\ndef f(*a): return Level.HIGH',
  ],
  [
    'a member of an Enum of text',
    'from enum import Enum\nclass Color(str, Enum):\n    RED = "red"\n    BLUE = "blue"\n    def __str__(self): return "color " + self.value\ndef f(*a): return Color.RED',
    [
      'assert v == "red" and isinstance(v, str) and v.upper() == "RED" and len(v) == 3',
      'assert getattr(v, "name") == "RED" and getattr(v, "value") == "red" and str(v) == "color red" and f"{v}" == "color red"',
      'assert {"red": 1}[v] == 1 and v in ["red"] and "%s" % v == "color red"',
    ],
    'from enum import Enum\nclass Color(str, Enum):\n    RED = "Red"\ndef f(*a): return Color.RED',
  ],
  [
    'a member of a plain Enum',
    'from enum import Enum, auto\nclass Shape(Enum):\n    ROUND = auto()\n    SQUARE = (1, 2)\n    ALSO = (1, 2)\n    def area(self): return 1\ndef f(n=0): return list(Shape)[n]',
    [
      'assert v != 1 and v == f() and v is f() and v != f(1) and getattr(v, "name") == "ROUND" and getattr(v, "value") == 1',
      'assert repr(v) == "<Shape.ROUND: 1>" and str(v) == "Shape.ROUND" and getattr(f(1), "value") == (1, 2)',
      'assert [getattr(one, "name") for one in type(v)] == ["ROUND", "SQUARE"] and {v: 1}[f()] == 1',
    ],
    'from enum import Enum\nclass Shape(Enum):\n    SQUARE = 1\ndef f(n=0): return Shape.SQUARE',
  ],
  [
    'a member with data of its own',
    'from enum import Enum\nclass Planet(Enum):\n    EARTH = (5.97, "blue")\n    def __init__(self, mass, color):\n        self.mass, self.color = mass, color\ndef f(*a): return Planet.EARTH',
    [
      'assert getattr(v, "mass") == 5.97 and getattr(v, "color") == "blue" and getattr(v, "value") == (5.97, "blue")',
    ],
    'from enum import Enum\nclass Planet(Enum):\n    EARTH = (5, "blue")\n    def __init__(self, mass, color):\n        self.mass, self.color = mass, color\ndef f(*a): return Planet.EARTH',
  ],
  [
    'flags together',
    'from enum import IntFlag, Flag\nclass Can(IntFlag):\n    READ = 4\n    WRITE = 2\nclass Has(Flag):\n    A = 1\n    B = 2\ndef f(*a): return Can.READ | Can.WRITE\ndef g(): return Has.A | Has.B',
    [
      'assert v == 6 and v & 2 and not v & 1 and isinstance(v, int)',
      'assert g() == g() and getattr(g(), "value") == 3 and len(list(g())) == 2 and g() != 3',
    ],
    'from enum import IntFlag\nclass Can(IntFlag):\n    READ = 4\ndef f(*a): return Can.READ\ndef g(): return 3',
  ],
  [
    'a number of its own class',
    'class Money(int):\n    def __new__(cls, value, unit="EUR"):\n        made = super().__new__(cls, value)\n        made.unit = unit\n        return made\n    def doubled(self): return Money(self * 2)\ndef f(*a): return Money(10**20, "USD")',
    [
      'assert v == 10**20 and isinstance(v, int) and type(v).__name__ == "Money" and type(v) is not int',
      'assert getattr(v, "unit") == "USD" and v + 1 == 10**20 + 1 and repr(v) == "1" + "0" * 20 and hash(v) == hash(10**20)',
      'assert sorted([v, 3, 10**21]) == [3, 10**20, 10**21] and {v} == {10**20}',
    ],
    'class Money(int): pass\ndef f(*a): return Money(10**20 + 1)',
  ],
  [
    'texts of its own class',
    'class Name(str):\n    def __repr__(self): return "Name(" + str.__repr__(self) + ")"\n    def first(self): return self[0]\ndef f(*a): return [Name("x"), Name("y\\x00\\ud800")]',
    [
      'assert v == ["x", "y\\x00\\ud800"] and ",".join(v) == "x,y\\x00\\ud800" and v[0] + "z" == "xz"',
      'assert repr(v[0]) == "Name(\'x\')" and str(v[0]) == "x" and v[0].upper() == "X"',
    ],
    'class Name(str): pass\ndef f(*a): return [Name("x"), Name("y")]',
  ],
  [
    'floats, tuples, bytes and frozen sets of its own classes',
    'class F(float): pass\nclass T(tuple): pass\nclass B(bytes): pass\nclass S(frozenset): pass\ndef f(*a): return F("-0.0"), T([1, [2]]), B(b"ab"), S([1, 2])',
    [
      'assert v == (0.0, (1, [2]), b"ab", frozenset([1, 2])) and str(v[0]) == "-0.0"',
      'assert [type(one).__name__ for one in v] == ["F", "T", "B", "S"] and isinstance(v[1], tuple)',
      'a, b = v[1]\nassert (a, b) == (1, [2]) and v[3] == {1, 2} and v[2][0] == 97',
    ],
    'class T(tuple): pass\ndef f(*a): return 0.0, T([1, [3]]), b"ab", frozenset([1, 2])',
  ],
  [
    'containers of its own classes',
    'from collections import Counter, OrderedDict\nfrom typing import List\nclass Rows(List[int]):\n    def last(self): return self[-1]\nclass Bag(Counter): pass\nclass Table(dict):\n    def __init__(self, *a):\n        super().__init__(*a)\n        self.title = "t"\nclass Unique(set): pass\nclass Line(OrderedDict): pass\ndef f(*a): return [Rows([1, 2]), Bag("aab"), Table(x=[1]) if 0 else Table({"x": [1]}), Unique([3]), Line(a=1)]',
    [
      'assert v == [[1, 2], {"a": 2, "b": 1}, {"x": [1]}, {3}, {"a": 1}]',
      'assert isinstance(v[0], list) and getattr(v[2], "title") == "t" and v[1].most_common(1) == [("a", 2)] and v[2]["x"][0] == 1',
      'import json\nassert json.dumps(v[0]) == "[1, 2]" and v[0][::-1] == [2, 1] and len(v[3]) == 1 and not v[0] == [1]',
    ],
    'from collections import Counter\nclass Rows(list): pass\ndef f(*a): return [Rows([1, 2, 3]), Counter("ab"), {}, {3}, {"a": 1}]',
  ],
  [
    'a container of its own class that the program goes on changing',
    'class Stack(list): pass\nkept = Stack()\ndef f(*a):\n    kept.extend(a)\n    return kept\ndef total(xs): return type(xs).__name__, sum(xs), xs is kept',
    [
      'f(1, 2)\nassert v == [1, 2] and f() is v\nv.append(3)\nassert total(v) == ("Stack", 6, True)',
    ],
    'class Stack(list): pass\ndef f(*a): return Stack(a)\ndef total(xs): return "Stack", 6, True',
  ],
  [
    'values of classes of the tests',
    'def f(x=None): return x if x is None else (x, x + 1, sorted([x, 1]), {x: 1})',
    [
      'class Small(int): pass\ns = Small(3)\nassert f(s) == (3, 4, [1, 3], {3: 1}) and type(f(s)[0]) is Small and type(f(s)[1]) is int',
    ],
    'def f(x=None): return x if x is None else (x, x + 2, sorted([x, 1]), {x: 1})',
  ],
];

export const classValues: readonly ClassValue[] = rows.map(([what, program, holds, wrong]) => ({
  what,
  program,
  holds,
  wrong,
}));
