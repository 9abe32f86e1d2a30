import type { AttemptTurn } from '../attempt';
import type { Evaluation } from '../evaluation';
import type { FailureExample, FailureKind } from '../metrics/failures';
import { rateOf } from '../metrics/rate';
import type { Section } from './sheet';
import { counted, numberCell, rateCell, textCell } from './words';

const failureWords: Readonly<Record<FailureKind, string>> = {
  wrongAnswer: 'wrong answer',
  raises: 'raises an exception',
  notCompiled: 'does not compile',
  crashed: 'crashes',
  timedOut: 'takes too long',
  outOfMemory: 'takes too much memory',
  outputExceeded: 'prints too much',
  tampered: 'meddles with its judge',
  refused: 'model refused',
  noProgram: 'no program',
  notKnown: 'not told',
};

const statusWords: Readonly<Partial<Record<AttemptTurn['status'], string>>> = {
  failed: 'fails a test',
  crashed: 'crashes',
  notCompiled: 'does not compile',
  timedOut: 'takes too long',
  outOfMemory: 'takes too much memory',
  outputExceeded: 'prints too much',
  tampered: 'meddles with its judge',
};

/** How often the next program mends what kind of failure. */
export function fixedSection({ fixedByClass }: Evaluation): Section[] {
  if (fixedByClass.length === 0) return [];
  return [
    {
      id: 'fixed-by-failure',
      title: 'What one more turn mends',
      columns: ['the program before', 'next programs', 'right', 'share'],
      rows: fixedByClass.map(({ status, failing, fixed }) => [
        textCell(statusWords[status] ?? status),
        numberCell(failing),
        numberCell(fixed),
        rateCell(rateOf([{ n: failing, c: fixed }].flatMap(asSingles))),
      ]),
      notes: ['Steps of one trajectory are alike, so these intervals are rather too narrow.'],
    },
  ];
}

function asSingles({ n, c }: { n: number; c: number }) {
  return Array.from({ length: n }, (_, index) => ({ n: 1, c: index < c ? 1 : 0 }));
}

export function failureSection({ failures, attempts }: Evaluation): Section[] {
  if (failures.length === 0) return [];
  return [
    {
      id: 'failures',
      title: 'How wrong answers fail',
      columns: ['', 'answers', 'share of all', 'pass visible'],
      rows: failures.map(({ kind, count, passVisible, raised }) => [
        textCell(
          raised.length > 0
            ? `${failureWords[kind]} (${raised.map(({ name, count: n }) => `${name} ${String(n)}`).join(', ')})`
            : failureWords[kind],
        ),
        numberCell(count),
        { text: `${((100 * count) / attempts).toFixed(1)} %`, value: count / attempts },
        numberCell(passVisible),
      ]),
      notes: failures.flatMap(({ kind, examples }) =>
        examples.map((one) => `${failureWords[kind]}: ${exampleWords(one)}`),
      ),
      chart: {
        kind: 'bars',
        label: 'Wrong answers by how they fail',
        bars: failures.map(({ kind, count }) => ({ name: failureWords[kind], count })),
      },
    },
  ];
}

const maxExampleWords = 160;

/** `textkit/slugify: h1 expected 'a', got 'b'`, in one short line. */
function exampleWords(example: FailureExample): string {
  const { taskId, test, message, expected, actual } = example;
  const found =
    expected === undefined ? (message ?? '') : `expected ${expected}, got ${actual ?? 'nothing'}`;
  const text = [taskId, test, found].filter(Boolean).join(' · ').replace(/\s+/g, ' ');
  return text.length > maxExampleWords ? `${text.slice(0, maxExampleWords - 1)}…` : text;
}

/** What counts nowhere, each kind in a line. */
export function leftOutNotes({ leftOut }: Evaluation): string[] {
  const { infrastructure, reasons, notEnded, notTried, noHiddenTests } = leftOut;
  const because = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  return [
    ...(infrastructure > 0
      ? [
          `${counted(infrastructure, 'trajectory', 'trajectories')} could not be judged and count nowhere${because}.`,
        ]
      : []),
    ...(notEnded > 0
      ? [`${counted(notEnded, 'trajectory', 'trajectories')} have not ended and count nowhere yet.`]
      : []),
    ...(notTried > 0 ? [`${counted(notTried, 'task')} not begun yet.`] : []),
    ...(noHiddenTests > 0
      ? [`${counted(noHiddenTests, 'task')} without hidden tests cannot be scored.`]
      : []),
  ];
}
