import type { Choice } from '../../domain/trajectory';

/** What speaks for a choice, in one line for people. */
export function choiceWords({
  passing,
  behaviours,
  tellingTests,
  measured,
  decidingTest,
}: Choice): string {
  const found = passing === 1 ? 'one program passes' : `${String(passing)} programs pass`;
  const ways = behaviours === null || behaviours < 2 ? '' : `, in ${String(behaviours)} behaviours`;
  const tests =
    tellingTests === 1 ? 'one visible test tells' : `${String(tellingTests)} visible tests tell`;
  const share =
    measured.of === 0
      ? 'how often that is right was not measured'
      : `so chosen, ${String(measured.right)} of ${String(measured.of)} were right where measured`;
  const next = decidingTest
    ? `; ${decidingTest.call} would decide: ${decidingTest.answers.join(' or ')}`
    : '';
  return `${found}${ways}; ${tests} programs apart; ${share}${next}`;
}
