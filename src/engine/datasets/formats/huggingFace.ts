import { splits, type Split } from '../pair';
import { trlRecipes } from '../recipes/trl';
import type { Field } from '../../files/parquet';
import { shapes, type Shape } from '../row';
import type { RowSource } from '../rowSource';
import { trlRow, trlShapes } from '../trlShapes';
import type { DatasetFile, DatasetFormat } from './format';
import { rewardFiles } from './lines';

/** Types of the columns beside the prompt and the names: all files of a shape share them. */
const columns: Readonly<Record<Shape, readonly Field[]>> = {
  completion: [{ name: 'completion', type: 'messages' }],
  preference: [
    { name: 'chosen', type: 'messages' },
    { name: 'rejected', type: 'messages' },
  ],
  labelled: [
    { name: 'completion', type: 'messages' },
    { name: 'label', type: 'boolean' },
  ],
  weighted: [
    { name: 'completion', type: 'messages' },
    { name: 'reward', type: 'double' },
    { name: 'weight', type: 'double' },
  ],
  group: [
    { name: 'tests', type: 'string' },
    { name: 'support', type: 'string' },
    { name: 'entry_point', type: 'string' },
    { name: 'timeout_seconds', type: 'double' },
    { name: 'solved', type: 'double' },
  ],
};

const rowsPerShard = 50_000;

/**
 * A dataset repository of the Hugging Face hub: Parquet shards with small row groups, one
 * configuration for each kind of training, the card with its YAML. The columns are TRL's.
 */
export const huggingFace: DatasetFormat = {
  name: 'huggingface',
  about: 'Hugging Face dataset repository: Parquet shards, card, configurations (TRL columns)',
  shapes,
  files: (source) => [
    ...shapes.flatMap((shape) => splits.flatMap((split) => shards(source, shape, split))),
    {
      ...{ kind: 'text', file: '.gitattributes' },
      text: '*.parquet filter=lfs diff=lfs merge=lfs -text\n',
    },
    ...rewardFiles(source),
  ],
  recipes: trlRecipes,
};

const nameColumns: readonly Field[] = [
  'task_id',
  'task_hash',
  'family',
  'language',
  'license',
  'solver',
  'kind',
].map((name) => ({ name, type: 'string' }));

function shards(source: RowSource, shape: Shape, split: Split): DatasetFile[] {
  const rows = source.count(shape, split);
  const count = Math.ceil(rows / rowsPerShard);
  const place = (shard: number): string => String(shard).padStart(5, '0');
  return Array.from({ length: count }, (_, shard) => ({
    kind: 'parquet',
    file: `${trlShapes[shape].folder}/${split}-${place(shard)}-of-${place(count)}.parquet`,
    rows: Math.min(rowsPerShard, rows - shard * rowsPerShard),
    table: {
      columns: [{ name: 'prompt', type: 'messages' }, ...columns[shape], ...nameColumns],
      *rows() {
        let at = 0;
        for (const row of source.rows(shape, split)) {
          const isHere = Math.floor(at++ / rowsPerShard) === shard;
          if (isHere) yield trlRow(row);
        }
      },
    },
  }));
}
