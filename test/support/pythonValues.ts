/** Values that must arrive as what they are: each equal, of the same type, printed the same. */
export const pythonValues: readonly string[] = `
None
True
False
0
-1
2**53
-(2**53)
2**64 - 1
10**400
-(10**400)
0.0
-0.0
1.5
1e308
5e-324
float("inf")
-float("inf")
0.1 + 0.2
float(2**53)
2 + 3j
complex(-0.0, float("inf"))
""
"a"
"é😀"
"\\ud800"
"\\ud800\\udfff"
{"\\udfff\\ud83d\\ude00é": ["\\ud83d\\ude00"]}
"\\x00\\n\\u2028"
"x" * 5000
b""
b"\\x00\\xff"
bytearray(b"abc")
[]
[[]]
[1, "a", None, 2.0]
[True, 1, 1.0]
[[1, [2, [3, [4]]]]]
()
(1,)
((), ((),))
(1, [2], {"a": (3,)})
{}
{"a": 1}
{1: "a", "1": "b"}
{True: 1}
{None: 0, (1, 2): 3, frozenset([4]): 5, 1.5: 6, b"k": 7}
{"z": 1, "a": 2}
{-0.0: 1}
{float("inf"): 1}
{"$": "mine", "v": 0}
{"$": "named", "v": "len"}
[{"$": "list"}]
set()
{1, 2, 3}
{"b", "a"}
{(1, 2), None, 1.5, "x"}
frozenset()
frozenset([1, frozenset([2])])
range(0)
range(3, 10, 2)
range(10**20, 10**20 + 3)
slice(1, None, -1)
...
NotImplemented
int
list
str
type(None)
object
ValueError
KeyError
len
sorted
str.lower
list.append
math.sqrt
operator.add
math.pi
Decimal("1.50")
Decimal("-0")
Decimal("Infinity")
Decimal("1E+5")
Fraction(1, 3)
Fraction(-7, 2)
datetime.date(2024, 2, 29)
datetime.datetime(2024, 1, 2, 3, 4, 5, 6)
datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc)
datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(hours=5), "X"))
datetime.datetime(2024, 10, 27, 2, 30, fold=1)
datetime.time(1, 2, 3)
datetime.time(1, 2, tzinfo=datetime.timezone.utc)
datetime.timedelta(days=-1, seconds=1, microseconds=2)
datetime.timezone.utc
datetime.timezone(datetime.timedelta(minutes=-90))
deque([1, 2])
deque([1, 2], maxlen=2)
deque()
Counter("abca")
Counter({"a": -1, "b": 0})
OrderedDict([("b", 1), ("a", 2)])
defaultdict(list, {"a": [1]})
defaultdict(int, a=1)
defaultdict(None, a=1)
ChainMap({"a": 1}, {"b": 2})
types.MappingProxyType({"a": 1})
types.SimpleNamespace(a=1, b=[2])
array.array("i", [1, -2])
array.array("d", [1.5])
pathlib.PurePosixPath("/a/b.txt")
pathlib.Path("a/../b")
pathlib.PureWindowsPath("C:/a")
uuid.UUID(int=5)
ipaddress.ip_address("127.0.0.1")
ipaddress.ip_address("::1")
ipaddress.ip_network("10.0.0.0/8")
ipaddress.ip_interface("10.1.2.3/8")
http.HTTPStatus.NOT_FOUND
re.I | re.M
re.compile("a(b)", re.I)
re.compile(b"x")
time.gmtime(0)
[Decimal("1"), Fraction(1, 2), {datetime.date(2024, 1, 1): [uuid.UUID(int=1)]}]
{"a": deque([OrderedDict(b=1)])}
[(i, str(i), {i: [i]}) for i in range(50)]
{i: {j: i * j for j in range(5)} for i in range(5)}
[[0] * 3 for _ in range(3)]
[None] * 1000
{"k" * n: n for n in range(20)}
max
dict.get
StopIteration
json.JSONDecodeError
bytearray()
complex(0.0, -0.0)
-(2**64)
[float("inf"), -float("inf"), -0.0]
datetime.datetime.max
datetime.timedelta.max
Decimal("-Infinity")
{"number": 0, "value": 1, "raised": None, "ask": "call"}
OrderedDict()
array.array("B", b"")
slice(None)
range(5, -5, -3)
frozenset(["a", b"a", 1])
ipaddress.ip_network("2001:db8::/32")
uuid.UUID("12345678-1234-5678-1234-567812345678")
`
  .trim()
  .split('\n');

export const pythonValueImports = `
import array, datetime, http, ipaddress, json, math, operator, pathlib, re, time, types, uuid
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction
`;
