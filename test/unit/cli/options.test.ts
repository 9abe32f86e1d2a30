import assert from 'node:assert/strict';
import { commands } from '../../../src/cli/commands';
import { parseCommand } from '../../../src/cli/options';

const whole = {
  seed: ['-1', '0'],
  turns: ['0', '1'],
  samples: ['0', '1000'],
  concurrency: ['0', '4096'],
  workers: ['257', '2'],
  limit: ['0', '5'],
  'max-candidates': ['0', '1'],
  'max-calls': ['0', '7'],
  'max-tokens-total': ['-5', '100'],
  'max-tokens-per-day': ['0', '9'],
  'per-task': ['0', '1'],
  'timeout-ms': ['9', '10'],
} as const;
const amounts = {
  temperature: ['2.1', '0.7'],
  similarity: ['1.5', '0.5'],
  replay: ['-0.1', '0.25'],
  'max-usd': ['-1', '0.05'],
  'max-usd-per-day': ['0', '0.5'],
  'max-minutes': ['0', '1.5'],
} as const;

describe('options of the command line', () => {
  const parsed = (...typed: readonly string[]) => parseCommand(typed, commands).values;
  const needed: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
    commands.map(({ name, required = [], names: [fewest] = [0] }) => [
      name,
      [...required.flatMap((option) => [`--${option}`, 'x']), ...Array(fewest).fill('name')],
    ]),
  );

  for (const command of commands) {
    for (const [option, [bad, good]] of Object.entries({ ...whole, ...amounts })) {
      if (!(option in command.options) && option !== 'workers') continue;
      // There it names a file.
      if (command.name === 'verify' && option === 'samples') continue;
      it(`${command.name} takes --${option} as a number within bounds, and says so`, () => {
        const typed = [...command.name.split(' '), ...(needed[command.name] ?? [])];
        const isWhole = option in whole;
        const refused = [bad, 'x', 'NaN', 'Infinity', '0x10', '1,5', ...(isWhole ? ['1.5'] : [])];
        for (const value of refused) {
          for (const given of [[`--${option}`, value], [`--${option}=${value}`]]) {
            assert.throws(() => parsed(...typed, ...given), {
              code: 'badUsage',
              exitCode: 2,
              message: new RegExp(`^--${option} takes a (?:whole )?number .*, not ${value}$`),
            });
          }
        }
        assert.equal(parsed(...typed, `--${option}`, good)[option], good);
      });
    }
  }

  it('are told in our own words where they are unknown, lack a value, or have one too many', () => {
    const solve = ['solve', '--tasks', 'f', '--run', 'r'];
    for (const [typed, message] of [
      [['--turn', '3'], 'solve has no option --turn'],
      [['-t', '3'], 'solve has no option -t'],
      [['--turns'], '--turns needs a value'],
      [['--turns', '--json'], '--turns needs a value'],
      [['--json=yes'], '--json takes no value, and was given yes'],
      [['--turns='], '--turns is empty'],
      [['more'], 'solve: more is too much'],
    ] as const) {
      assert.throws(() => parsed(...solve, ...typed), { code: 'badUsage', exitCode: 2, message });
    }
  });

  it('may begin with a dash where they are values', () => {
    assert.equal(parsed('answer', 'r', '--run', 'next', '--returns', '-1')['returns'], '-1');
  });
});
