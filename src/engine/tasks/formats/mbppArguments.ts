/**
 * Python that restores the arguments of one task of MBPP+, whose file holds lists where the task
 * wants tuples, sets or complex numbers; null where JSON says all. Which task wants what is
 * EvalPlus' own table (evalplus/data/mbpp.py, v0.3.1).
 */
export function mbppArguments(number: number): string | null {
  const found = table.find(([numbers]) => numbers.includes(number));
  return found ? `def restored(arguments):\n    return ${found[1]}\n` : null;
}

const tuples = '[tuple(item) for item in value]';

const table: readonly (readonly [readonly number[], string])[] = [
  [
    [
      2, 116, 132, 143, 222, 261, 273, 394, 399, 421, 424, 429, 470, 560, 579, 596, 616, 630, 726,
      740, 744, 809,
    ],
    '[tuple(value) for value in arguments]',
  ],
  [
    [63, 64, 70, 94, 120, 237, 272, 299, 400, 409, 417, 438, 473, 614, 780],
    `[${tuples} for value in arguments]`,
  ],
  [[75, 413, 444, 753], '[[tuple(item) for item in arguments[0]], arguments[1]]'],
  [[106, 750], '[arguments[0], tuple(arguments[1])]'],
  [[115], '[[set(item) if isinstance(item, list) and item else {} for item in arguments[0]]]'],
  [[124], '[float(arguments[0]), complex(arguments[1])]'],
  [[250, 405, 446, 617, 720, 763, 808], '[tuple(arguments[0]), arguments[1]]'],
  [[259, 401, 445], `[tuple(${tuples}) for value in arguments]`],
  [[278], '[tuple(tuple(item) if isinstance(item, list) else item for item in arguments[0])]'],
  [[307], '[tuple(arguments[0]), arguments[1], arguments[2]]'],
  [[722], '[{key: tuple(value) for key, value in arguments[0].items()}, *arguments[1:]]'],
  [[252], '[complex(arguments[0])]'],
  [
    [580, 615, 791],
    '(lambda all_tuples: all_tuples(all_tuples, arguments))(lambda again, value: tuple(again(again, item) for item in value) if isinstance(value, list) else value)',
  ],
];
