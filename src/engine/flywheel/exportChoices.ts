import { formats } from '../datasets/formats/formats';
import { rowKinds } from '../datasets/row';
import { riseCriteria } from '../datasets/rows';

/** What a face can offer for an export. */
export const exportChoices = {
  formats: formats.map(({ name, about, takes }) => ({ name, about, answers: takes === 'answers' })),
  rowKinds,
  riseCriteria,
} as const;
