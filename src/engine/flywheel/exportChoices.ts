import { formats } from '../datasets/formats/formats';
import { rowKinds } from '../datasets/row';
import { riseCriteria } from '../datasets/rows';

/** What a face can offer for an export. */
export const exportChoices = {
  formats: formats.map(({ name, about }) => ({ name, about })),
  rowKinds,
  riseCriteria,
} as const;
