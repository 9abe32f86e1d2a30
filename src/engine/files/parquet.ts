import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ParquetWriter, fileWriter } from 'hyparquet-writer';
import { pause } from '../domain/pause';
import { writeProblem } from './atomicWrite';

/** Types that trainers of chat models need. `messages`: a list of role and content. */
export type ColumnType = 'string' | 'boolean' | 'double' | 'int32' | 'messages' | readonly Field[];

export interface Field {
  readonly name: string;
  readonly type: ColumnType;
}

/** Rows of objects whose keys are the names of the columns; every value is there. */
export interface Table {
  readonly columns: readonly Field[];
  readonly rows: () => Iterable<Readonly<Record<string, unknown>>>;
}

/**
 * Rows of a group: readers fail on nested columns of more than about 16 MB in one
 * (huggingface/datasets issue 7793).
 */
const rowsPerGroup = 500;

/**
 * Writes a whole Parquet file or nothing, row group by row group (snappy). The same rows give the
 * same bytes. Ends within a row group of an abort.
 */
export async function writeParquet(file: string, table: Table, signal: AbortSignal): Promise<void> {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const writer = new ParquetWriter({
      writer: fileWriter(temporary),
      schema: schemaOf(table.columns),
      createdBy: 'code-flywheel',
    });
    let group: Readonly<Record<string, unknown>>[] = [];
    const flush = async (): Promise<void> => {
      if (group.length === 0) return;
      const some = group;
      group = [];
      const columnData = table.columns.map(({ name }) => ({
        name,
        data: some.map((row) => row[name]),
      }));
      await writer.write({ columnData, rowGroupSize: rowsPerGroup });
      await pause(signal);
    };
    for (const row of table.rows()) {
      group.push(row);
      if (group.length === rowsPerGroup) await flush();
    }
    await flush();
    await writer.finish();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (signal.aborted) throw error;
    throw writeProblem(file, error);
  }
}

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

function schemaOf(columns: readonly Field[]): Element[] {
  return [
    { name: 'schema', num_children: columns.length },
    ...columns.flatMap(({ name, type }) => elementsOf(name, type)),
  ];
}

const required = { repetition_type: 'REQUIRED' } as const;

function elementsOf(name: string, type: ColumnType): Element[] {
  switch (type) {
    case 'string':
      return [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', ...required }];
    case 'boolean':
      return [{ name, type: 'BOOLEAN', ...required }];
    case 'double':
      return [{ name, type: 'DOUBLE', ...required }];
    case 'int32':
      return [{ name, type: 'INT32', ...required }];
    case 'messages':
      // The three levels of a list, as the format's specification has them.
      return [
        { name, num_children: 1, converted_type: 'LIST', repetition_type: 'OPTIONAL' },
        { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
        { name: 'element', num_children: 2, repetition_type: 'OPTIONAL' },
        { name: 'role', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        {
          name: 'content',
          type: 'BYTE_ARRAY',
          converted_type: 'UTF8',
          repetition_type: 'OPTIONAL',
        },
      ];
    default:
      return [
        { name, num_children: type.length, ...required },
        ...type.flatMap((field) => elementsOf(field.name, field.type)),
      ];
  }
}
