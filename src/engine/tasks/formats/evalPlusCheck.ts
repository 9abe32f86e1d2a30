import { mbppArguments } from './mbppArguments';
import { pythonText } from './rawMembers';

/**
 * A check of EvalPlus (Liu et al. 2023, 2305.01210): what the program gives on each input is held
 * against what the published solution gives, with EvalPlus' tolerance of floats and its own rules
 * for some tasks of MBPP. The solution runs with the tests and nowhere else; it stands in the check
 * and not in support code, because a hidden test is all that may hold it.
 */
export function evalPlusCheck(options: {
  readonly id: string;
  readonly entryPoint: string;
  readonly reference: string;
  /** JSON as EvalPlus writes it: a list of lists of arguments. */
  readonly inputs: string;
  readonly tolerance: number;
}): string {
  const { id, entryPoint, reference, inputs, tolerance } = options;
  const number = /^Mbpp\/(\d+)$/.exec(id)?.[1];
  const restored = number === undefined ? null : mbppArguments(Number(number));
  return `import copy, json, math

inputs = json.loads(${pythonText(inputs)})
${restored === null ? '' : `${restored}\ninputs = [restored(arguments) for arguments in inputs]\n`}
def solution():
    scope = {"__name__": "solution"}
    exec(compile(${pythonText(reference)}, "solution", "exec"), scope)
    return scope[${pythonText(entryPoint)}]

${comparing}
${number === undefined ? ruleOfHumanEval(entryPoint) : ruleOfMbpp(entryPoint)}

def check(candidate):
    expected_of = solution()
    for arguments in inputs:
        expected = expected_of(*copy.deepcopy(arguments))
        got = candidate(*copy.deepcopy(arguments))
        assert agrees(arguments, got, expected, ${String(tolerance)}), "%.300r gave %.300r, not %.300r" % (arguments, got, expected)
`;
}

const comparing = `def is_floats(value):
    if isinstance(value, (list, tuple)) and value:
        return all(isinstance(item, float) for item in value)
    return isinstance(value, float)

def is_close(got, expected, tolerance):
    if isinstance(expected, (list, tuple)):
        return (
            isinstance(got, (list, tuple))
            and len(got) == len(expected)
            and all(is_close(a, b, tolerance) for a, b in zip(got, expected))
        )
    if not isinstance(expected, (int, float)) or not isinstance(got, (int, float)):
        return got == expected
    if math.isnan(expected) or math.isnan(got):
        return math.isnan(expected) and math.isnan(got)
    if math.isinf(expected) or math.isinf(got):
        return got == expected
    return abs(got - expected) <= tolerance + 1e-7 * abs(expected)

def is_same(got, expected, tolerance):
    if got == expected:
        return True
    if tolerance == 0 and is_floats(expected):
        tolerance = 1e-6
    return tolerance != 0 and type(got) == type(expected) and is_close(got, expected, tolerance)
`;

function rule(expression: string): string {
  return `def agrees(arguments, got, expected, tolerance):\n    return ${expression}\n`;
}

const usual = 'is_same(got, expected, tolerance)';

/** Any root will do, not only the one that the solution finds. */
function ruleOfHumanEval(entryPoint: string): string {
  return entryPoint === 'find_zero'
    ? rule(
        'abs(sum(c * math.pow(got, power) for power, c in enumerate(arguments[0]))) <= tolerance',
      )
    : rule(usual);
}

const orderless = new Set(
  `similar_elements find_char_long common_in_nested_lists extract_singly larg_nnum
   intersection_array find_dissimilar Diff`.split(/\s+/),
);
const somethingOrNothing = new Set(['check_str', 'text_match_three', 'text_starta_endb']);

/** Prompts of MBPP that leave open more than the solution does. */
function ruleOfMbpp(entryPoint: string): string {
  if (orderless.has(entryPoint)) return rule('set(got) == set(expected)');
  if (somethingOrNothing.has(entryPoint)) {
    return rule(
      '(got if isinstance(got, bool) else got is not None) == (expected if isinstance(expected, bool) else expected is not None)',
    );
  }
  switch (entryPoint) {
    case 'are_equivalent':
      return rule('True');
    case 'sum_div':
      return rule(`${usual} or got == 0`);
    case 'surface_Area':
      return rule(
        `${usual} or abs(got - round(arguments[0] ** 2 + 2 * arguments[0] * math.sqrt((arguments[0] / 2) ** 2 + arguments[1] ** 2))) <= tolerance`,
      );
    case 'digit_distance_nums':
      return rule(
        `${usual} or got == sum(abs(int(a) - int(b)) for a, b in zip(*(str(n).zfill(max(len(str(m)) for m in arguments)) for n in arguments)))`,
      );
    default:
      return rule(usual);
  }
}
