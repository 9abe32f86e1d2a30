/**
 * What a program may do with what tests give it and what tests may do with what comes back: a
 * right program, a wrong one that a judge must refuse, and a test that tells them apart.
 */
export interface Behaviour {
  readonly what: string;
  readonly right: string;
  readonly wrong: string;
  readonly test: string;
}

const rows: readonly (readonly [string, string, string, string])[] = [
  [
    'library exceptions by class',
    'import json\ndef f(t): return json.loads(t)',
    'def f(t): raise ValueError(t)',
    'import json\ntry:\n    f("{")\nexcept json.JSONDecodeError as e:\n    assert isinstance(e, ValueError) and (e.pos, e.doc, e.lineno) == (1, "{", 1)\nelse:\n    assert False',
  ],
  [
    'decimal exceptions',
    'import decimal\ndef f(t): return decimal.Decimal(t)',
    'def f(t): raise ValueError(t)',
    'import decimal\ntry:\n    f("x")\nexcept ArithmeticError as e:\n    assert type(e) is decimal.InvalidOperation\nelse:\n    assert False',
  ],
  [
    'an empty queue',
    'import queue\ndef f(): queue.Queue().get_nowait()',
    'def f(): raise KeyError(1)',
    'import queue\ntry:\n    f()\nexcept queue.Empty:\n    pass\nelse:\n    assert False',
  ],
  [
    'errno and file name',
    'def f(): open("/nowhere/x")',
    'def f(): raise OSError("no")',
    'import errno\ntry:\n    f()\nexcept FileNotFoundError as e:\n    assert e.errno == errno.ENOENT and e.filename == "/nowhere/x"\nelse:\n    assert False',
  ],
  [
    'fields of a decoding error',
    'def f(): b"a\\xff".decode("utf-8")',
    'def f(): raise ValueError("no")',
    'try:\n    f()\nexcept UnicodeDecodeError as e:\n    assert (e.encoding, e.object, e.start, e.end) == ("utf-8", b"a\\xff", 1, 2)\nelse:\n    assert False',
  ],
  [
    'arguments of a KeyError',
    'def f(d): return d[(1, 2)]',
    'def f(d): raise KeyError("(1, 2)")',
    'try:\n    f({})\nexcept KeyError as e:\n    assert e.args == ((1, 2),) and str(e) == "(1, 2)"\nelse:\n    assert False',
  ],
  [
    'the value of a StopIteration',
    'def f():\n    e = StopIteration(5)\n    raise e',
    'def f(): raise StopIteration',
    'try:\n    f()\nexcept StopIteration as e:\n    assert e.value == 5\nelse:\n    assert False',
  ],
  [
    'the code of a SystemExit',
    'import sys\ndef f(): sys.exit(3)',
    'import sys\ndef f(): sys.exit(0)',
    'try:\n    f()\nexcept SystemExit as e:\n    assert e.code == 3\nelse:\n    assert False',
  ],
  [
    'notes of an exception',
    'def f():\n    e = ValueError("a")\n    e.__notes__ = ["n"]\n    raise e',
    'def f(): raise ValueError("a")',
    'try:\n    f()\nexcept ValueError as e:\n    assert e.__notes__ == ["n"]\nelse:\n    assert False',
  ],
  [
    'cause and context',
    'def f():\n    try:\n        {}["k"]\n    except KeyError as e:\n        raise ValueError("v") from e',
    'def f(): raise ValueError("v")',
    'try:\n    f()\nexcept ValueError as e:\n    assert type(e.__cause__) is KeyError and e.__cause__.args == ("k",) and e.__context__ is e.__cause__ and e.__suppress_context__\nelse:\n    assert False',
  ],
  [
    'classes of the program below standard ones',
    'class Base(LookupError): pass\nclass Bad(Base, ValueError):\n    def __init__(self, a, b):\n        super().__init__(a)\n        self.b = b\n    def __str__(self): return "bad " + str(self.b)\ndef f(): raise Bad("x", [1])',
    'class Bad(Exception): pass\ndef f(): raise Bad("x")',
    'try:\n    f()\nexcept LookupError as e:\n    assert isinstance(e, ValueError) and str(e) == "bad [1]" and e.args == ("x",) and e.b == [1] and [k.__name__ for k in type(e).__mro__[:2]] == ["Bad", "Base"]\nelse:\n    assert False',
  ],
  [
    'one class for one class',
    'class Bad(ValueError): pass\ndef f(): raise Bad()',
    'def f():\n    class Bad(ValueError): pass\n    raise Bad()',
    'kinds = set()\nfor _ in range(3):\n    try:\n        f()\n    except ValueError as e:\n        kinds.add(type(e))\nassert len(kinds) == 1',
  ],
  [
    'exceptions given back',
    'def f(): return [ValueError("a", 1)]',
    'def f(): return [TypeError("a", 1)]',
    'e = f()[0]\nassert isinstance(e, ValueError) and e.args == ("a", 1)',
  ],
  [
    'functions given back',
    'def f(n):\n    def add(x): return x + n\n    return add',
    'def f(n): return lambda x: x',
    'add = f(3)\nassert add(4) == 7 and f(1)(1) == 2 and callable(add)',
  ],
  [
    'functions with state given back',
    'def f():\n    n = 0\n    def up(by=1, *, twice=False):\n        nonlocal n\n        n += by * (2 if twice else 1)\n        return n\n    return up',
    'def f(): return lambda by=1, twice=False: by',
    'a, b = f(), f()\nassert (a(), a(2), a(twice=True), b()) == (1, 3, 5, 1)',
  ],
  [
    'functions of functions',
    'def f(*gs):\n    def all_of(x):\n        for g in gs: x = g(x)\n        return x\n    return all_of',
    'def f(*gs): return gs[0]',
    'assert f(lambda x: x + 1, lambda x: x * 2, str)(3) == "8"',
  ],
  [
    'keys and predicates',
    'def f(xs, key, keep): return sorted(filter(keep, xs), key=key)',
    'def f(xs, key, keep): return sorted(xs)',
    'assert f([3, -2, 1, 0], lambda x: -x, lambda x: x != 0) == [3, 1, -2] and f(["b", "A"], str.lower, len) == ["A", "b"]',
  ],
  [
    'callbacks with effects',
    'def f(xs, each):\n    for x in xs: each(x)',
    'def f(xs, each):\n    for x in reversed(xs): each(x)',
    'seen = []\nf([1, 2, 3], seen.append)\nassert seen == [1, 2, 3]',
  ],
  [
    'callbacks that see what was changed',
    'def f(xs, each):\n    for x in list(xs):\n        xs.append(x * 10)\n        each()',
    'def f(xs, each):\n    each()\n    each()\n    xs += [10, 20]',
    'xs = [1, 2]\nseen = []\nf(xs, lambda: seen.append(len(xs)))\nassert seen == [3, 4] and xs == [1, 2, 10, 20]',
  ],
  [
    'callbacks that change what the program holds',
    'def f(xs, each):\n    each()\n    return len(xs)',
    'def f(xs, each):\n    n = len(xs)\n    each()\n    return n',
    'xs = [1]\nassert f(xs, lambda: xs.append(2)) == 2',
  ],
  [
    'callbacks that raise',
    'def f(g):\n    try:\n        g()\n    except KeyError as e:\n        return e.args[0]',
    'def f(g):\n    try:\n        g()\n    except ValueError as e:\n        return e.args[0]',
    'def missing(): return {}["k"]\nassert f(missing) == "k"\nclass Own(Exception): pass\nraised = Own(1)\ndef own(): raise raised\ntry:\n    f(own)\nexcept Own as e:\n    assert e is raised\nelse:\n    assert False',
  ],
  [
    'callbacks that call the program',
    'def f(n, g): return 1 if n < 1 else n * g(n - 1)',
    'def f(n, g): return 1 if n < 1 else n + g(n - 1)',
    'def again(n): return f(n, again)\nassert f(20, again) == 2432902008176640000',
  ],
  [
    'functions of tests given back',
    'def f(g): return g',
    'def f(g): return lambda: g()',
    'def g(): return 1\nassert f(g) is g and f(len) is len',
  ],
  [
    'decorators',
    'import functools\ndef f(g):\n    kept = {}\n    @functools.wraps(g)\n    def memo(*args):\n        if args not in kept: kept[args] = g(*args)\n        return kept[args]\n    return memo',
    'def f(g): return g',
    'calls = []\n@f\ndef square(x):\n    calls.append(x)\n    return x * x\nassert (square(3), square(3), square(2)) == (9, 9, 4) and calls == [3, 2]',
  ],
  [
    'iterators one by one',
    'log = []\ndef f(n):\n    for i in range(n):\n        log.append(i)\n        yield i\ndef g(): return log',
    'log = []\ndef f(n):\n    for i in range(n):\n        log.append(i)\n    return iter(range(n))\ndef g(): return log',
    'it = f(3)\nassert g() == [] and next(it) == 0 and g() == [0] and list(it) == [1, 2] and g() == [0, 1, 2] and next(it, None) is None',
  ],
  [
    'generators without end',
    'def f():\n    n = 2\n    while True:\n        if all(n % d for d in range(2, n)): yield n\n        n += 1',
    'def f():\n    n = 2\n    while True:\n        yield n\n        n += 1',
    'import itertools, types\nassert list(itertools.islice(f(), 6)) == [2, 3, 5, 7, 11, 13] and isinstance(f(), types.GeneratorType)',
  ],
  [
    'generators that are sent to, thrown into and closed',
    'log = []\ndef f():\n    total = 0\n    try:\n        while True:\n            try:\n                got = yield total\n            except ValueError:\n                total = -1\n                continue\n            if got is None: return total\n            total += got\n    finally:\n        log.append("end")\ndef g(): return log',
    'log = []\ndef f():\n    while True: yield 0\ndef g(): return log',
    'a = f()\nnext(a)\nassert (a.send(2), a.send(3)) == (2, 5) and a.throw(ValueError("x")) == -1\ntry:\n    next(a)\nexcept StopIteration as e:\n    assert e.value == -1\nb = f()\nnext(b)\nb.close()\nassert g() == ["end", "end"]\nc = f()\nnext(c)\ndel c\nassert g() == ["end"] * 3',
  ],
  [
    'iterators of every kind',
    'import itertools\nclass Own:\n    def __init__(self): self.n = 0\n    def __iter__(self): return self\n    def __next__(self):\n        self.n += 1\n        if self.n > 2: raise StopIteration\n        return self.n\ndef f(): return [map(str, [1]), filter(None, [0, 1]), zip([1], [2]), enumerate("a"), reversed([1, 2]), itertools.chain([1], [2]), itertools.count(5), iter({"k": 1}), Own()]',
    'def f(): return [iter([])] * 9',
    'm, fi, z, e, r, c, n, d, o = f()\nassert [list(m), list(fi), list(z), list(e), list(r), list(c), next(n), next(n), list(d), list(o)] == [["1"], [1], [(1, 2)], [(0, "a")], [2, 1], [1, 2], 5, 6, ["k"], [1, 2]]',
  ],
  [
    'iterators that tests give',
    'def f(it): return [next(it), next(it)]',
    'def f(it):\n    xs = list(it)\n    return xs[:2]',
    'log = []\ndef numbers():\n    for i in range(9):\n        log.append(i)\n        yield i\nit = numbers()\nassert f(it) == [0, 1] and log == [0, 1] and next(it) == 2',
  ],
  [
    'identity from call to call',
    'def f(x, kept=[]):\n    kept.append(x)\n    return kept',
    'kept = []\ndef f(x):\n    kept.append(x)\n    return list(kept)',
    'a = f(1)\nb = f(2)\nassert a is b and a == [1, 2]\na.append(5)\nassert f(3) == [1, 2, 5, 3]',
  ],
  [
    'arguments that the program keeps',
    'kept = []\ndef f(x):\n    kept.append(x)\n    for one in kept: one.append(len(kept))',
    'def f(x): x.append(1)',
    'a, b = [], []\nf(a)\nf(b)\nassert a == [1, 2] and b == [2]\na.clear()\nf(b)\nassert a == [3] and b == [2, 3, 3]',
  ],
  [
    'values that contain themselves',
    'def f():\n    a = [1]\n    a.append(a)\n    return a',
    'def f(): return [1, [1]]',
    'a = f()\nassert a[1] is a and a[1][1][0] == 1',
  ],
  [
    'views of dictionaries',
    'def f(): return {"a": 1, "b": 2}',
    'def f(): return {"a": 1}',
    'd = f()\nassert d.keys() == {"a", "b"} and list(d.values()) == [1, 2]',
  ],
  [
    'memory views',
    'def f(x): return memoryview(x)[1:]',
    'def f(x): return memoryview(x)',
    'm = f(b"abc")\nassert m == b"bc" and type(m) is memoryview and m[0] == 98',
  ],
  [
    'views given back',
    'def f(d): return d.keys(), d.values(), d.items()',
    'def f(d): return list(d.keys()), list(d), list(d)',
    'k, v, i = f({"a": 1, "b": 2})\nassert k == {"a", "b"} and list(v) == [1, 2] and i == {("b", 2), ("a", 1)} and k & {"a"} == {"a"} and len(v) == 2',
  ],
  [
    'named tuples of the program',
    'from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: int = 0\ndef f(x): return P(x)',
    'def f(x): return [x, 0]',
    'p = f(1)\nassert p == (1, 0) and repr(p) == "P(x=1, y=0)" and type(f(1)) is type(f(2))',
  ],
  [
    'defaults of a dictionary',
    'from collections import defaultdict\ndef f(): return defaultdict(lambda: 7)',
    'def f(): return {}',
    'd = f()\nassert d["x"] == 7 and d == {"x": 7}',
  ],
  [
    'a NaN that stays the same',
    'def f(x): return [x, x]',
    'def f(x): return [float("nan"), x]',
    'n = float("nan")\na = f(n)\nassert a == [n, n] and a[0] is n and a[0] != a[1]',
  ],
  [
    'signalling NaN',
    'from decimal import Decimal\ndef f(): return Decimal("sNaN")',
    'from decimal import Decimal\ndef f(): return Decimal("NaN")',
    'assert f().is_snan()',
  ],
  [
    'identity of True',
    'def f(x): return x > 1',
    'def f(x): return int(x > 1)',
    'assert f(2) is True and f(1) is False',
  ],
  [
    'several coroutines at once',
    'import asyncio\nlog = []\nasync def f(n):\n    log.append(n)\n    await asyncio.sleep(0.02 * n)\n    log.append(-n)\n    return n\ndef g(): return log',
    'log = []\nasync def f(n):\n    log.extend([n, -n])\n    return n\ndef g(): return log',
    'import asyncio\nasync def main(): return await asyncio.gather(f(3), f(1))\nassert asyncio.run(main()) == [3, 1] and g() == [3, 1, -1, -3]',
  ],
  [
    'coroutines that wait for each other',
    'import asyncio\nevent = None\nasync def f(n):\n    global event\n    event = event or asyncio.Event()\n    if n: event.set()\n    else: await event.wait()\n    return n',
    'async def f(n): return 5',
    'import asyncio\nasync def main(): return await asyncio.gather(f(0), f(1))\nassert asyncio.run(main()) == [0, 1]',
  ],
  [
    'coroutines that take too long',
    'import asyncio\ndone = []\nasync def f():\n    try:\n        await asyncio.sleep(60)\n    except asyncio.CancelledError:\n        done.append("cancelled")\n        raise\ndef g(): return done',
    'done = []\nasync def f(): return 1\ndef g(): return done',
    'import asyncio\nasync def main():\n    try:\n        await asyncio.wait_for(f(), 0.05)\n    except asyncio.TimeoutError:\n        return g()\nassert asyncio.run(main()) == ["cancelled"]',
  ],
  [
    'exceptions of coroutines',
    'async def f(): raise KeyError("k")',
    'async def f(): return 1',
    'import asyncio\nasync def main():\n    got = await asyncio.gather(f(), f(), return_exceptions=True)\n    return [type(e) for e in got]\nassert asyncio.run(main()) == [KeyError, KeyError]',
  ],
  [
    'asynchronous generators',
    'async def f(n):\n    for i in range(n): yield i',
    'async def f(n):\n    yield n',
    'import asyncio\nasync def main(): return [i async for i in f(3)]\nassert asyncio.run(main()) == [0, 1, 2]',
  ],
  [
    'calls from several threads',
    'n = 0\ndef f(by):\n    global n\n    n += by\n    return n',
    'def f(by): return by',
    'import threading\nthreads = [threading.Thread(target=f, args=(i,)) for i in range(8)]\n[t.start() for t in threads]\n[t.join() for t in threads]\nassert f(0) == 28',
  ],
  [
    'callbacks from threads of the program',
    'from concurrent.futures import ThreadPoolExecutor\ndef f(g, xs):\n    with ThreadPoolExecutor(3) as pool: return list(pool.map(g, xs))',
    'def f(g, xs): return [g(xs[0])]',
    'assert f(lambda x: x * x, [1, 2, 3, 4]) == [1, 4, 9, 16]',
  ],
  [
    'arguments of every kind',
    'def f(a, /, b, c=3, *d, e, g=[], **h):\n    g.append(a)\n    return (a, b, c, d, e, g, h)',
    'def f(*a, **k): return a',
    'assert f(1, 2, e=5) == (1, 2, 3, (), 5, [1], {})\nassert f(1, b=2, e=5, a=9) == (1, 2, 3, (), 5, [1, 1], {"a": 9})\ntry:\n    f(1, 2)\nexcept TypeError as e:\n    assert "\'e\'" in str(e)\nelse:\n    assert False',
  ],
  [
    'the truth of objects',
    'class Bag:\n    def __init__(self): self.n = 0\n    def __len__(self): return self.n\nclass Off:\n    def __bool__(self): return False\nbag = Bag()\ndef f(): return bag, Off(), object()\ndef g(): bag.n += 1',
    'class Bag:\n    def __len__(self): return 1\ndef f(): return Bag(), Bag(), object()\ndef g(): pass',
    'bag, off, thing = f()\nassert not bag and not off and thing\ng()\nassert bag and bool(bag) is True and not off and (off or 1) == 1',
  ],
  [
    'the truth of objects of the tests',
    'def f(xs): return [bool(x) for x in xs]',
    'def f(xs): return [True for x in xs]',
    'class Off:\n    def __bool__(self): return False\nclass Empty:\n    def __len__(self): return 0\nassert f([Off(), Empty(), Off]) == [False, False, True]',
  ],
  [
    'errors where truth is asked',
    'class Bad:\n    def __bool__(self): raise LookupError("no")\ndef f(): return Bad()',
    'def f(): return None',
    'try:\n    if f(): pass\nexcept LookupError as e:\n    assert e.args == ("no",)\nelse:\n    assert False',
  ],
  [
    'contexts',
    'from contextlib import contextmanager\nlog = []\n@contextmanager\ndef f(x):\n    log.append("in")\n    try:\n        yield [x]\n    except KeyError as e:\n        log.append(e.args)\n        raise ValueError("v") from e\n    finally:\n        log.append("out")\ndef g(): return log',
    'from contextlib import contextmanager\n@contextmanager\ndef f(x): yield x\ndef g(): return []',
    'with f(1) as x:\n    assert x == [1] and g() == ["in"]\nassert g() == ["in", "out"]\ntry:\n    with f(2) as x: raise KeyError("k", 3)\nexcept ValueError as e:\n    assert type(e.__cause__) is KeyError and g()[2:] == ["in", ("k", 3), "out"]\nelse:\n    assert False',
  ],
  [
    'contexts by classes, callable or not',
    'class Timer:\n    def __enter__(self):\n        self.left = False\n        return self\n    def __exit__(self, kind, error, trace): self.left = (kind, error, trace) == (None, None, None)\n    def __call__(self): return self.left\ndef f(): return Timer()',
    'class Timer:\n    def __enter__(self): return 1\n    def __exit__(self, *a): pass\n    def __call__(self): return False\ndef f(): return Timer()',
    'with f() as t:\n    assert t() is False\nassert t() is True',
  ],
  [
    'asynchronous contexts',
    'from contextlib import asynccontextmanager\nimport asyncio\nlog = []\n@asynccontextmanager\nasync def f():\n    await asyncio.sleep(0)\n    yield 5\n    log.append("out")\ndef g(): return log',
    'from contextlib import asynccontextmanager\n@asynccontextmanager\nasync def f(): yield 5\ndef g(): return []',
    'import asyncio\nasync def main():\n    async with f() as x: return x\nassert asyncio.run(main()) == 5 and g() == ["out"]',
  ],
  [
    'contexts of the tests',
    'def f(made):\n    with made as x:\n        x.append(1)\n        raise KeyError\n    return x',
    'def f(made): return [1]',
    'left = []\nclass Made:\n    def __enter__(self): return left\n    def __exit__(self, kind, error, trace):\n        left.append(kind.__name__)\n        return True\nassert f(Made()) == [1, "KeyError"] and left == [1, "KeyError"]',
  ],
  [
    'nothing on the standard input, and printing',
    'import sys\ndef f():\n    print("a", file=sys.stderr)\n    print("b")\n    try:\n        input()\n    except EOFError:\n        return sys.stdin.read()',
    'def f(): return None',
    'assert f() == ""',
  ],
  [
    'nesting of two thousand levels',
    'def f(n, x):\n    for _ in range(n): x = [x]\n    return x',
    'def f(n, x): return [x]',
    'x = f(2000, 0)\nd = 0\nwhile x:\n    x = x[0]\n    d += 1\nassert d == 2000\ny = f(10, f(1990, 0))\nfor _ in range(2000): y = y[0]\nassert y == 0',
  ],
  [
    'recursion up to the limit of Python, and the error beyond it',
    'import sys\ndef f(n): return 0 if n == 0 else 1 + f(n - 1)\ndef g(): return sys.getrecursionlimit()',
    'def f(n): return n if n < 900 else 0\ndef g(): return 0',
    'assert f(960) == 960 and g() == 1000\ntry:\n    f(2000)\nexcept RecursionError as e:\n    assert "maximum recursion depth" in str(e)\nelse:\n    assert False',
  ],
];

export const pythonBehaviours: readonly Behaviour[] = rows.map(([what, right, wrong, test]) => ({
  what,
  right,
  wrong,
  test,
}));
