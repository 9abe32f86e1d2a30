import { splits, type Split } from '../pair';
import { rewardModule } from '../recipes/rewardModule';
import { trlRecipes } from '../recipes/trl';
import type { Field } from '../../files/parquet';
import type { RowOf, Shape } from '../row';
import type { RowSource } from '../rowSource';
import type { DatasetFile, DatasetFormat } from './format';
import { assistant } from './lines';

/** Configurations of the repository: all files of one share a schema. */
const configs: { readonly [S in Shape]: Config<S> } = {
  completion: {
    folder: 'prompt-completion',
    columns: [{ name: 'completion', type: 'messages' }],
    rowOf: (row) => ({ completion: assistant(row.completion) }),
  },
  preference: {
    folder: 'preference',
    columns: [
      { name: 'chosen', type: 'messages' },
      { name: 'rejected', type: 'messages' },
    ],
    rowOf: (row) => ({ chosen: assistant(row.chosen), rejected: assistant(row.rejected) }),
  },
  labelled: {
    folder: 'unpaired',
    columns: [
      { name: 'completion', type: 'messages' },
      { name: 'label', type: 'boolean' },
    ],
    rowOf: (row) => ({ completion: assistant(row.completion), label: row.label }),
  },
  weighted: {
    folder: 'weighted',
    columns: [
      { name: 'completion', type: 'messages' },
      { name: 'reward', type: 'double' },
      { name: 'weight', type: 'double' },
    ],
    rowOf: ({ completion, reward, weight }) => ({
      ...{ completion: assistant(completion), reward, weight },
    }),
  },
  group: {
    folder: 'prompts',
    columns: [
      { name: 'tests', type: 'string' },
      { name: 'support', type: 'string' },
      { name: 'entry_point', type: 'string' },
      { name: 'timeout_seconds', type: 'double' },
      { name: 'solved', type: 'double' },
    ],
    rowOf: (row) => ({
      tests: row.tests,
      support: row.support,
      entry_point: row.entryPoint,
      timeout_seconds: row.timeoutSeconds,
      solved: row.solved,
    }),
  },
};

interface Config<S extends Shape> {
  readonly folder: string;
  readonly columns: readonly Field[];
  readonly rowOf: (row: RowOf<S>) => Readonly<Record<string, unknown>>;
}

const rowsPerShard = 50_000;

/**
 * A dataset repository of the Hugging Face hub: Parquet shards with small row groups, one
 * configuration for each kind of training, the card with its YAML. The columns are TRL's.
 */
export const huggingFace: DatasetFormat = {
  name: 'huggingface',
  about: 'Hugging Face dataset repository: Parquet shards, card, configurations (TRL columns)',
  shapes: ['completion', 'preference', 'labelled', 'weighted', 'group'],
  files(source) {
    const files = (['completion', 'preference', 'labelled', 'weighted', 'group'] as const).flatMap(
      (shape) => splits.flatMap((split) => shards(source, shape, split)),
    );
    files.push({
      ...{ kind: 'text', file: '.gitattributes' },
      text: '*.parquet filter=lfs diff=lfs merge=lfs -text\n',
    });
    if (source.count('group') > 0) {
      files.push({ kind: 'text', file: 'rewards.py', text: rewardModule });
    }
    return files;
  },
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
  // Each configuration reads rows of its own shape, which is the one asked for here.
  const config = configs[shape] as Config<Shape>;
  const count = Math.ceil(rows / rowsPerShard);
  const place = (shard: number): string => String(shard).padStart(5, '0');
  return Array.from({ length: count }, (_, shard) => ({
    kind: 'parquet',
    file: `${config.folder}/${split}-${place(shard)}-of-${place(count)}.parquet`,
    rows: Math.min(rowsPerShard, rows - shard * rowsPerShard),
    table: {
      columns: [{ name: 'prompt', type: 'messages' }, ...config.columns, ...nameColumns],
      *rows() {
        let at = 0;
        for (const row of source.rows(shape, split)) {
          const isHere = Math.floor(at++ / rowsPerShard) === shard;
          if (isHere) yield { prompt: row.prompt, ...config.rowOf(row), ...row.names };
        }
      },
    },
  }));
}
